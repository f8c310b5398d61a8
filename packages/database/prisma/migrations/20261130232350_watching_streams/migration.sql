-- What came of a stream in each hour, for eight weeks: by it the worker knows what is usual. Figures, no content.
CREATE TABLE "log_stream_hour" (
    "tenant_id" UUID NOT NULL,
    "log_group" TEXT NOT NULL,
    "log_stream" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "marks" INTEGER NOT NULL,
    "records" BIGINT NOT NULL,
    "unparsed" BIGINT NOT NULL,
    "masked" BIGINT NOT NULL,
    "lost" BIGINT NOT NULL DEFAULT 0,
    "rules" TEXT[],
    "lag_low_ms" BIGINT,
    "lag_high_ms" BIGINT,
    "told_masked" BIGINT NOT NULL DEFAULT 0,
    "told_lost" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "log_stream_hour_pkey" PRIMARY KEY ("tenant_id","log_group","log_stream","hour")
);
CREATE INDEX "log_stream_hour_hour_idx" ON "log_stream_hour"("hour");
-- What nobody was told of yet: none, nearly always.
CREATE INDEX "log_stream_hour_untold" ON "log_stream_hour"("hour") WHERE "masked" > "told_masked" OR "lost" > "told_lost";

-- What was learned of a stream's rhythm, and when it is silent if nothing comes: a row is touched when that moment is there.
CREATE TABLE "log_stream_rhythm" (
    "tenant_id" UUID NOT NULL,
    "log_group" TEXT NOT NULL,
    "log_stream" TEXT NOT NULL,
    "basis" TEXT NOT NULL DEFAULT 'none',
    "limits" INTEGER[],
    "learned_at" TIMESTAMPTZ(3),
    "learn_at" TIMESTAMPTZ(3) NOT NULL,
    "counted_from" TIMESTAMPTZ(3),
    "silent_at" TIMESTAMPTZ(3),

    CONSTRAINT "log_stream_rhythm_pkey" PRIMARY KEY ("tenant_id","log_group","log_stream")
);
CREATE INDEX "log_stream_rhythm_learn_at_idx" ON "log_stream_rhythm"("learn_at");
CREATE INDEX "log_stream_rhythm_silent_at_idx" ON "log_stream_rhythm"("silent_at");

-- What somebody set in the place of what was learned; of a whole log group with an empty stream.
CREATE TABLE "silence_limit" (
    "tenant_id" UUID NOT NULL,
    "log_group" TEXT NOT NULL,
    "log_stream" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "minutes" INTEGER,
    "reason" TEXT NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "silence_limit_pkey" PRIMARY KEY ("tenant_id","log_group","log_stream")
);

-- When each watch looked last, and when all was well last: of the installation, in no organisation's name.
CREATE TABLE "watch_look" (
    "name" TEXT NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,
    "good_at" TIMESTAMPTZ(3),
    "wrong" INTEGER NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "watch_look_pkey" PRIMARY KEY ("name")
);

ALTER TABLE "log_stream_hour" ADD CONSTRAINT "log_stream_hour_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "log_stream_rhythm" ADD CONSTRAINT "log_stream_rhythm_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "silence_limit" ADD CONSTRAINT "silence_limit_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Installations that were there before have the last two hours by minute.
ALTER TABLE "log_stream_minute" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "log_stream_hour" ("tenant_id", "log_group", "log_stream", "hour", "marks", "records", "unparsed", "masked", "told_masked")
  SELECT "tenant_id", "log_group", "log_stream", date_trunc('hour', "minute", 'UTC'),
         bit_or(1 << (extract(minute FROM "minute" AT TIME ZONE 'UTC')::int / 2)), sum("records"), sum("unparsed"), sum("masked"), sum("masked")
  FROM "log_stream_minute" GROUP BY 1, 2, 3, 4;
ALTER TABLE "log_stream_minute" FORCE ROW LEVEL SECURITY;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['log_stream_hour', 'log_stream_rhythm', 'silence_limit'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format(
      'CREATE POLICY tenant_rows ON %I TO akashi_app '
      'USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)',
      table_name
    );
    EXECUTE format('CREATE POLICY platform_rows ON %I TO akashi_platform USING (true) WITH CHECK (true)', table_name);
  END LOOP;
END
$$;
ALTER TABLE "watch_look" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "watch_look" FORCE ROW LEVEL SECURITY;
CREATE POLICY platform_rows ON "watch_look" TO akashi_platform USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE ("marks", "records", "unparsed", "masked", "lost", "rules", "lag_low_ms", "lag_high_ms") ON "log_stream_hour" TO akashi_app;
GRANT SELECT, UPDATE ("learn_at") ON "log_stream_rhythm" TO akashi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "silence_limit" TO akashi_app;
-- The worker looks at all streams of all organisations at once, so that quiet ones cost nothing.
GRANT SELECT, UPDATE ("told_masked", "told_lost"), DELETE ON "log_stream_hour" TO akashi_platform;
GRANT SELECT, INSERT, UPDATE ON "log_stream_rhythm", "watch_look" TO akashi_platform;
GRANT SELECT ON "silence_limit" TO akashi_platform;
CREATE POLICY platform_rows ON "log_stream" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ("tenant_id", "log_group", "name", "last_received_at", "lag_ms") ON "log_stream" TO akashi_platform;
CREATE POLICY platform_rows ON "log_stream_minute" FOR SELECT TO akashi_platform USING (true);
GRANT SELECT ("tenant_id", "log_group", "log_stream", "minute", "records", "unparsed") ON "log_stream_minute" TO akashi_platform;
