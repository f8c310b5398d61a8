-- Masked records wait in an open block until it is sealed: the segments of one tenant, policy and node that are masked and in
-- no block yet. `masked_bytes`: of the masked records. `masking_version`: what masked them; the same masks them to the same
-- bytes again. `damaged_bytes`: what could not be read of the raw segment, whose file is kept. `destroyed_at`: when the raw
-- segment was destroyed, durably.
ALTER TABLE "landing_segment"
  ADD COLUMN "masked_bytes" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "masking_version" TEXT,
  ADD COLUMN "damaged_bytes" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "destroyed_at" TIMESTAMPTZ(6);

-- An owner who is no superuser is held by forced row-level security as well.
ALTER TABLE "landing_segment" NO FORCE ROW LEVEL SECURITY;
-- The raw segment went before its records were indexed. What was sealed and not indexed is looked at again.
UPDATE "landing_segment" SET "destroyed_at" = "sealed_at" WHERE "sealed_at" IS NOT NULL AND "indexed_at" IS NOT NULL;
UPDATE "landing_segment" SET "masked_bytes" = "bytes" WHERE "masked_at" IS NOT NULL;
ALTER TABLE "landing_segment" FORCE ROW LEVEL SECURITY;

-- What the sealer reads every second: nothing of an organisation that is quiet.
CREATE INDEX "landing_segment_open_idx" ON "landing_segment" ("ingest_node", "tenant_id", "retention_policy", "segment_id")
  INCLUDE ("masked_bytes", "accepted_at") WHERE "masked_at" IS NOT NULL AND "sealed_at" IS NULL;
CREATE INDEX "landing_segment_undestroyed_idx" ON "landing_segment" ("ingest_node", "sealed_at")
  WHERE "sealed_at" IS NOT NULL AND "destroyed_at" IS NULL AND "damaged_bytes" = 0;

-- Which log groups are in a block, and when their records came: what may be deleted when.
CREATE TABLE "block_log_group" (
    "tenant_id" UUID NOT NULL,
    "block_number" BIGINT NOT NULL,
    "log_group" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "first_received_us" BIGINT NOT NULL,
    "last_received_us" BIGINT NOT NULL,

    CONSTRAINT "block_log_group_pkey" PRIMARY KEY ("tenant_id", "block_number", "log_group")
);
CREATE INDEX "block_log_group_tenant_id_log_group_last_received_us_idx" ON "block_log_group" ("tenant_id", "log_group", "last_received_us");
ALTER TABLE "block_log_group" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "block_log_group" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "block_log_group" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
-- Evidence rows are added, never rewritten.
GRANT SELECT, INSERT ON "block_log_group" TO akashi_app;

-- A block's records are indexed segment by segment, before they are in a block.
ALTER TABLE "block" DROP COLUMN "indexed_at";
