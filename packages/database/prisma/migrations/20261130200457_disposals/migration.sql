-- What went when its time was over: one row for each statement of a disposal in the organisation's log, noted in the commit
-- that seals it. Insert only, but for when the last of its objects was removed.
CREATE TABLE "disposal" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "entry" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "blocks" TEXT NOT NULL,
    "block_count" INTEGER NOT NULL,
    "records" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "first_received_us" BIGINT,
    "last_received_us" BIGINT,
    "policies" TEXT[],
    "log_groups" TEXT[],
    "root" BYTEA NOT NULL,
    "rule" TEXT NOT NULL,
    "requirement" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "disposal_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "disposal_tenant_id_entry_key" ON "disposal"("tenant_id", "entry");
ALTER TABLE "disposal" ADD CONSTRAINT "disposal_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Which disposal lists a block, and when its object was removed. Both are said once.
ALTER TABLE "block" ADD COLUMN "disposal_id" UUID, ADD COLUMN "removed_at" TIMESTAMPTZ(6);
ALTER TABLE "block" ADD CONSTRAINT "block_disposal_id_fkey" FOREIGN KEY ("disposal_id") REFERENCES "disposal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION block_is_disposed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.disposal_id IS NOT NULL AND NEW.disposal_id IS DISTINCT FROM OLD.disposal_id)
     OR (OLD.removed_at IS NOT NULL AND NEW.removed_at IS DISTINCT FROM OLD.removed_at)
     OR (NEW.removed_at IS NOT NULL AND NEW.disposal_id IS NULL)
     OR (NEW.disposal_id IS NOT NULL AND NEW.object_key IS NULL) THEN
    RAISE EXCEPTION 'a block with an object is disposed of once, and its object is removed after that' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER block_is_disposed_once BEFORE UPDATE ON "block" FOR EACH ROW EXECUTE FUNCTION block_is_disposed_once();
GRANT UPDATE ("disposal_id", "removed_at") ON "block" TO akashi_app;

-- What is due, and what is listed and still there.
DROP INDEX "block_due_idx";
CREATE INDEX "block_due_idx" ON "block" ("tenant_id", "kept_until") WHERE "object_key" IS NOT NULL AND "disposal_id" IS NULL;
CREATE INDEX "block_to_remove_idx" ON "block" ("tenant_id", "number") WHERE "disposal_id" IS NOT NULL AND "removed_at" IS NULL;

ALTER TABLE "disposal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "disposal" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "disposal" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "disposal" TO akashi_app;
GRANT UPDATE ("removed_at") ON "disposal" TO akashi_app;
