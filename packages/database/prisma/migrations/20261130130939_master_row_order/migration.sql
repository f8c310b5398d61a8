-- Rows are read by their starts, page after page; those without a start come first.
DROP INDEX "master_row_current_valid_idx";
CREATE INDEX "master_row_current_order_idx" ON "master_row" ("tenant_id", "master", (coalesce("valid_from", '-infinity'::timestamptz)), "row_id")
  WHERE "until_version" IS NULL;
