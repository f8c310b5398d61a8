-- When the pass over everything, or the next one, is to have reached its end: the period is a setting of the worker.
ALTER TABLE "verification_progress" ADD COLUMN "pass_due_at" TIMESTAMPTZ(6);
