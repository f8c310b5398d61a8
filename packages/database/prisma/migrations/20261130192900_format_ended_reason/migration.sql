-- Why a format reads no lines any more, where the product ended it by itself.
ALTER TABLE "own_format_activation" ADD COLUMN "ended_reason" TEXT;
GRANT UPDATE ("ended_reason") ON "own_format_activation" TO akashi_app;
