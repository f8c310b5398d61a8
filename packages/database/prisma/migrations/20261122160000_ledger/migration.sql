-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "language" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_sha256" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_active_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_key" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "log_groups" TEXT[],
    "address_ranges" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "access_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address_range" TEXT,
    "certificate_fingerprint" TEXT,
    "log_group" TEXT NOT NULL,
    "time_zone" TEXT,
    "format" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(6),

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "landing_segment" (
    "tenant_id" UUID NOT NULL,
    "segment_id" TEXT NOT NULL,
    "ingest_node" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "accepted_at" TIMESTAMPTZ(6) NOT NULL,
    "registered_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "masked_at" TIMESTAMPTZ(6),
    "archived_at" TIMESTAMPTZ(6),
    "sealed_at" TIMESTAMPTZ(6),
    "normalized_at" TIMESTAMPTZ(6),
    "indexed_at" TIMESTAMPTZ(6),
    "block_number" BIGINT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_attempt_at" TIMESTAMPTZ(6),
    "last_error_code" TEXT,

    CONSTRAINT "landing_segment_pkey" PRIMARY KEY ("tenant_id","segment_id")
);

-- CreateTable
CREATE TABLE "tenant_log" (
    "tenant_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "size" BIGINT NOT NULL DEFAULT 0,
    "root" BYTEA,
    "checkpoint" TEXT,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_log_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "block" (
    "tenant_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "segment_id" TEXT,
    "object_key" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "body_bytes" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    "body_sha256" BYTEA NOT NULL,
    "first_received_us" BIGINT,
    "last_received_us" BIGINT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "sealed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "indexed_at" TIMESTAMPTZ(6),

    CONSTRAINT "block_pkey" PRIMARY KEY ("tenant_id","number")
);

-- CreateTable
CREATE TABLE "log_group" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_received_at" TIMESTAMPTZ(6),
    "last_event_at" TIMESTAMPTZ(6),
    "records" BIGINT NOT NULL DEFAULT 0,
    "unparsed" BIGINT NOT NULL DEFAULT 0,
    "masked" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "log_group_pkey" PRIMARY KEY ("tenant_id","name")
);

-- CreateTable
CREATE TABLE "log_stream" (
    "tenant_id" UUID NOT NULL,
    "log_group" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_received_at" TIMESTAMPTZ(6),
    "last_event_at" TIMESTAMPTZ(6),
    "lag_ms" BIGINT,
    "records" BIGINT NOT NULL DEFAULT 0,
    "unparsed" BIGINT NOT NULL DEFAULT 0,
    "masked" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "log_stream_pkey" PRIMARY KEY ("tenant_id","log_group","name","source_id")
);

-- CreateTable
CREATE TABLE "log_stream_minute" (
    "tenant_id" UUID NOT NULL,
    "log_group" TEXT NOT NULL,
    "log_stream" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "records" BIGINT NOT NULL,
    "unparsed" BIGINT NOT NULL,
    "masked" BIGINT NOT NULL,

    CONSTRAINT "log_stream_minute_pkey" PRIMARY KEY ("tenant_id","log_group","log_stream","source_id","minute")
);

-- CreateTable
CREATE TABLE "quarantined_record" (
    "tenant_id" UUID NOT NULL,
    "block_number" BIGINT NOT NULL,
    "leaf" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "quarantined_record_pkey" PRIMARY KEY ("tenant_id","block_number","leaf","step")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),
    "tree_size" BIGINT NOT NULL,
    "blocks" BIGINT NOT NULL,
    "records" BIGINT NOT NULL,
    "findings" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "app_user_tenant_id_idx" ON "app_user"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_sha256_key" ON "session"("token_sha256");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "access_key_sha256_key" ON "access_key"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "access_key_tenant_id_kind_name_key" ON "access_key"("tenant_id", "kind", "name");

-- CreateIndex
CREATE UNIQUE INDEX "source_tenant_id_name_key" ON "source"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "block_tenant_id_segment_id_key" ON "block"("tenant_id", "segment_id");

-- CreateIndex
CREATE INDEX "log_stream_minute_tenant_id_minute_idx" ON "log_stream_minute"("tenant_id", "minute");

-- CreateIndex
CREATE INDEX "verification_tenant_id_started_at_idx" ON "verification"("tenant_id", "started_at");

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_key" ADD CONSTRAINT "access_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verification" ADD CONSTRAINT "verification_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

