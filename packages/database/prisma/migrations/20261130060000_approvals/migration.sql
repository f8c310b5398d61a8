-- What needs another person's word waits here until that person gives it, in their own session (PCI DSS 7.2.3). Nothing of
-- it is in force meanwhile: grant, membership or mapping is made when it is confirmed.
CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "group_id" UUID,
    "subject_id" UUID,
    "content" JSONB NOT NULL,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approver_id" UUID NOT NULL,
    "lapses_at" TIMESTAMPTZ(6) NOT NULL,
    "decision" TEXT,
    "note" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(6),

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "approval_tenant_id_requested_at_idx" ON "approval"("tenant_id", "requested_at");
CREATE INDEX "approval_tenant_id_approver_id_idx" ON "approval"("tenant_id", "approver_id");

ALTER TABLE "approval" ADD CONSTRAINT "approval_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "approval" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "approval" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "approval" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
-- What was asked for stays as it was asked; only the answer is added, once.
GRANT SELECT, INSERT ON "approval" TO akashi_app;
GRANT UPDATE ("decision", "note", "decided_by", "decided_at") ON "approval" TO akashi_app;

-- Which word a grant stands on; null for those from before. Alone: nobody else could have given it.
ALTER TABLE "access_grant" ADD COLUMN "approval_id" UUID,
ADD COLUMN "approved_alone" BOOLEAN NOT NULL DEFAULT false;
