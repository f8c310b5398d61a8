-- What documents were derived with: one row for each distinct way, and with each segment which way and the digest of its
-- documents exactly as they were written to the index. Verification reads them back and parses nothing.
CREATE TABLE "derivation" (
    "tenant_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "catalogue_version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "derivation_pkey" PRIMARY KEY ("tenant_id", "id")
);

ALTER TABLE "landing_segment" ADD COLUMN "derivation_id" TEXT,
  ADD COLUMN "documents_sha256" BYTEA,
  ADD COLUMN "document_marks" BYTEA;

-- How far verification has come, for each part (archive, index): what was looked at once, and the pass that goes over
-- everything again. It is written in small steps, so that a restart goes on where it stopped.
CREATE TABLE "verification_progress" (
    "tenant_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "checked_blocks" BIGINT NOT NULL DEFAULT 0,
    "pass_started_at" TIMESTAMPTZ(6),
    "pass_cursor" TEXT,
    "pass_done" BIGINT NOT NULL DEFAULT 0,
    "pass_total" BIGINT NOT NULL DEFAULT 0,
    "whole_pass_started_at" TIMESTAMPTZ(6),
    "whole_pass_finished_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "verification_progress_pkey" PRIMARY KEY ("tenant_id", "part")
);

-- What does not verify, until a later check of the same place finds it as it was.
CREATE TABLE "verification_finding" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "block" BIGINT,
    "leaf" INTEGER,
    "segment_id" TEXT,
    "position" INTEGER,
    "fields" JSONB NOT NULL DEFAULT '[]',
    "found_at" TIMESTAMPTZ(6) NOT NULL,
    "seen_at" TIMESTAMPTZ(6) NOT NULL,
    "cleared_at" TIMESTAMPTZ(6),

    CONSTRAINT "verification_finding_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "verification_finding_tenant_id_found_at_idx" ON "verification_finding"("tenant_id", "found_at");
CREATE UNIQUE INDEX "verification_finding_open_key" ON "verification_finding" ("tenant_id", "part", "code", "place")
  WHERE "cleared_at" IS NULL;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['derivation', 'verification_progress', 'verification_finding'] LOOP
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

GRANT SELECT, INSERT ON "derivation" TO akashi_app;
GRANT SELECT, INSERT, UPDATE ON "verification_progress" TO akashi_app;
-- A finding is evidence: only when it was seen last, what it names and when it was cleared may change.
GRANT SELECT, INSERT ON "verification_finding" TO akashi_app;
GRANT UPDATE ("seen_at", "cleared_at", "fields", "block", "leaf") ON "verification_finding" TO akashi_app;
