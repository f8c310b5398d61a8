-- The newest finished run of each report and area is looked up with every list of reports, among a year's of them.
CREATE INDEX "report_run_newest_idx" ON "report_run" ("tenant_id", "report", "area_id", "created_at" DESC, "id" DESC)
  WHERE "state" = 'done';
