-- When the keys of a closed organisation's records were destroyed, behind the statement that ends its log.
ALTER TABLE "tenant_log" ADD COLUMN "keys_destroyed_at" TIMESTAMPTZ(6);
