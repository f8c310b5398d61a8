-- How long records may wait for the seal of their block, in seconds. The organisation's own to set.
ALTER TABLE "tenant" ADD COLUMN "seal_interval_seconds" INTEGER NOT NULL DEFAULT 60;
GRANT UPDATE ("seal_interval_seconds") ON "tenant" TO akashi_app;
