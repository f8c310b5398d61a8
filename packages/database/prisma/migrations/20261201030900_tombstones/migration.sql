-- Records that are removed from a block, such as those that turned out to hold a card number: one row for each statement of a
-- tombstone, made when two people agreed, and completed step by step.
CREATE TABLE "tombstone" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "block_number" BIGINT NOT NULL,
    "positions" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "rule_version" TEXT NOT NULL,
    "requirement" TEXT NOT NULL,
    "asked_id" TEXT NOT NULL,
    "asked_name" TEXT NOT NULL,
    "approved_id" TEXT NOT NULL,
    "approved_name" TEXT NOT NULL,
    "approved_at" TIMESTAMPTZ(6) NOT NULL,
    "entry" BIGINT,
    "sealed_at" TIMESTAMPTZ(6),
    "replaced_at" TIMESTAMPTZ(6),
    "indexed_at" TIMESTAMPTZ(6),
    "removed_at" TIMESTAMPTZ(6),
    -- Until when the store holds an earlier object that has the records.
    "locked_until" TIMESTAMPTZ(6),
    -- Why it waits: a legal hold, a disposal that was faster.
    "waits_for" TEXT,
    "completed_at" TIMESTAMPTZ(6),

    CONSTRAINT "tombstone_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "tombstone_tenant_id_entry_key" ON "tombstone"("tenant_id", "entry");
CREATE INDEX "tombstone_tenant_id_block_number_idx" ON "tombstone"("tenant_id", "block_number");
CREATE INDEX "tombstone_open_idx" ON "tombstone" ("tenant_id") WHERE "completed_at" IS NULL;
ALTER TABLE "tombstone" ADD CONSTRAINT "tombstone_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The object that took the block's place; every reader of the product reads it.
ALTER TABLE "block" ADD COLUMN "replacement_key" TEXT;
GRANT UPDATE ("replacement_key") ON "block" TO akashi_app;

ALTER TABLE "tombstone" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tombstone" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "tombstone" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "tombstone" TO akashi_app;
GRANT UPDATE ("entry", "sealed_at", "replaced_at", "indexed_at", "removed_at", "locked_until", "waits_for", "completed_at") ON "tombstone" TO akashi_app;

-- The job that carries them out is told whose are open.
CREATE POLICY platform_rows ON "tombstone" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ("tenant_id", "completed_at") ON "tombstone" TO akashi_platform;
