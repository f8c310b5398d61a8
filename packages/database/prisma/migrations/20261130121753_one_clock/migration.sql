-- The moment of a statement by the installation's clock. `akashi.clock_offset_s` is set by a part's connection while the
-- clock is moved for a drill; everywhere else it is not there, and this is now(). The query planner sees through it.
CREATE FUNCTION akashi_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT now() + coalesce(nullif(current_setting('akashi.clock_offset_s', true), ''), '0')::int * interval '1 second'
$$;

-- The same clock, read anew: for a moment after a lock that was waited for.
CREATE FUNCTION akashi_clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT clock_timestamp() + coalesce(nullif(current_setting('akashi.clock_offset_s', true), ''), '0')::int * interval '1 second'
$$;

ALTER TABLE "access_grant" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "access_grant" ALTER COLUMN "valid_from" SET DEFAULT akashi_now();
ALTER TABLE "access_group" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "access_key" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "access_review" ALTER COLUMN "opened_at" SET DEFAULT akashi_now();
ALTER TABLE "app_user" ALTER COLUMN "active_since" SET DEFAULT akashi_now();
ALTER TABLE "app_user" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "approval" ALTER COLUMN "requested_at" SET DEFAULT akashi_now();
ALTER TABLE "block" ALTER COLUMN "sealed_at" SET DEFAULT akashi_now();
ALTER TABLE "derivation" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "former_password" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "group_member" ALTER COLUMN "added_at" SET DEFAULT akashi_now();
ALTER TABLE "identity_provider" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "invitation" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "landing_segment" ALTER COLUMN "registered_at" SET DEFAULT akashi_now();
ALTER TABLE "log_group" ALTER COLUMN "first_seen_at" SET DEFAULT akashi_now();
ALTER TABLE "log_stream" ALTER COLUMN "first_seen_at" SET DEFAULT akashi_now();
ALTER TABLE "mail_domain" ALTER COLUMN "requested_at" SET DEFAULT akashi_now();
ALTER TABLE "provider_identity" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "quarantined_record" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "recovery" ALTER COLUMN "requested_at" SET DEFAULT akashi_now();
ALTER TABLE "recovery_code" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "retention_policy" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "second_factor" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "session" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "session" ALTER COLUMN "last_active_at" SET DEFAULT akashi_now();
ALTER TABLE "source" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "support_access" ALTER COLUMN "granted_at" SET DEFAULT akashi_now();
ALTER TABLE "tenant" ALTER COLUMN "created_at" SET DEFAULT akashi_now();
ALTER TABLE "tenant_log" ALTER COLUMN "updated_at" SET DEFAULT akashi_now();
