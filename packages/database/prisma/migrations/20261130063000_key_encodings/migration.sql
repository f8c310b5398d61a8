-- The encoding of text that is sent with a key and does not say its own, where it is not UTF-8.
ALTER TABLE "access_key" ADD COLUMN "encoding" TEXT;
