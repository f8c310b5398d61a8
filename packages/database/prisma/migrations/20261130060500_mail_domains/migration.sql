-- Mail domains that an organisation says are its own, and that the platform has confirmed: an identity provider of the
-- organisation vouches for addresses of those alone.
CREATE TABLE "mail_domain" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "requested_by" UUID,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_by" UUID,
    "confirmed_at" TIMESTAMPTZ(6),
    "reason" TEXT,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "mail_domain_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "mail_domain_tenant_id_idx" ON "mail_domain"("tenant_id");
CREATE UNIQUE INDEX "mail_domain_current_key" ON "mail_domain" ("tenant_id", "domain") WHERE "removed_at" IS NULL;

ALTER TABLE "mail_domain" ADD CONSTRAINT "mail_domain_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "mail_domain" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "mail_domain" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON "mail_domain" TO akashi_app
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
CREATE POLICY platform_rows ON "mail_domain" TO akashi_platform USING (true) WITH CHECK (true);

-- The organisation asks and takes back, the platform confirms: neither can do the other's part.
GRANT SELECT, INSERT ("id", "tenant_id", "domain", "requested_by"), UPDATE ("removed_at") ON "mail_domain" TO akashi_app;
GRANT SELECT, UPDATE ("confirmed_by", "confirmed_at", "reason") ON "mail_domain" TO akashi_platform;
