-- When people look at logs is part of the settings of the daily review (`review_settings.hours`): nothing reads these.
ALTER TABLE "tenant" DROP COLUMN "review_hours";
