-- Statements of a kind are few among many blocks: found without reading those.
CREATE INDEX "block_statement_kind" ON "block" ("tenant_id", (split_part("header", chr(10), 4)), "number")
  WHERE "object_key" IS NULL AND "header" LIKE E'akashi statement v1\n%';
