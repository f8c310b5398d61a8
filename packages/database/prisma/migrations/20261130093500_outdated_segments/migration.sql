-- Sealed segments that came back from the archive alone, of which no node has a job.
CREATE INDEX "landing_segment_adopted" ON "landing_segment" ("segment_id")
  WHERE "ingest_node" = '' AND "indexed_at" IS NULL;
