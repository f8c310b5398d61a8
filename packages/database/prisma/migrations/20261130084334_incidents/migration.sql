-- What the product noticed by itself, with the fields of PCI DSS 10.7.3. One kind at one place has one unfinished incident.
CREATE TABLE "incident" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'open',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "count" BIGINT NOT NULL,
    "acknowledged_by" TEXT,
    "acknowledged_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "root_cause" TEXT,
    "action" TEXT,
    "security_issues" TEXT,
    "further_action" TEXT,
    "prevention" TEXT,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "incident_tenant_id_started_at_id_idx" ON "incident"("tenant_id", "started_at", "id");
CREATE UNIQUE INDEX "incident_unfinished" ON "incident"("tenant_id", "kind", "place") WHERE state <> 'closed';
-- For the newest one of a place, which may come back.
CREATE INDEX "incident_tenant_id_kind_place_ended_at_idx" ON "incident"("tenant_id", "kind", "place", "ended_at");

-- Who is told. The channel of kind `contacts` is there for everybody from the beginning.
CREATE TABLE "notification_channel" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "sealed_secret" BYTEA,
    "kinds" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    "last_sent_at" TIMESTAMPTZ(3),
    "last_failed_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "notification_channel_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "notification_channel_tenant_id_created_at_idx" ON "notification_channel"("tenant_id", "created_at");

-- What is to be told: a row waits until it has an outcome. Of one incident one row at a time waits for each channel.
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT,
    "error" TEXT,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "notification_tenant_id_incident_id_idx" ON "notification"("tenant_id", "incident_id");
CREATE UNIQUE INDEX "notification_waiting" ON "notification"("incident_id", "channel_id") WHERE outcome IS NULL;
CREATE INDEX "notification_due" ON "notification"("due_at") WHERE outcome IS NULL;

ALTER TABLE "incident" ADD CONSTRAINT "incident_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notification_channel" ADD CONSTRAINT "notification_channel_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notification" ADD CONSTRAINT "notification_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "notification_channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notification" ADD CONSTRAINT "notification_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['incident', 'notification_channel', 'notification'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format(
      'CREATE POLICY tenant_rows ON %I TO akashi_app '
      'USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)',
      table_name
    );
    EXECUTE format('CREATE POLICY platform_rows ON %I TO akashi_platform USING (true) WITH CHECK (true)', table_name);
  END LOOP;
END
$$;

-- Nothing of them is ever deleted: an incident is a record of what happened.
GRANT SELECT, INSERT, UPDATE ON "incident", "notification_channel", "notification" TO akashi_app;
-- The worker looks for what is unfinished and what is due, of everybody at once, and for no text that a person wrote.
GRANT SELECT ("tenant_id", "kind", "place", "state", "last_seen_at", "ended_at") ON "incident" TO akashi_platform;
GRANT SELECT ("id", "tenant_id", "due_at", "claimed_until", "attempts", "outcome"), UPDATE ("claimed_until", "attempts") ON "notification" TO akashi_platform;
-- A new organisation begins with its contacts as its channel.
GRANT SELECT ("id"), INSERT ("id", "tenant_id", "kind", "name", "target", "kinds", "created_at") ON "notification_channel" TO akashi_platform;

-- Migrations run as the owner, who is bound by the policies as well.
SET ROLE akashi_platform;
INSERT INTO "notification_channel" ("id", "tenant_id", "kind", "name", "target", "kinds", "created_at")
  SELECT id, id, 'contacts', 'contacts', '', '{}', CURRENT_TIMESTAMP FROM "tenant";
RESET ROLE;
