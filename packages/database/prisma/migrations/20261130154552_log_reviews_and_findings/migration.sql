-- The daily log review (PCI DSS 10.4.1): a day, its items (a required report of an area each), and what people did.
CREATE TABLE "log_review" (
    "tenant_id" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "missed_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "versions" JSONB NOT NULL DEFAULT '{}',
    "judged_at" TIMESTAMPTZ(3),
    "late_reason" TEXT,
    "submitted_by" UUID,
    "submitted_by_name" TEXT,
    "submitted_at" TIMESTAMPTZ(3),
    "approved_by" UUID,
    "approved_by_name" TEXT,
    "approved_at" TIMESTAMPTZ(3),
    "returned_comment" TEXT,
    "separation_reason" TEXT,
    "delegated_to" UUID,
    "delegated_to_name" TEXT,
    "delegated_by_name" TEXT,
    "delegation_reason" TEXT,
    "told" TEXT,

    CONSTRAINT "log_review_pkey" PRIMARY KEY ("tenant_id", "day")
);

CREATE TABLE "log_review_item" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "report_id" TEXT NOT NULL,
    "report" JSONB NOT NULL,
    "area_id" UUID NOT NULL,
    "area" JSONB NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "judged" JSONB,
    "state" TEXT NOT NULL DEFAULT 'open',
    "decided_by" UUID,
    "decided_by_name" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "is_bulk" BOOLEAN NOT NULL DEFAULT false,
    "comment" TEXT,
    "finding_id" UUID,

    CONSTRAINT "log_review_item_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "log_review_act" (
    "tenant_id" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "item_id" UUID,
    "by_id" UUID,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT,
    "seconds" INTEGER,

    CONSTRAINT "log_review_act_pkey" PRIMARY KEY ("tenant_id", "day", "number")
);

-- What was signed: the canonical bytes of a revision's record, or of an addendum to it (number from 1).
CREATE TABLE "log_review_record" (
    "tenant_id" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "addendum" INTEGER NOT NULL DEFAULT 0,
    "canonical" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "sealed_as" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_review_record_pkey" PRIMARY KEY ("tenant_id", "day", "revision", "addendum")
);

-- PCI DSS 10.4.3: what a review found, until it is settled.
CREATE TABLE "finding" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "severity" TEXT NOT NULL DEFAULT 'medium',
    "review_day" TEXT,
    "item_id" UUID,
    "report" TEXT,
    "area_id" UUID,
    "area_name" TEXT,
    "found_by" UUID,
    "found_by_name" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "owner_id" UUID,
    "due_on" TEXT,
    "who" TEXT,
    "when_at" TIMESTAMPTZ(3),
    "system" TEXT,
    "reason" TEXT,
    "cause" TEXT,
    "action" TEXT,
    "outcome" TEXT,
    "ticket" TEXT,
    "resolved_by" UUID,
    "closed_by" UUID,
    "closed_by_name" TEXT,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "finding_line" (
    "tenant_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "record_sha256" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "log_group" TEXT NOT NULL,
    "log_stream" TEXT NOT NULL,
    "pinned_by" TEXT NOT NULL,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "finding_line_pkey" PRIMARY KEY ("tenant_id", "finding_id", "event_id")
);

CREATE TABLE "finding_note" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "by_id" UUID,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "changes" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "finding_note_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "log_review_item_tenant_id_day_report_id_area_id_key" ON "log_review_item"("tenant_id", "day", "report_id", "area_id");
CREATE INDEX "log_review_item_run_id_idx" ON "log_review_item"("run_id");
CREATE UNIQUE INDEX "finding_tenant_id_number_key" ON "finding"("tenant_id", "number");
CREATE INDEX "finding_tenant_id_review_day_idx" ON "finding"("tenant_id", "review_day");
CREATE UNIQUE INDEX "finding_note_tenant_id_finding_id_number_key" ON "finding_note"("tenant_id", "finding_id", "number");

ALTER TABLE "log_review" ADD CONSTRAINT "log_review_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "log_review_item" ADD CONSTRAINT "log_review_item_tenant_id_day_fkey" FOREIGN KEY ("tenant_id", "day") REFERENCES "log_review"("tenant_id", "day") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "log_review_act" ADD CONSTRAINT "log_review_act_tenant_id_day_fkey" FOREIGN KEY ("tenant_id", "day") REFERENCES "log_review"("tenant_id", "day") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "log_review_record" ADD CONSTRAINT "log_review_record_tenant_id_day_fkey" FOREIGN KEY ("tenant_id", "day") REFERENCES "log_review"("tenant_id", "day") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "finding" ADD CONSTRAINT "finding_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "finding_line" ADD CONSTRAINT "finding_line_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "finding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "finding_note" ADD CONSTRAINT "finding_note_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "finding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['log_review', 'log_review_item', 'log_review_act', 'log_review_record', 'finding',
                                    'finding_line', 'finding_note'] LOOP
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

-- An approved day changes no more: neither it nor its items. (Reminders of it are over.)
CREATE POLICY unfinished_rows ON "log_review" AS RESTRICTIVE FOR UPDATE TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND state <> 'approved')
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
CREATE POLICY unfinished_rows ON "log_review_item" AS RESTRICTIVE FOR UPDATE TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
         AND EXISTS (SELECT FROM "log_review" r
                     WHERE r.tenant_id = log_review_item.tenant_id AND r.day = log_review_item.day AND r.state <> 'approved'))
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE ON "log_review", "log_review_item", "finding" TO akashi_app;
-- What people did, signed, pinned and wrote stays as it was.
GRANT SELECT, INSERT ON "log_review_act", "log_review_record", "finding_line", "finding_note" TO akashi_app;
GRANT UPDATE ("sealed_as") ON "log_review_record" TO akashi_app;
