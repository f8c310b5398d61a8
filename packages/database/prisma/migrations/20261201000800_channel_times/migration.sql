-- Of what, and when, a channel is told: from a severity on, at once within its hours, otherwise with its digest; of one area of
-- the daily review alone; and which channel is told when nobody acknowledges.
ALTER TABLE "notification_channel"
  ADD COLUMN "minimal_severity" TEXT NOT NULL DEFAULT 'low',
  ADD COLUMN "hours" JSONB,
  ADD COLUMN "digest_minute" INTEGER,
  ADD COLUMN "area_id" UUID,
  ADD COLUMN "escalates_to" UUID,
  ADD COLUMN "escalates_after_minutes" INTEGER;

-- `escalated_from`: the channel whose readers did not acknowledge. `held_until`: what came outside the hours goes out then,
-- whatever the time is by the clocks of the channel.
ALTER TABLE "notification" ADD COLUMN "escalated_from" UUID, ADD COLUMN "held_until" TIMESTAMPTZ(3);

-- An escalation waits beside what the channel is told by itself.
DROP INDEX "notification_waiting";
CREATE UNIQUE INDEX "notification_waiting" ON "notification"("incident_id", "channel_id", "escalated_from")
  NULLS NOT DISTINCT WHERE outcome IS NULL;
