-- Classes of events that a source is not expected to send, with the reason why. Everything else is expected of it.
CREATE TABLE "coverage_exception" (
    "tenant_id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT akashi_now(),

    CONSTRAINT "coverage_exception_pkey" PRIMARY KEY ("tenant_id", "source_id", "class")
);

ALTER TABLE "coverage_exception" ADD CONSTRAINT "coverage_exception_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "coverage_exception" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "coverage_exception" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "coverage_exception" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);

-- What was said before, and by whom, is in the audit trail.
GRANT SELECT, INSERT, UPDATE, DELETE ON "coverage_exception" TO akashi_app;
