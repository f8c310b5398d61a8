-- Tenant calls see the rows of the tenant they name; see the first row-level security migration.
DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY[
    'former_password', 'second_factor', 'recovery_code', 'invitation', 'access_group', 'group_member', 'access_grant',
    'access_review', 'access_review_item', 'support_access', 'identity_provider', 'provider_identity'
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

-- Failures are counted before anybody's tenant is known, by a hash of what was typed: no tenant's role has a policy here.
ALTER TABLE "sign_in_failure" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "sign_in_failure" FORCE ROW LEVEL SECURITY;
CREATE POLICY platform_rows ON "sign_in_failure" TO akashi_platform USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON "sign_in_failure" TO akashi_platform;

-- What comes before a tenant is known: an invitation by its token, a session with its factors, a provider's button; and
-- what the installation's people may see of a tenant: whether it lets one of them look.
DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY[
    'invitation', 'second_factor', 'identity_provider', 'provider_identity', 'support_access', 'access_group',
    'group_member', 'access_grant'
  ] LOOP
    EXECUTE format('CREATE POLICY platform_rows ON %I FOR SELECT TO akashi_platform USING (true)', table_name);
    EXECUTE format('GRANT SELECT ON %I TO akashi_platform', table_name);
  END LOOP;
END
$$;

-- The tenant itself: its settings are its own, its existence and state are the platform's.
CREATE POLICY tenant_settings ON "tenant" FOR UPDATE TO akashi_app
  USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT UPDATE ("name_ja", "name_en", "time_zone", "language", "review_hours", "contacts", "security") ON "tenant" TO akashi_app;

GRANT SELECT, INSERT ON "former_password" TO akashi_app;
GRANT SELECT, INSERT, UPDATE ON "second_factor", "recovery_code", "invitation", "access_group", "identity_provider",
  "provider_identity" TO akashi_app;
-- Who could see what at what time stays known: memberships, grants and reviews end, they are not rewritten.
GRANT SELECT, INSERT ON "group_member", "access_grant", "access_review", "access_review_item", "support_access" TO akashi_app;
GRANT UPDATE ("removed_at", "removed_by") ON "group_member" TO akashi_app;
GRANT UPDATE ("revoked_at", "revoked_by") ON "access_grant", "support_access" TO akashi_app;
GRANT UPDATE ("closed_at", "closed_by") ON "access_review" TO akashi_app;
GRANT UPDATE ("decision", "note", "decided_by", "decided_at") ON "access_review_item" TO akashi_app;

CREATE UNIQUE INDEX "group_member_current_key" ON "group_member" ("group_id", "user_id") WHERE "removed_at" IS NULL;
CREATE UNIQUE INDEX "access_group_current_name_key" ON "access_group" ("tenant_id", "name") WHERE "removed_at" IS NULL;
