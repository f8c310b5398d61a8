-- AlterTable
ALTER TABLE "app_user" ADD COLUMN     "active_since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;

UPDATE "app_user" SET "active_since" = "created_at";
