-- How long the log groups of an organisation stay online and are kept. Null: they never expire.
CREATE TABLE "retention_policy" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "online_days" INTEGER NOT NULL,
    "kept_days" INTEGER,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "retention_policy_pkey" PRIMARY KEY ("tenant_id", "name")
);

ALTER TABLE "retention_policy" ADD CONSTRAINT "retention_policy_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An owner who is no superuser is held by forced row-level security as well, and would find no tenant.
ALTER TABLE "tenant" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "retention_policy" ("tenant_id", "name", "online_days", "kept_days")
  SELECT "id", 'default', 90, 365 FROM "tenant";
ALTER TABLE "tenant" FORCE ROW LEVEL SECURITY;

ALTER TABLE "retention_policy" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "retention_policy" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "retention_policy" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
-- Provisioning makes the first policy of a tenant.
CREATE POLICY platform_rows ON "retention_policy" TO akashi_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON "retention_policy" TO akashi_app;
GRANT SELECT, INSERT ON "retention_policy" TO akashi_platform;

ALTER TABLE "log_group" ADD COLUMN "retention_policy" TEXT NOT NULL DEFAULT 'default';
ALTER TABLE "log_group" ADD CONSTRAINT "log_group_tenant_id_retention_policy_fkey" FOREIGN KEY ("tenant_id", "retention_policy") REFERENCES "retention_policy"("tenant_id", "name") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "landing_segment" ADD COLUMN "retention_policy" TEXT NOT NULL DEFAULT 'default';

-- Intake asks every second or two which log groups have a policy of their own.
CREATE INDEX "log_group_own_policy_idx" ON "log_group" ("tenant_id", "name") WHERE "retention_policy" <> 'default';
CREATE POLICY platform_own_policies ON "log_group" FOR SELECT TO akashi_platform USING (retention_policy <> 'default');
GRANT SELECT ("tenant_id", "name", "retention_policy") ON "log_group" TO akashi_platform;
