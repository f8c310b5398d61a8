-- A removed group's name can be used again.
CREATE UNIQUE INDEX "access_group_current_name_key" ON "access_group" ("tenant_id", "name") WHERE "removed_at" IS NULL;

-- One review at a time: two would decide about the same rights.
CREATE UNIQUE INDEX "access_review_open_key" ON "access_review" ("tenant_id") WHERE "closed_at" IS NULL;
