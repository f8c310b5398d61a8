-- What is due, once for each period: planned with its due time, taken under a lease, ended once. A run without a tenant is
-- the installation's. Names of duties and periods, times and codes; no content of any organisation.
CREATE TABLE "duty_run" (
    "id" UUID NOT NULL,
    "tenant_id" UUID,
    "duty" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "schedule" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "late_at" TIMESTAMPTZ(6) NOT NULL,
    "takeable_at" TIMESTAMPTZ(6) NOT NULL,
    "lease" UUID,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "outcome" TEXT,
    "error_code" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "late_seen_at" TIMESTAMPTZ(6),
    "late_told_at" TIMESTAMPTZ(6),

    CONSTRAINT "duty_run_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "duty_run_tenant_id_duty_due_at_idx" ON "duty_run"("tenant_id", "duty", "due_at");
CREATE INDEX "duty_run_duty_finished_at_idx" ON "duty_run"("duty", "finished_at");

ALTER TABLE "duty_run" ADD CONSTRAINT "duty_run_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One run for a period, and one pending run at a time: null tenants are not equal to each other, so each rule is two.
CREATE UNIQUE INDEX "duty_run_period_key" ON "duty_run" ("tenant_id", "duty", "period") WHERE "tenant_id" IS NOT NULL;
CREATE UNIQUE INDEX "duty_run_installation_period_key" ON "duty_run" ("duty", "period") WHERE "tenant_id" IS NULL;
CREATE UNIQUE INDEX "duty_run_pending_key" ON "duty_run" ("tenant_id", "duty")
  WHERE "finished_at" IS NULL AND "tenant_id" IS NOT NULL;
CREATE UNIQUE INDEX "duty_run_installation_pending_key" ON "duty_run" ("duty")
  WHERE "finished_at" IS NULL AND "tenant_id" IS NULL;
-- What is due is found by this one, however many organisations have nothing due.
CREATE INDEX "duty_run_takeable_idx" ON "duty_run" ("takeable_at") WHERE "finished_at" IS NULL;

ALTER TABLE "duty_run" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "duty_run" FORCE ROW LEVEL SECURITY;
-- An organisation sees its own; the installation's have no tenant, so no organisation sees them.
CREATE POLICY tenant_rows ON "duty_run" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
CREATE POLICY platform_rows ON "duty_run" TO akashi_platform USING (true) WITH CHECK (true);
GRANT SELECT ON "duty_run" TO akashi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "duty_run" TO akashi_platform;

-- The day's mail is one run of a duty now.
DROP TABLE "checkpoint_mail";

-- What an organisation was told last of its storage, so that no restart and no second worker tells it again.
ALTER TABLE "tenant" ADD COLUMN "storage_told" TEXT NOT NULL DEFAULT 'free';
