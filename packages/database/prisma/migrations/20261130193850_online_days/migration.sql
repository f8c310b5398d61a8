-- How many days the documents of a segment stay online: which class of streams they are in, or are to be made again in. It is
-- the policy's when they are first made, and rises with a raise since. Null: none were made yet.
ALTER TABLE "landing_segment" ADD COLUMN "online_days" INTEGER;
ALTER TABLE "landing_segment" NO FORCE ROW LEVEL SECURITY;
-- There was one class, in streams that held every period: what is online is made again in streams of its period.
UPDATE "landing_segment"
  SET "online_days" = 90,
      "indexed_generation" = CASE WHEN "accepted_at" > akashi_now() - interval '91 days' THEN 0 ELSE "indexed_generation" END
  WHERE "indexed_at" IS NOT NULL;
ALTER TABLE "landing_segment" FORCE ROW LEVEL SECURITY;

-- Log groups whose days online were raised: their documents that are still online are made again to stay for longer.
-- `done_at`: when there were none left.
CREATE TABLE "online_raise" (
    "tenant_id" UUID NOT NULL,
    "log_group" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(6) NOT NULL DEFAULT akashi_now(),
    "done_at" TIMESTAMPTZ(6),

    CONSTRAINT "online_raise_pkey" PRIMARY KEY ("tenant_id", "log_group")
);
ALTER TABLE "online_raise" ADD CONSTRAINT "online_raise_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "online_raise_pending_idx" ON "online_raise" ("tenant_id") WHERE "done_at" IS NULL;
ALTER TABLE "online_raise" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "online_raise" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "online_raise" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON "online_raise" TO akashi_app;
-- The worker asks whose documents wait.
CREATE POLICY platform_pending ON "online_raise" FOR SELECT TO akashi_platform USING ("done_at" IS NULL);
GRANT SELECT ON "online_raise" TO akashi_platform;

-- Whatever raises the days online of a log group: its policy, or a move to another one.
CREATE FUNCTION note_online_raise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'log_group' THEN
    INSERT INTO online_raise (tenant_id, log_group) VALUES (NEW.tenant_id, NEW.name)
    ON CONFLICT (tenant_id, log_group) DO UPDATE SET raised_at = akashi_now(), done_at = NULL;
  ELSE
    INSERT INTO online_raise (tenant_id, log_group)
    SELECT tenant_id, name FROM log_group WHERE tenant_id = NEW.tenant_id AND retention_policy = NEW.name
    ON CONFLICT (tenant_id, log_group) DO UPDATE SET raised_at = akashi_now(), done_at = NULL;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER note_online_raise AFTER UPDATE OF "online_days" ON "retention_policy"
  FOR EACH ROW WHEN (NEW.online_days > OLD.online_days) EXECUTE FUNCTION note_online_raise();
CREATE TRIGGER note_online_raise AFTER UPDATE OF "retention_policy" ON "log_group"
  FOR EACH ROW WHEN (NEW.retention_policy <> OLD.retention_policy) EXECUTE FUNCTION note_online_raise();
