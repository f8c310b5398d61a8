-- A key has a person who is responsible for it now, and sees no more than that person does; the secret before the last
-- rotation goes on as the key of whoever was responsible for that one.
ALTER TABLE "access_key" ADD COLUMN "responsible_id" UUID,
ADD COLUMN "responsible_since" TIMESTAMPTZ(6),
ADD COLUMN "former_responsible_id" UUID;

-- Whoever made a key is responsible for it. One that nobody is known to have made, or whose maker is no person of the
-- organisation, has nobody: an API key reads nothing until somebody who may see as much rotates it; an ingest key goes on
-- taking lines in, and the list of keys says that nobody answers for it.
-- Under the role whose policies let it: row-level security holds for the owner of the tables too.
SET ROLE akashi_platform;
UPDATE "access_key" k SET "responsible_id" = u."id", "responsible_since" = k."created_at",
  "former_responsible_id" = CASE WHEN k."former_sha256" IS NULL THEN NULL ELSE u."id" END
FROM "app_user" u WHERE u."id" = k."created_by" AND u."tenant_id" = k."tenant_id";
RESET ROLE;

CREATE INDEX "access_key_responsible_id_idx" ON "access_key"("responsible_id");
