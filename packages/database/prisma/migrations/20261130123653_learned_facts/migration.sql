-- What the logs say of leases and sessions, as they pass: one row an event at most. Made anew with the documents of a segment.
CREATE TABLE "learned_fact" (
    "tenant_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "event_time" TIMESTAMPTZ(3) NOT NULL,
    "log_group" TEXT NOT NULL,
    "log_stream" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "machine" TEXT NOT NULL,
    "host" TEXT,
    "program" TEXT,
    "pid" INTEGER,
    "tty" TEXT,
    "session" TEXT,
    "login_id" TEXT,
    "account" TEXT,
    "origin" TEXT,
    "mac" TEXT,
    "address" TEXT,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "learned_fact_pkey" PRIMARY KEY ("tenant_id", "segment_id", "position")
);

CREATE INDEX "learned_fact_tenant_id_event_time_idx" ON "learned_fact"("tenant_id", "event_time");
CREATE INDEX "learned_fact_tenant_id_machine_event_time_idx" ON "learned_fact"("tenant_id", "machine", "event_time");
CREATE INDEX "learned_fact_tenant_id_address_event_time_idx" ON "learned_fact"("tenant_id", "address", "event_time");

ALTER TABLE "learned_fact" ADD CONSTRAINT "learned_fact_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "learned_fact" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "learned_fact" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "learned_fact" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
-- Derived from sealed records, as the documents of the index are: no evidence, and made again with them.
GRANT SELECT, INSERT, DELETE ON "learned_fact" TO akashi_app;
