-- What the lines of a segment say of clocks, until it is folded in the order of the log.
CREATE TABLE "host_time_fact" (
    "tenant_id" UUID NOT NULL,
    "segment_id" TEXT NOT NULL,
    "facts" JSON NOT NULL,

    CONSTRAINT "host_time_fact_pkey" PRIMARY KEY ("tenant_id", "segment_id")
);

-- What the lines of a host in one stream come to. Made from sealed records, and no evidence.
CREATE TABLE "host_time" (
    "tenant_id" UUID NOT NULL,
    "machine" TEXT NOT NULL,
    "log_group" TEXT NOT NULL,
    "log_stream" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "time" JSON NOT NULL,
    "last_received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "host_time_pkey" PRIMARY KEY ("tenant_id", "machine", "log_group", "log_stream", "source_id")
);

-- Designated time servers, and limits of groups of hosts; none until somebody sets them.
CREATE TABLE "time_settings" (
    "tenant_id" UUID NOT NULL,
    "servers" JSON NOT NULL,
    "groups" JSON NOT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "time_settings_pkey" PRIMARY KEY ("tenant_id")
);

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['host_time_fact', 'host_time', 'time_settings'] LOOP
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

GRANT SELECT, INSERT, DELETE ON "host_time_fact" TO akashi_app;
GRANT SELECT, INSERT, UPDATE ON "host_time" TO akashi_app;
GRANT SELECT, INSERT, UPDATE ON "time_settings" TO akashi_app;

-- Whose hosts are looked at, for the workers: ids of organisations and no content.
CREATE POLICY platform_rows ON "host_time" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ("tenant_id") ON "host_time" TO akashi_platform;
