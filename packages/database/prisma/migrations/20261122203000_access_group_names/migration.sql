-- One review at a time: two would decide about the same rights.
CREATE UNIQUE INDEX "access_review_open_key" ON "access_review" ("tenant_id") WHERE "closed_at" IS NULL;
