-- The checkpoint that verification proved last. The worker keeps the same note in a file of its own, apart from the
-- database and from the archive: whoever rewrites history must find both.
CREATE TABLE "held_checkpoint" (
    "tenant_id" UUID NOT NULL,
    "size" BIGINT NOT NULL,
    "note" TEXT NOT NULL,
    "proven_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "held_checkpoint_pkey" PRIMARY KEY ("tenant_id")
);

-- One mail a day to an organisation's contacts. A claim without `sent_at` is a message that nobody took yet.
CREATE TABLE "checkpoint_mail" (
    "tenant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "claimed_at" TIMESTAMPTZ(6) NOT NULL,
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "checkpoint_mail_pkey" PRIMARY KEY ("tenant_id", "day")
);

ALTER TABLE "held_checkpoint" ADD CONSTRAINT "held_checkpoint_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "checkpoint_mail" ADD CONSTRAINT "checkpoint_mail_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  table_name text;
BEGIN
  FOREACH table_name IN ARRAY ARRAY['held_checkpoint', 'checkpoint_mail'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format(
      'CREATE POLICY tenant_rows ON %I TO akashi_app '
      'USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid) '
      'WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)',
      table_name
    );
  END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON "held_checkpoint", "checkpoint_mail" TO akashi_app;

CREATE FUNCTION held_checkpoint_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.note <> OLD.note) THEN
    RAISE EXCEPTION 'a held checkpoint only grows' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER held_checkpoint_only_grows BEFORE UPDATE OR DELETE ON "held_checkpoint"
  FOR EACH ROW EXECUTE FUNCTION held_checkpoint_only_grows();
