-- The encoding of what a sender writes, where it is not UTF-8 and does not say so itself.
ALTER TABLE "source" ADD COLUMN "encoding" TEXT;
