-- A sender without a key is taken in once the installation's people have confirmed that its address and certificate are the
-- organisation's. Those that were there before went on being taken in, and do so.
ALTER TABLE "source" ADD COLUMN "confirmed_at" TIMESTAMPTZ(6), ADD COLUMN "confirmed_by" TEXT;
UPDATE "source" SET "confirmed_at" = "created_at", "confirmed_by" = 'before confirmations';
