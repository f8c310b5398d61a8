-- Two roles without login. Every call runs under one of them, so that neither a forgotten WHERE nor an injected
-- statement reaches another tenant's rows. Roles belong to the whole server: another database may have made them.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['akashi_app', 'akashi_platform'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', role_name);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      BEGIN
        EXECUTE format('GRANT %I TO %I', role_name, current_user);
      EXCEPTION WHEN insufficient_privilege THEN
        IF NOT pg_has_role(current_user, role_name, 'MEMBER') THEN
          RAISE;
        END IF;
      END;
    END IF;
  END LOOP;
END
$$;

GRANT USAGE ON SCHEMA "public" TO akashi_app, akashi_platform;

-- Tenant calls see the rows of the tenant they name. After a transaction the setting reads '' and not NULL.
DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY[
    'app_user', 'session', 'access_key', 'source', 'landing_segment', 'tenant_log', 'block', 'log_group', 'log_stream',
    'log_stream_minute', 'quarantined_record', 'verification'
  ] LOOP
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

ALTER TABLE "tenant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tenant" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "tenant" TO akashi_app
  USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid);

-- The platform sees what provisioning, authentication and the reconciler need, and no tenant's catalogue or blocks.
CREATE POLICY platform_rows ON "tenant" TO akashi_platform USING (true) WITH CHECK (true);
CREATE POLICY platform_rows ON "app_user" TO akashi_platform USING (true) WITH CHECK (true);
CREATE POLICY platform_rows ON "session" TO akashi_platform USING (true) WITH CHECK (true);
CREATE POLICY platform_rows ON "access_key" TO akashi_platform USING (true) WITH CHECK (true);
CREATE POLICY platform_rows ON "source" TO akashi_platform USING (true) WITH CHECK (true);
CREATE POLICY platform_rows ON "landing_segment" TO akashi_platform USING (true);
CREATE POLICY platform_rows ON "tenant_log" TO akashi_platform USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE ON "tenant", "app_user", "session", "access_key", "source" TO akashi_platform;
GRANT SELECT ON "landing_segment" TO akashi_platform;
GRANT SELECT, INSERT ON "tenant_log" TO akashi_platform;

GRANT SELECT ON "tenant" TO akashi_app;
GRANT SELECT, INSERT, UPDATE ON "app_user", "session", "access_key", "source", "landing_segment", "log_group",
  "log_stream", "log_stream_minute" TO akashi_app;
GRANT DELETE ON "log_stream_minute" TO akashi_app;
GRANT SELECT, UPDATE ON "tenant_log" TO akashi_app;
-- Evidence rows are added, never rewritten: of a block only the mark that it is indexed may change.
GRANT SELECT, INSERT ON "block", "quarantined_record", "verification" TO akashi_app;
GRANT UPDATE ("indexed_at") ON "block" TO akashi_app;

-- What the reconciler reads every few seconds.
CREATE INDEX "landing_segment_unfinished_idx" ON "landing_segment" ("registered_at") WHERE "indexed_at" IS NULL;
CREATE INDEX "block_unindexed_idx" ON "block" ("tenant_id", "number") WHERE "indexed_at" IS NULL;
