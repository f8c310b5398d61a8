-- An organisation that once had people and has no administrator who can sign in gets one again only when its own contacts
-- say so, each by a link of their own. What was asked and who answered stays for ever.
CREATE TABLE "recovery" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "needed" INTEGER NOT NULL,
    "outcome" TEXT,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "recovery_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "recovery_voice" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "recovery_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "token_sha256" BYTEA NOT NULL,
    "decision" TEXT,
    "decided_at" TIMESTAMPTZ(6),

    CONSTRAINT "recovery_voice_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "recovery_tenant_id_requested_at_idx" ON "recovery"("tenant_id", "requested_at");
CREATE UNIQUE INDEX "recovery_voice_token_sha256_key" ON "recovery_voice"("token_sha256");
CREATE INDEX "recovery_voice_recovery_id_idx" ON "recovery_voice"("recovery_id");

ALTER TABLE "recovery" ADD CONSTRAINT "recovery_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "recovery_voice" ADD CONSTRAINT "recovery_voice_recovery_id_fkey" FOREIGN KEY ("recovery_id") REFERENCES "recovery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['recovery', 'recovery_voice'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format(
      'CREATE POLICY tenant_rows ON %I TO akashi_app '
      'USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)',
      table_name
    );
    -- A link is looked up before its tenant is known.
    EXECUTE format('CREATE POLICY platform_rows ON %I FOR SELECT TO akashi_platform USING (true)', table_name);
    EXECUTE format('GRANT SELECT ON %I TO akashi_platform', table_name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO akashi_app', table_name);
  END LOOP;
END
$$;
-- An answer is added once; what was asked is never rewritten.
GRANT UPDATE ("outcome", "ended_at") ON "recovery" TO akashi_app;
GRANT UPDATE ("decision", "decided_at") ON "recovery_voice" TO akashi_app;
