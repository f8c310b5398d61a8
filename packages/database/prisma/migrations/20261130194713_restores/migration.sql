-- Sets of records that are restored from the archive for a while. What is asked for is frozen with it; blocks are worked off in
-- the order of their numbers, so that `done_block` says how far it is. A set is made under a lease by whichever worker is free.
CREATE TABLE "restore" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "log_groups" TEXT[],
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "last_block" BIGINT NOT NULL,
    "blocks" INTEGER NOT NULL,
    "records" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "estimate_seconds" INTEGER NOT NULL,
    "requested_by" TEXT,
    "requested_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "done_block" BIGINT NOT NULL DEFAULT -1,
    "done_records" BIGINT NOT NULL DEFAULT 0,
    "restored_records" BIGINT NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "checked_block" BIGINT NOT NULL,
    "whole_until" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease" UUID,
    "takeable_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "restore_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "restore_tenant_id_created_at_id_idx" ON "restore" ("tenant_id", "created_at" DESC, "id" DESC);
CREATE INDEX "restore_takeable_idx" ON "restore" ("takeable_at") WHERE "state" IN ('waiting', 'running');
CREATE INDEX "restore_standing_idx" ON "restore" ("tenant_id", "expires_at") WHERE "removed_at" IS NULL;

ALTER TABLE "restore" ADD CONSTRAINT "restore_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "restore" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "restore" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "restore" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
-- What is removed stays as it was.
CREATE POLICY removed_rows ON "restore" AS RESTRICTIVE FOR UPDATE TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND "removed_at" IS NULL)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "restore" TO akashi_app;
-- What was asked for, by whom and when is never changed.
GRANT UPDATE ("state", "done_block", "done_records", "restored_records", "started_at", "finished_at", "expires_at", "ended_at",
              "ended_by", "removed_at", "checked_block", "whole_until", "error_code", "attempts", "lease", "takeable_at") ON "restore" TO akashi_app;

-- Which sets wait or are over, for the workers.
CREATE POLICY platform_rows ON "restore" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ("id", "tenant_id", "state", "kind", "created_at", "expires_at", "ended_at", "removed_at", "takeable_at") ON "restore" TO akashi_platform;
