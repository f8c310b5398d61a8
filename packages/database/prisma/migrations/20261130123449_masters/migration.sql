-- Masters: tables whose rows hold for a period, kept so that each of their versions can be read again. Of what is written nothing
-- changes but the version until which a row is the table's, once.
CREATE TABLE "master_table" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "defined_by" TEXT NOT NULL,
    "defined_at" TIMESTAMPTZ(6) NOT NULL,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "master_table_pkey" PRIMARY KEY ("tenant_id", "name")
);

CREATE TABLE "master_version" (
    "tenant_id" UUID NOT NULL,
    "master" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(6) NOT NULL,
    "added" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "ended" INTEGER NOT NULL,
    "withdrawn" INTEGER NOT NULL,
    "unchanged" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,

    CONSTRAINT "master_version_pkey" PRIMARY KEY ("tenant_id", "master", "number")
);

CREATE TABLE "master_row" (
    "tenant_id" UUID NOT NULL,
    "master" TEXT NOT NULL,
    "row_id" UUID NOT NULL,
    "since_version" INTEGER NOT NULL,
    "until_version" INTEGER,
    "valid_from" TIMESTAMPTZ(3),
    "valid_until" TIMESTAMPTZ(3),
    "values" JSONB NOT NULL,

    CONSTRAINT "master_row_pkey" PRIMARY KEY ("tenant_id", "master", "row_id", "since_version")
);

ALTER TABLE "master_row" ADD CONSTRAINT "master_row_tenant_id_master_since_version_fkey" FOREIGN KEY ("tenant_id", "master", "since_version") REFERENCES "master_version"("tenant_id", "master", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One shape of a row is the table's at a time.
CREATE UNIQUE INDEX "master_row_current_key" ON "master_row" ("tenant_id", "master", "row_id") WHERE "until_version" IS NULL;
-- What holds in a range of time, of what is the table's now.
CREATE INDEX "master_row_current_valid_idx" ON "master_row" ("tenant_id", "master", "valid_from") WHERE "until_version" IS NULL;

ALTER TABLE "master_table" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "master_table" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "master_table" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "master_table" TO akashi_app;
GRANT UPDATE ("removed_at") ON "master_table" TO akashi_app;

ALTER TABLE "master_version" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "master_version" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "master_version" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "master_version" TO akashi_app;

ALTER TABLE "master_row" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "master_row" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "master_row" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
-- What a version has ended stays ended.
CREATE POLICY open_rows ON "master_row" AS RESTRICTIVE FOR UPDATE TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND until_version IS NULL)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "master_row" TO akashi_app;
GRANT UPDATE ("until_version") ON "master_row" TO akashi_app;
