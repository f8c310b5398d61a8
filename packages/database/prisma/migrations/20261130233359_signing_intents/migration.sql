-- A signed act on a day of the log review, committed before it is sealed: what stops between the two is finished by whoever comes
-- next, with the same lines under the same idempotency key, so that a record is sealed once. Gone when the act is kept.
CREATE TABLE "signing_intent" (
    "tenant_id" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "asked" JSONB NOT NULL,
    "sealed" JSONB NOT NULL,
    "kept" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    -- One at a time: nothing else happens to the day until it is finished.
    CONSTRAINT "signing_intent_pkey" PRIMARY KEY ("tenant_id", "day")
);

ALTER TABLE "signing_intent" ADD CONSTRAINT "signing_intent_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "signing_intent" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "signing_intent" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "signing_intent" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
-- What was signed is never changed on its way.
GRANT SELECT, INSERT, DELETE ON "signing_intent" TO akashi_app;

-- Which ones wait, for the workers.
CREATE POLICY platform_rows ON "signing_intent" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ("tenant_id", "day", "made_at") ON "signing_intent" TO akashi_platform;
