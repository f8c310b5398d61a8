-- From when to when the events of a segment happened, where some lie more than a day from their receipt: whoever looks for events
-- by their own time in the archive finds them through it. Null: all lie within a day.
ALTER TABLE "landing_segment" ADD COLUMN "stray_first_us" BIGINT, ADD COLUMN "stray_last_us" BIGINT;
CREATE INDEX "landing_segment_stray_idx" ON "landing_segment" ("tenant_id", "stray_last_us") WHERE "stray_last_us" IS NOT NULL;
