-- What the daily review looks at, and who does. An area ends and is never deleted: reports of the past name it.
CREATE TABLE "review_area" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "log_groups" TEXT[],
    "log_streams" TEXT[],
    "sources" TEXT[],
    "hosts" TEXT[],
    "frequency" TEXT NOT NULL DEFAULT 'day',
    "risk_analysis" TEXT,
    "risk_reviewed_on" DATE,
    "reviewers" UUID[],
    "approvers" UUID[],
    "hours" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_area_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "review_area_tenant_id_created_at_idx" ON "review_area"("tenant_id", "created_at");

-- The organisation's own reports and its changed copies of the standard ones. Without a definition: ended from here on.
CREATE TABLE "report_definition" (
    "tenant_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_definition_pkey" PRIMARY KEY ("tenant_id", "id", "version")
);

-- How an organisation reviews. Without a row the defaults hold.
CREATE TABLE "review_settings" (
    "tenant_id" UUID NOT NULL,
    "due_minute" INTEGER NOT NULL,
    "self_approval" BOOLEAN NOT NULL,
    "device_bound" BOOLEAN NOT NULL,
    "hours" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_settings_pkey" PRIMARY KEY ("tenant_id")
);

ALTER TABLE "review_area" ADD CONSTRAINT "review_area_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "report_definition" ADD CONSTRAINT "report_definition_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "review_settings" ADD CONSTRAINT "review_settings_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['review_area', 'report_definition', 'review_settings'] LOOP
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

GRANT SELECT, INSERT, UPDATE ON "review_area", "review_settings" TO akashi_app;
-- A run names the version that it was made by: none is ever changed or deleted.
GRANT SELECT, INSERT ON "report_definition" TO akashi_app;

-- A new organisation begins with one area of everything, so that its first day is reviewed.
CREATE POLICY platform_rows ON "review_area" TO akashi_platform USING (true) WITH CHECK (true);
GRANT SELECT ("id"), INSERT ON "review_area" TO akashi_platform;

-- Migrations run as the owner, who is bound by the policies as well.
SET ROLE akashi_platform;
INSERT INTO "review_area" ("id", "tenant_id", "name", "category", "log_groups", "log_streams", "sources", "hosts",
                           "reviewers", "approvers", "created_at", "changed_at")
  SELECT id, id, CASE language WHEN 'ja' THEN '全体' ELSE 'Everything' END, 'security-events', '{*}', '{}', '{}', '{}',
         '{}', '{}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
  FROM "tenant" WHERE kind = 'customer';
RESET ROLE;
