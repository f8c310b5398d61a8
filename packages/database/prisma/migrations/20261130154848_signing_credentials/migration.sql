-- Authenticators that sign log review records and nothing else. The enrolment is kept as it was sealed.
CREATE TABLE "signing_credential" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "credential_id" BYTEA NOT NULL,
    "public_key" BYTEA NOT NULL,
    "transports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "backup_eligible" BOOLEAN NOT NULL,
    "enrolment" BYTEA NOT NULL,
    "enrolment_sha256" BYTEA NOT NULL,
    "line_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sealed_as" TEXT,
    "sign_count" BIGINT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_credential_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "signing_credential_credential_id_key" ON "signing_credential"("credential_id");
CREATE INDEX "signing_credential_tenant_id_user_id_idx" ON "signing_credential"("tenant_id", "user_id");

-- What a person was asked to sign or to enrol: taken once, by its challenge.
CREATE TABLE "signing_challenge" (
    "challenge" BYTEA NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "statement" BYTEA NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_challenge_pkey" PRIMARY KEY ("challenge")
);

CREATE INDEX "signing_challenge_tenant_id_user_id_idx" ON "signing_challenge"("tenant_id", "user_id");

-- Signatures as they were sealed.
CREATE TABLE "review_signature" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "revision" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "signer_id" UUID NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "is_synced" BOOLEAN,
    "record_sha256" BYTEA NOT NULL,
    "envelope" BYTEA NOT NULL,
    "line_id" UUID NOT NULL,

    CONSTRAINT "review_signature_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "review_signature_tenant_id_day_idx" ON "review_signature"("tenant_id", "day");

ALTER TABLE "signing_credential" ADD CONSTRAINT "signing_credential_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "signing_challenge" ADD CONSTRAINT "signing_challenge_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "review_signature" ADD CONSTRAINT "review_signature_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['signing_credential', 'signing_challenge', 'review_signature'] LOOP
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

GRANT SELECT, INSERT ON "signing_credential" TO akashi_app;
-- Whose key it is and how it was enrolled never changes.
GRANT UPDATE ("sealed_as", "sign_count", "last_used_at", "ended_at") ON "signing_credential" TO akashi_app;
GRANT SELECT, INSERT, DELETE ON "signing_challenge" TO akashi_app;
GRANT SELECT, INSERT ON "review_signature" TO akashi_app;
