-- Where an organisation's checkpoints leave to, so that a copy of what was proven is out of reach of whoever runs the
-- installation. The way to the contacts is there without a row; its row, under the organisation's own id, says how often.
CREATE TABLE "checkpoint_way" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "sealed_secret" BYTEA,
    "cadence" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "checkpoint_way_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "checkpoint_way_tenant_id_created_at_idx" ON "checkpoint_way"("tenant_id", "created_at");

-- What left when to whom: a row waits until it has an outcome. Way, kind and target are as they were then.
CREATE TABLE "checkpoint_sending" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "way_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "note" TEXT NOT NULL,
    "proven_at" TIMESTAMPTZ(6) NOT NULL,
    "period" TEXT,
    "asked_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT,
    "error" TEXT,
    "finished_at" TIMESTAMPTZ(3),
    "receivers" TEXT[],
    "stamped_at" TIMESTAMPTZ(3),
    "authority" TEXT,

    CONSTRAINT "checkpoint_sending_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "checkpoint_sending_tenant_id_created_at_id_idx" ON "checkpoint_sending"("tenant_id", "created_at", "id");
-- One of each way for a day, whoever plans it how often.
CREATE UNIQUE INDEX "checkpoint_sending_period" ON "checkpoint_sending"("tenant_id", "way_id", "period") WHERE period IS NOT NULL;
CREATE INDEX "checkpoint_sending_due" ON "checkpoint_sending"("due_at") WHERE outcome IS NULL;

ALTER TABLE "checkpoint_way" ADD CONSTRAINT "checkpoint_way_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "checkpoint_sending" ADD CONSTRAINT "checkpoint_sending_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['checkpoint_way', 'checkpoint_sending'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format(
      'CREATE POLICY tenant_rows ON %I TO akashi_app '
      'USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)',
      table_name
    );
  END LOOP;
END
$$;
CREATE POLICY platform_rows ON "checkpoint_sending" TO akashi_platform USING (true) WITH CHECK (true);

-- Nothing of them is ever deleted, and what left stays as it left.
GRANT SELECT, INSERT ON "checkpoint_way", "checkpoint_sending" TO akashi_app;
GRANT UPDATE ("name", "cadence", "removed_at") ON "checkpoint_way" TO akashi_app;
GRANT UPDATE ("due_at", "claimed_until", "outcome", "error", "finished_at", "receivers", "stamped_at", "authority") ON "checkpoint_sending" TO akashi_app;
-- The worker looks for what is due, of everybody at once.
GRANT SELECT ("id", "tenant_id", "due_at", "claimed_until", "attempts", "outcome"), UPDATE ("claimed_until", "attempts") ON "checkpoint_sending" TO akashi_platform;

-- The duty sends more than mail now.
ALTER TABLE "duty_run" NO FORCE ROW LEVEL SECURITY;
UPDATE "duty_run" SET "duty" = 'checkpoint-sending' WHERE "duty" = 'checkpoint-mail';
ALTER TABLE "duty_run" FORCE ROW LEVEL SECURITY;
