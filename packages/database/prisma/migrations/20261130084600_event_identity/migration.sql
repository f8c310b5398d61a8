-- An event is its landing segment and its position in it. A block holds a segment's records from `first_leaf` on: leaf =
-- first_leaf + position. `indexed_generation`: the shape of the segment's documents in the index, as the release that wrote
-- them counts shapes; 1 for those that are named by block and leaf.
ALTER TABLE "landing_segment"
  ADD COLUMN "first_leaf" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "indexed_generation" INTEGER;
UPDATE "landing_segment" SET "indexed_generation" = 1 WHERE "indexed_at" IS NOT NULL;

-- Blocks that came back from the archive alone had no segment in the ledger.
INSERT INTO "landing_segment" ("tenant_id", "segment_id", "ingest_node", "records", "bytes", "accepted_at", "registered_at",
  "archived_at", "sealed_at", "indexed_at", "block_number", "indexed_generation")
SELECT "tenant_id", "segment_id", '', "records", "body_bytes", to_timestamp(coalesce("last_received_us", 0) / 1000000.0),
  "sealed_at", "sealed_at", "sealed_at", "indexed_at", "number", CASE WHEN "indexed_at" IS NULL THEN NULL ELSE 1 END
FROM "block" WHERE "segment_id" IS NOT NULL
ON CONFLICT DO NOTHING;

-- Where an event of a block is looked up, and what is to be indexed again.
CREATE INDEX "landing_segment_tenant_id_block_number_first_leaf_idx" ON "landing_segment" ("tenant_id", "block_number", "first_leaf");
CREATE INDEX "landing_segment_generation" ON "landing_segment" ("indexed_generation", "tenant_id")
  WHERE "indexed_generation" IS NOT NULL;

-- A record may break a step before it is in any block.
ALTER TABLE "quarantined_record" ADD COLUMN "segment_id" TEXT, ADD COLUMN "position" INTEGER;
UPDATE "quarantined_record" q SET "segment_id" = b."segment_id", "position" = q."leaf"
FROM "block" b WHERE b."tenant_id" = q."tenant_id" AND b."number" = q."block_number";
DELETE FROM "quarantined_record" WHERE "segment_id" IS NULL;
ALTER TABLE "quarantined_record" DROP CONSTRAINT "quarantined_record_pkey";
ALTER TABLE "quarantined_record" DROP COLUMN "block_number", DROP COLUMN "leaf";
ALTER TABLE "quarantined_record"
  ALTER COLUMN "segment_id" SET NOT NULL, ALTER COLUMN "position" SET NOT NULL,
  ADD CONSTRAINT "quarantined_record_pkey" PRIMARY KEY ("tenant_id", "segment_id", "position", "step");
