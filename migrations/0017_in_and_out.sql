CREATE TABLE "consents" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"until" date,
	"how" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "consents_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"hashes" text[] NOT NULL,
	"erased_by" uuid,
	"erased_at" timestamp with time zone NOT NULL,
	"cleared_at" timestamp with time zone,
	CONSTRAINT "erasures_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "erasures_candidate" UNIQUE("workspace_id","candidate_id")
);
--> statement-breakpoint
CREATE TABLE "legal_holds" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"until" date,
	"placed_by" uuid NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"released_at" timestamp with time zone,
	CONSTRAINT "legal_holds_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "retention_settings" (
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"months" integer,
	"binds" boolean,
	"why" text NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "retention_settings_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "import_keys" (
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"application_id" uuid NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_keys_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "imported_records" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text,
	"text" text NOT NULL,
	"author" text,
	"recommendation" text,
	"written_at" timestamp with time zone,
	"source" text NOT NULL,
	"imported_by" uuid NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	CONSTRAINT "imported_records_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
DROP INDEX "applications_stage";--> statement-breakpoint
DROP INDEX "applications_unassessed";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "erased" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "imported_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "without_resume" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "hash_key" text DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_candidate_fk" FOREIGN KEY ("workspace_id","candidate_id") REFERENCES "public"."candidates"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_member" FOREIGN KEY ("workspace_id","recorded_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_candidate_fk" FOREIGN KEY ("workspace_id","candidate_id") REFERENCES "public"."candidates"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_member" FOREIGN KEY ("workspace_id","placed_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_settings" ADD CONSTRAINT "retention_settings_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_settings" ADD CONSTRAINT "retention_settings_member" FOREIGN KEY ("workspace_id","set_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_keys" ADD CONSTRAINT "import_keys_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_keys" ADD CONSTRAINT "import_keys_application_fk" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_records" ADD CONSTRAINT "imported_records_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_records" ADD CONSTRAINT "imported_records_application_fk" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_records" ADD CONSTRAINT "imported_records_member" FOREIGN KEY ("workspace_id","imported_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_candidate" ON "consents" USING btree ("workspace_id","candidate_id","id");--> statement-breakpoint
CREATE INDEX "erasures_hashes" ON "erasures" USING gin ("hashes");--> statement-breakpoint
CREATE INDEX "legal_holds_candidate" ON "legal_holds" USING btree ("workspace_id","candidate_id");--> statement-breakpoint
CREATE INDEX "import_keys_application" ON "import_keys" USING btree ("workspace_id","application_id");--> statement-breakpoint
CREATE INDEX "imported_records_application" ON "imported_records" USING btree ("workspace_id","application_id","id");--> statement-breakpoint
CREATE INDEX "applications_stage" ON "applications" USING btree ("workspace_id","role_id","status","stage","stage_entered_at","id","imported_at");--> statement-breakpoint
CREATE INDEX "applications_unassessed" ON "applications" USING btree ("workspace_id","role_id","stage","stage_entered_at","id","imported_at") WHERE status = 'active' and present_flags is null;
--> statement-breakpoint
-- by hand
-- When a person is erased, the few events that hold personal words lose their payload and keep their hash, so that the
-- chain still adds up. Nothing else of an event can be changed.
CREATE FUNCTION greenflag_allow_only_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.erased AND NEW.payload = '{}' AND NOT OLD.erased
    AND to_jsonb(NEW) - 'erased' - 'payload' = to_jsonb(OLD) - 'erased' - 'payload' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'events are append-only';
END
$$;
--> statement-breakpoint
DROP TRIGGER events_no_change ON events;
--> statement-breakpoint
CREATE TRIGGER events_only_erased BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION greenflag_allow_only_erasure();
--> statement-breakpoint
-- As before; and a payload may be missing only before an erasure that is on record in the same chain.
CREATE OR REPLACE FUNCTION greenflag_broken_chains(workspace uuid) RETURNS TABLE (chain_id uuid, seq integer) LANGUAGE sql STABLE AS $$
  WITH walked AS (
    SELECT e, lag(e.hash, 1, '') OVER chain AS previous, row_number() OVER chain AS position,
           max(e.seq) FILTER (WHERE e.kind = 'candidate.erase') OVER (PARTITION BY e.chain_id) AS erased_at_seq
    FROM events e WHERE e.workspace_id = workspace
    WINDOW chain AS (PARTITION BY e.chain_id ORDER BY e.seq)
  )
  SELECT (e).chain_id, (e).seq FROM walked
    WHERE (e).seq <> position
       OR CASE WHEN (e).erased THEN (e).payload <> '{}' OR coalesce((e).seq >= erased_at_seq, true)
               ELSE (e).hash <> greenflag_event_hash(previous, e) END
  UNION ALL
  SELECT c.chain_id, c.seq FROM event_chains c
    LEFT JOIN LATERAL (
      SELECT e.seq, e.hash FROM events e
      WHERE e.workspace_id = c.workspace_id AND e.chain_id = c.chain_id ORDER BY e.seq DESC LIMIT 1
    ) last ON true
    WHERE c.workspace_id = workspace AND (last.seq IS DISTINCT FROM c.seq OR last.hash IS DISTINCT FROM c.hash)
  UNION ALL
  SELECT e.chain_id, max(e.seq) FROM events e
    WHERE e.workspace_id = workspace
      AND NOT EXISTS (SELECT 1 FROM event_chains c WHERE c.workspace_id = workspace AND c.chain_id = e.chain_id)
    GROUP BY e.chain_id
$$;
--> statement-breakpoint
-- Restoring (src/store/transfer): rows of a backup hold what these triggers made of them when they were first written, and an
-- event its place and hash. The setting lasts for one transaction.
CREATE FUNCTION greenflag_is_restoring() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('greenflag.restoring', true), '') = 'on'
$$;
--> statement-breakpoint
DROP TRIGGER applications_stays ON applications;
--> statement-breakpoint
CREATE TRIGGER applications_stays AFTER INSERT OR UPDATE OF source ON applications FOR EACH ROW
  WHEN (NOT greenflag_is_restoring()) EXECUTE FUNCTION greenflag_keep_stays();
--> statement-breakpoint
DROP TRIGGER moves_stays ON moves;
--> statement-breakpoint
CREATE TRIGGER moves_stays AFTER INSERT ON moves FOR EACH ROW
  WHEN (NOT greenflag_is_restoring()) EXECUTE FUNCTION greenflag_keep_stays();
--> statement-breakpoint
DROP TRIGGER moves_untold ON moves;
--> statement-breakpoint
CREATE TRIGGER moves_untold AFTER INSERT ON moves FOR EACH ROW
  WHEN ('rejected' IN (NEW.from_status, NEW.to_status) AND NOT greenflag_is_restoring()) EXECUTE FUNCTION greenflag_keep_untold();
--> statement-breakpoint
DROP TRIGGER outbox_untold ON outbox;
--> statement-breakpoint
CREATE TRIGGER outbox_untold AFTER INSERT ON outbox FOR EACH ROW
  WHEN (NOT greenflag_is_restoring()) EXECUTE FUNCTION greenflag_keep_untold();
--> statement-breakpoint
DROP TRIGGER events_chain ON events;
--> statement-breakpoint
CREATE TRIGGER events_chain BEFORE INSERT ON events FOR EACH ROW
  WHEN (NOT greenflag_is_restoring()) EXECUTE FUNCTION greenflag_chain_event();
--> statement-breakpoint
-- The history of a workspace goes only after the workspace itself: a restore replaces that of a first start.
CREATE FUNCTION greenflag_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM workspaces WHERE workspace_id = OLD.workspace_id) THEN
    RAISE EXCEPTION 'events are append-only';
  END IF;
  RETURN OLD;
END
$$;
--> statement-breakpoint
CREATE TRIGGER events_no_delete BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION greenflag_refuse_delete();
--> statement-breakpoint
-- Whoever came in with an import and has no document of their own cannot be assessed.
CREATE FUNCTION greenflag_keep_without_resume() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  apps uuid[] := ARRAY[CASE WHEN TG_OP <> 'DELETE' THEN NEW.application_id END, CASE WHEN TG_OP <> 'INSERT' THEN OLD.application_id END];
  ws uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.workspace_id ELSE NEW.workspace_id END;
BEGIN
  UPDATE applications a SET without_resume = NOT a.without_resume
  WHERE a.workspace_id = ws AND a.id = ANY(apps) AND a.imported_at IS NOT NULL AND a.without_resume = EXISTS (
    SELECT 1 FROM documents d WHERE d.workspace_id = ws AND d.application_id = a.id AND greenflag_is_own(d.kind, d.own_words, d.mail));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER documents_without_resume AFTER INSERT OR DELETE OR UPDATE OF application_id, kind, own_words, mail ON documents
  FOR EACH ROW EXECUTE FUNCTION greenflag_keep_without_resume();
--> statement-breakpoint
-- As before; and a rejection that came in with an import is on no list of those who have not been told, because
-- nobody here knows whether they were.
CREATE OR REPLACE FUNCTION greenflag_untold_since(ws uuid, app uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT r.at FROM (
    SELECT max(v.moved_at) AS at FROM applications a
    JOIN moves v ON v.workspace_id = ws AND v.application_id = app AND v.kind = 'move' AND v.to_status = 'rejected'
      AND (a.imported_at IS NULL OR v.moved_at > a.imported_at)
    WHERE a.workspace_id = ws AND a.id = app AND a.status = 'rejected'
  ) r WHERE r.at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM messages m JOIN outbox o ON o.workspace_id = m.workspace_id AND o.id = m.id
    WHERE m.workspace_id = ws AND m.application_id = app AND o.state IN ('waiting', 'sending', 'sent') AND o.approved_at >= r.at)
$$;
--> statement-breakpoint
-- As before; and a stay that begins or ends at the moment of an import is of unknown length, since nobody knows
-- when it really did. It counts as entered and passed, and no figure of days is made of it.
CREATE OR REPLACE FUNCTION greenflag_keep_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  order_of jsonb;
  imported timestamptz;
BEGIN
  IF TG_TABLE_NAME = 'applications' THEN
    IF TG_OP = 'UPDATE' THEN
      UPDATE stays SET source = NEW.source WHERE workspace_id = NEW.workspace_id AND application_id = NEW.id;
    ELSIF NEW.status = 'active' THEN
      PERFORM greenflag_enter_stage(NEW.workspace_id, NEW.id, NEW.version, NEW.stage, NEW.stage_entered_at);
    END IF;
    RETURN NULL;
  END IF;
  IF NEW.kind = 'undo' THEN
    DELETE FROM stays WHERE workspace_id = NEW.workspace_id AND application_id = NEW.application_id AND version = NEW.version - 1;
    UPDATE stays SET left_at = NULL, left_version = NULL, tenths = NULL, first_pass = false, left_for = NULL
    WHERE workspace_id = NEW.workspace_id AND application_id = NEW.application_id AND left_version = NEW.version - 1;
    RETURN NULL;
  END IF;
  SELECT a.imported_at INTO imported FROM applications a WHERE a.workspace_id = NEW.workspace_id AND a.id = NEW.application_id;
  SELECT jsonb_object_agg(s.stage->>'id', s.n) INTO order_of
  FROM applications a JOIN roles r ON r.workspace_id = a.workspace_id AND r.id = a.role_id,
       jsonb_array_elements(r.stages) WITH ORDINALITY AS s(stage, n)
  WHERE a.workspace_id = NEW.workspace_id AND a.id = NEW.application_id;
  UPDATE stays o SET
    left_at = NEW.moved_at,
    left_version = NEW.version,
    tenths = CASE WHEN imported IN (o.entered_at, NEW.moved_at) THEN NULL
                  ELSE round(extract(epoch FROM NEW.moved_at - o.entered_at) / 8640) END,
    left_for = CASE WHEN NEW.to_status = 'active' THEN NEW.to_stage ELSE NEW.to_status END,
    first_pass = NEW.kind = 'move'
      AND (NEW.to_status = 'hired' OR (NEW.to_status = 'active'
        AND coalesce((order_of->>NEW.to_stage)::integer > coalesce((order_of->>o.stage)::integer, o.position), false)))
      AND NOT EXISTS (SELECT 1 FROM stays x WHERE x.workspace_id = o.workspace_id AND x.application_id = o.application_id
                      AND x.stage = o.stage AND x.first_pass)
  WHERE o.workspace_id = NEW.workspace_id AND o.application_id = NEW.application_id AND o.left_at IS NULL;
  IF NEW.to_status = 'active' THEN
    PERFORM greenflag_enter_stage(NEW.workspace_id, NEW.application_id, NEW.version, NEW.to_stage, NEW.moved_at);
  END IF;
  RETURN NULL;
END $$;
