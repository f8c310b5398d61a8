-- AlterTable
ALTER TABLE "tenant_log" ADD COLUMN     "stored_bytes" BIGINT NOT NULL DEFAULT 0;

-- An owner who is no superuser is held by forced row-level security as well, and would add up nothing.
ALTER TABLE "block" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "tenant_log" NO FORCE ROW LEVEL SECURITY;
UPDATE "tenant_log" l SET "stored_bytes" = b.bytes
  FROM (SELECT "tenant_id", sum("body_bytes") AS bytes FROM "block" GROUP BY "tenant_id") b
  WHERE b.tenant_id = l.tenant_id;
ALTER TABLE "tenant_log" FORCE ROW LEVEL SECURITY;
ALTER TABLE "block" FORCE ROW LEVEL SECURITY;

-- What one tenant has waiting is asked for with every segment, what came in the last day by the console.
CREATE INDEX "landing_segment_waiting_idx" ON "landing_segment" ("tenant_id") INCLUDE ("bytes") WHERE "indexed_at" IS NULL;
CREATE INDEX "landing_segment_tenant_id_accepted_at_idx" ON "landing_segment" ("tenant_id", "accepted_at");

-- There is one home of the installation's own people.
CREATE UNIQUE INDEX "tenant_platform_key" ON "tenant" ("kind") WHERE "kind" = 'platform';

-- The installation's people see how a verification ended, never what it found.
CREATE POLICY platform_rows ON "verification" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ("tenant_id", "kind", "outcome", "started_at", "finished_at") ON "verification" TO akashi_platform;
