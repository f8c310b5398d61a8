-- How an organisation has its own lines read. A version never changes; which one reads lines is an activation of its own.
CREATE TABLE "own_format_version" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "own_format_version_pkey" PRIMARY KEY ("tenant_id", "name", "version")
);

CREATE TABLE "own_format_activation" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "log_groups" TEXT[],
    "activated_by" TEXT NOT NULL,
    "activated_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "own_format_activation_pkey" PRIMARY KEY ("id")
);

-- One version of a format reads lines at a time.
CREATE UNIQUE INDEX "own_format_live" ON "own_format_activation"("tenant_id", "name") WHERE ended_at IS NULL;
CREATE INDEX "own_format_activation_tenant_id_activated_at_idx" ON "own_format_activation"("tenant_id", "activated_at");

ALTER TABLE "own_format_version" ADD CONSTRAINT "own_format_version_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "own_format_activation" ADD CONSTRAINT "own_format_activation_tenant_id_name_version_fkey" FOREIGN KEY ("tenant_id", "name", "version") REFERENCES "own_format_version"("tenant_id", "name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "own_format_activation" ADD CONSTRAINT "own_format_activation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['own_format_version', 'own_format_activation'] LOOP
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

-- Documents are derived by versions: none is ever changed or deleted.
GRANT SELECT, INSERT ON "own_format_version" TO akashi_app;
GRANT SELECT, INSERT ON "own_format_activation" TO akashi_app;
GRANT UPDATE ("ended_by", "ended_at") ON "own_format_activation" TO akashi_app;
