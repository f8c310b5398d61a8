-- What an organisation has its events watched for. The newest version is the one that people see and change.
CREATE TABLE "rule" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" JSON NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "starter" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "disabled_code" TEXT,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "rule_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "rule_starter_key" ON "rule" ("tenant_id", "starter") WHERE "starter" IS NOT NULL AND "removed_at" IS NULL;

-- As it was saved, and as it was read. Rows are only added.
CREATE TABLE "rule_version" (
    "tenant_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_version_pkey" PRIMARY KEY ("tenant_id", "rule_id", "version")
);

-- From which entry of the log to which a version was in force. Revisions number the changes of an organisation's rules: what was
-- matched under a revision was matched with every version that began by it. A period that another one took the place of before
-- it began has its last entry before its first.
CREATE TABLE "rule_period" (
    "tenant_id" UUID NOT NULL,
    "revision" BIGINT NOT NULL,
    "rule_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "begun_by" TEXT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "begin_reason" TEXT,
    "ended_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "end_code" TEXT,
    "first_entry" BIGINT,
    "last_entry" BIGINT,
    "since_us" BIGINT,

    CONSTRAINT "rule_period_pkey" PRIMARY KEY ("tenant_id", "revision")
);
CREATE INDEX "rule_period_tenant_id_rule_id_idx" ON "rule_period" ("tenant_id", "rule_id");
-- One that nobody ended for each rule: two who switch a rule on at once do it once.
CREATE UNIQUE INDEX "rule_period_open_key" ON "rule_period" ("tenant_id", "rule_id") WHERE "ended_at" IS NULL;
CREATE INDEX "rule_period_live_idx" ON "rule_period" ("tenant_id") WHERE "last_entry" IS NULL;

-- What the events of a segment matched, until its block is decided.
CREATE TABLE "rule_match" (
    "tenant_id" UUID NOT NULL,
    "segment_id" TEXT NOT NULL,
    "matches" JSON NOT NULL,

    CONSTRAINT "rule_match_pkey" PRIMARY KEY ("tenant_id", "segment_id")
);
-- The newest change of rules that a segment's events were matched under.
ALTER TABLE "landing_segment" ADD COLUMN "rules_revision" BIGINT;

-- Up to where each organisation's log is decided, and when the newest decided entry was made. Its lock makes the one decider.
CREATE TABLE "rule_cursor" (
    "tenant_id" UUID NOT NULL,
    "next_entry" BIGINT NOT NULL DEFAULT 0,
    "decided_us" BIGINT,

    CONSTRAINT "rule_cursor_pkey" PRIMARY KEY ("tenant_id")
);

-- What a version in force remembers of each key.
CREATE TABLE "rule_state" (
    "tenant_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "key_sha256" BYTEA NOT NULL,
    "key" TEXT NOT NULL,
    "touched_us" BIGINT NOT NULL,
    "due_us" BIGINT,
    "memory" JSON NOT NULL,

    CONSTRAINT "rule_state_pkey" PRIMARY KEY ("tenant_id", "rule_id", "version", "key_sha256")
);
CREATE INDEX "rule_state_due_idx" ON "rule_state" ("tenant_id", "due_us") WHERE "due_us" IS NOT NULL;
CREATE INDEX "rule_state_tenant_id_rule_id_version_touched_us_idx" ON "rule_state" ("tenant_id", "rule_id", "version", "touched_us");

-- One episode: further events within the rule's quiet time count into it.
CREATE TABLE "alert" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "title" JSON NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "first_us" BIGINT NOT NULL,
    "last_us" BIGINT NOT NULL,
    "opened_us" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,
    "events" JSON NOT NULL,
    "places" JSON NOT NULL,
    "has_all_places" BOOLEAN NOT NULL,
    "first_entry" BIGINT NOT NULL,
    "last_entry" BIGINT NOT NULL,
    "incident_id" UUID,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE INDEX "alert_tenant_id_opened_us_id_idx" ON "alert" ("tenant_id", "opened_us" DESC, "id" DESC);
CREATE INDEX "alert_tenant_id_rule_id_opened_us_idx" ON "alert" ("tenant_id", "rule_id", "opened_us" DESC);

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY[
    'rule', 'rule_version', 'rule_period', 'rule_match', 'rule_cursor', 'rule_state', 'alert'
  ] LOOP
    EXECUTE format(
      'ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE',
      table_name, table_name || '_tenant_id_fkey'
    );
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

ALTER TABLE "rule_version" ADD CONSTRAINT "rule_version_tenant_id_rule_id_fkey"
  FOREIGN KEY ("tenant_id", "rule_id") REFERENCES "rule"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "rule_period" ADD CONSTRAINT "rule_period_tenant_id_rule_id_version_fkey"
  FOREIGN KEY ("tenant_id", "rule_id", "version") REFERENCES "rule_version"("tenant_id", "rule_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "alert" ADD CONSTRAINT "alert_tenant_id_rule_id_version_fkey"
  FOREIGN KEY ("tenant_id", "rule_id", "version") REFERENCES "rule_version"("tenant_id", "rule_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE ON "rule", "rule_cursor" TO akashi_app;
GRANT SELECT, INSERT ON "rule_version", "alert" TO akashi_app;
-- When a version began and with what it was made stays; its end and its place in the log are written once it has them.
GRANT SELECT, INSERT ON "rule_period" TO akashi_app;
GRANT UPDATE ("ended_by", "ended_at", "end_reason", "end_code", "first_entry", "last_entry", "since_us") ON "rule_period" TO akashi_app;
GRANT UPDATE ("first_us", "last_us", "count", "events", "places", "has_all_places", "last_entry", "incident_id") ON "alert" TO akashi_app;
-- Derived from sealed records: what the decider works with, and no evidence.
GRANT SELECT, INSERT, UPDATE, DELETE ON "rule_match", "rule_state" TO akashi_app;

-- Whose log is longer than what is decided of it, for the workers.
CREATE POLICY platform_rows ON "rule_cursor" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ON "rule_cursor" TO akashi_platform;

-- What was sealed before there were rules is not decided.
ALTER TABLE "tenant_log" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "rule_cursor" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "rule_cursor" ("tenant_id", "next_entry") SELECT "tenant_id", "size" FROM "tenant_log";
ALTER TABLE "rule_cursor" FORCE ROW LEVEL SECURITY;
ALTER TABLE "tenant_log" FORCE ROW LEVEL SECURITY;
