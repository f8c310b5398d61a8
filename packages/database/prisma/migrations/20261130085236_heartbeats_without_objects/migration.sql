-- Since evidence format 2 a heartbeat is a header in the log and has no object.
ALTER TABLE "block" ALTER COLUMN "object_key" DROP NOT NULL;
