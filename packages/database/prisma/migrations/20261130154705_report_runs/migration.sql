-- Runs of reports. Definition, area and what else the run goes by are frozen with it; what it found is written once and its
-- files lie in the archive. A run is taken under a lease by whichever worker is free.
CREATE TABLE "report_run" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "report" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "area_id" UUID,
    "area" JSONB,
    "basis" JSONB NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE,
    "kind" TEXT NOT NULL,
    "addendum_to" UUID,
    "indexed_after" TIMESTAMPTZ(6),
    "requested_by" TEXT,
    "requested_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "flagged" INTEGER NOT NULL DEFAULT 0,
    "summary" JSONB,
    "files" JSONB NOT NULL DEFAULT '[]',
    "masters" JSONB,
    "read_at" TIMESTAMPTZ(6),
    "frozen_at" TIMESTAMPTZ(3),
    "sealed_as" TEXT,
    "finished_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease" UUID,
    "takeable_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_run_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "report_run_tenant_id_created_at_id_idx" ON "report_run" ("tenant_id", "created_at" DESC, "id" DESC);
CREATE INDEX "report_run_tenant_id_day_idx" ON "report_run" ("tenant_id", "day");
-- A duty makes a day's run once, and a run has one addendum from each moment on. Without an area is one value of its own.
CREATE UNIQUE INDEX "report_run_duty_key" ON "report_run"
  ("tenant_id", "day", "report", coalesce("area_id", '00000000-0000-0000-0000-000000000000')) WHERE "kind" = 'duty';
CREATE UNIQUE INDEX "report_run_addendum_key" ON "report_run" ("tenant_id", "addendum_to", "indexed_after")
  WHERE "kind" = 'addendum';
CREATE INDEX "report_run_takeable_idx" ON "report_run" ("takeable_at") WHERE "finished_at" IS NULL;
CREATE INDEX "report_run_unlinked_idx" ON "report_run" ("finished_at") WHERE "state" = 'done' AND "sealed_as" IS NULL;

-- Who opened what of a run, and when.
CREATE TABLE "report_run_look" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "user_id" UUID,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_run_look_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "report_run_look_tenant_id_run_id_at_idx" ON "report_run_look" ("tenant_id", "run_id", "at");

ALTER TABLE "report_run" ADD CONSTRAINT "report_run_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "report_run_look" ADD CONSTRAINT "report_run_look_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "report_run_look" ADD CONSTRAINT "report_run_look_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "report_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['report_run', 'report_run_look'] LOOP
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

-- What ended stays as it is; of what was sealed, only where its line stands is found out later.
CREATE POLICY ended_rows ON "report_run" AS RESTRICTIVE FOR UPDATE TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
         AND ("finished_at" IS NULL OR ("state" = 'done' AND "sealed_as" IS NULL)))
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);

GRANT SELECT, INSERT ON "report_run", "report_run_look" TO akashi_app;
-- What a run goes by is never changed.
GRANT UPDATE ("state", "progress", "rows", "flagged", "summary", "files", "masters", "read_at", "frozen_at", "sealed_as", "finished_at",
              "error_code", "attempts", "lease", "takeable_at") ON "report_run" TO akashi_app;

-- Which runs wait, for the workers.
CREATE POLICY platform_rows ON "report_run" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ("id", "tenant_id", "state", "kind", "created_at", "finished_at", "sealed_as", "takeable_at") ON "report_run" TO akashi_platform;
