-- How far an organisation's log is in the second archive, when that was, and what was left out of it and why.
ALTER TABLE "tenant_log" ADD COLUMN "copied_size" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "tenant_log" ADD COLUMN "copied_at" TIMESTAMPTZ(3);
ALTER TABLE "tenant_log" ADD COLUMN "copy_fault" TEXT;
-- When all of the second archive was last compared with the log.
ALTER TABLE "tenant_log" ADD COLUMN "copy_verified_at" TIMESTAMPTZ(3);
