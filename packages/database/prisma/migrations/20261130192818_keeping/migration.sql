-- How long things are kept: what a policy is called, which log groups are out of PCI scope and why, until when each block is
-- kept, what holds it, and every change of these.
ALTER TABLE "retention_policy" ADD COLUMN "title" TEXT;
-- What a change of its days was made at. Null: nobody changed them.
ALTER TABLE "retention_policy" ADD COLUMN "changed_at" TIMESTAMPTZ(6);

ALTER TABLE "log_group"
  ADD COLUMN "in_scope" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "scope_reason" TEXT,
  ADD COLUMN "scope_changed_by" UUID,
  ADD COLUMN "scope_changed_at" TIMESTAMPTZ(6);

-- PCI DSS 10.5.1, and a limit that no role passes: what is in scope has 90 days online and 365 kept at least.
CREATE FUNCTION floors_hold(tenant uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (
    SELECT FROM retention_policy p
    WHERE p.tenant_id = tenant AND (p.online_days < 90 OR p.kept_days < 365)
      -- The default is the policy of every log group that nobody gave another one, also of those to come.
      AND (p.name = 'default'
           OR EXISTS (SELECT FROM log_group g
                      WHERE g.tenant_id = tenant AND g.retention_policy = p.name AND g.in_scope)))
$$;
CREATE FUNCTION retention_floors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT floors_hold(NEW.tenant_id) THEN
    RAISE EXCEPTION 'a log group in PCI scope is kept for less than PCI DSS 10.5.1 asks' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER retention_floors AFTER UPDATE OF "in_scope", "retention_policy" ON "log_group"
  FOR EACH ROW WHEN (NEW.retention_policy <> 'default' OR OLD.retention_policy <> 'default')
  EXECUTE FUNCTION retention_floors();
CREATE TRIGGER retention_floors_of_new AFTER INSERT ON "log_group"
  FOR EACH ROW WHEN (NEW.retention_policy <> 'default') EXECUTE FUNCTION retention_floors();
CREATE TRIGGER retention_floors AFTER UPDATE OF "online_days", "kept_days" ON "retention_policy"
  FOR EACH ROW EXECUTE FUNCTION retention_floors();

-- Until when a block is kept, and until when the archive's own date keeps its object: both are the header's at first, rise
-- with its log groups' policies, and never fall. Null: for ever.
ALTER TABLE "block" ADD COLUMN "kept_until" TIMESTAMPTZ(6), ADD COLUMN "archive_kept_until" TIMESTAMPTZ(6);

-- What a header says. Null: for ever; or version 1, which names no time; or a heartbeat, which has no object.
CREATE FUNCTION header_keep_until(header text) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (substring(header from '\nkeep-until: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)\n'))::timestamptz
$$;

ALTER TABLE "block" NO FORCE ROW LEVEL SECURITY;
UPDATE "block" SET "kept_until" = header_keep_until("header"), "archive_kept_until" = header_keep_until("header")
  WHERE "object_key" IS NOT NULL;
ALTER TABLE "block" FORCE ROW LEVEL SECURITY;

CREATE FUNCTION block_is_kept_longer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(NEW.kept_until, 'infinity') < coalesce(OLD.kept_until, 'infinity')
     OR coalesce(NEW.archive_kept_until, 'infinity') < coalesce(OLD.archive_kept_until, 'infinity') THEN
    RAISE EXCEPTION 'a block is kept longer, never shorter' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER block_is_kept_longer BEFORE UPDATE ON "block" FOR EACH ROW EXECUTE FUNCTION block_is_kept_longer();
GRANT UPDATE ("kept_until", "archive_kept_until") ON "block" TO akashi_app;

-- What disposal looks for, and what the job that extends dates in the archive looks for.
CREATE INDEX "block_due_idx" ON "block" ("tenant_id", "kept_until") WHERE "object_key" IS NOT NULL;
CREATE INDEX "block_to_extend_idx" ON "block" ("tenant_id", "number")
  WHERE "kept_until" IS DISTINCT FROM "archive_kept_until" AND "object_key" IS NOT NULL;
-- The worker asks whose blocks wait.
CREATE POLICY platform_to_extend ON "block" FOR SELECT TO akashi_platform
  USING ("kept_until" IS DISTINCT FROM "archive_kept_until" AND "object_key" IS NOT NULL);
GRANT SELECT ("tenant_id", "number", "object_key", "kept_until", "archive_kept_until") ON "block" TO akashi_platform;

-- What may not be removed: by log groups (none named: all of them) and receive time. Beats every disposal and lowering.
CREATE TABLE "legal_hold" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "log_groups" TEXT[],
    "person_id" TEXT,
    "person_name" TEXT,
    "from_at" TIMESTAMPTZ(6),
    "to_at" TIMESTAMPTZ(6),
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT akashi_now(),
    "lift_reason" TEXT,
    "lift_asked_by" UUID,
    "lift_asked_at" TIMESTAMPTZ(6),
    "lift_approval_id" UUID,
    "lifted_by" UUID,
    "lifted_at" TIMESTAMPTZ(6),

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "legal_hold_tenant_id_created_at_idx" ON "legal_hold"("tenant_id", "created_at");
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION legal_hold_is_lifted_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.lifted_at IS NOT NULL
     OR (NEW.lifted_at IS NOT NULL AND (NEW.lifted_by IS NULL OR NEW.lift_asked_by IS NULL OR NEW.lifted_by = NEW.lift_asked_by)) THEN
    RAISE EXCEPTION 'a legal hold is lifted once, by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER legal_hold_is_lifted_by_two BEFORE UPDATE ON "legal_hold"
  FOR EACH ROW EXECUTE FUNCTION legal_hold_is_lifted_by_two();

-- Who changed what of keeping, from what to what, and who approved it. Insert only.
CREATE TABLE "retention_change" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "policy" TEXT,
    "log_group" TEXT,
    "change" JSONB NOT NULL,
    "changed_by" UUID NOT NULL,
    "approved_by" UUID,
    "changed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT akashi_now(),

    CONSTRAINT "retention_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "retention_change_tenant_id_changed_at_idx" ON "retention_change"("tenant_id", "changed_at");
ALTER TABLE "retention_change" ADD CONSTRAINT "retention_change_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['legal_hold', 'retention_change'] LOOP
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
GRANT SELECT, INSERT ON "legal_hold", "retention_change" TO akashi_app;
-- What is held and why stays as it was said; a lift is asked for, and given once.
GRANT UPDATE ("lift_reason", "lift_asked_by", "lift_asked_at", "lift_approval_id", "lifted_by", "lifted_at") ON "legal_hold" TO akashi_app;

-- A lowering and a lift wait for anybody else who may approve, not for one named person.
ALTER TABLE "approval" ALTER COLUMN "approver_id" DROP NOT NULL;
