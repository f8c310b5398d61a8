-- The worker's duties find days to check, to remind of and to call missed across organisations: days, states and times, no content.
CREATE POLICY platform_rows ON "log_review" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ("tenant_id", "day", "state", "judged_at") ON "log_review" TO akashi_platform;
-- Few days are unfinished at a time, however many were reviewed.
CREATE INDEX "log_review_unfinished_idx" ON "log_review" ("tenant_id", "day") WHERE "state" IN ('open', 'returned', 'submitted') OR "judged_at" IS NULL;
