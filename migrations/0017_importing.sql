ALTER TABLE "applications" ADD COLUMN "without_resume" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- by hand
-- importing: whoever came in with an import and has no document of their own cannot be assessed.
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
-- importing: as before; and a rejection that came in with an import is on no list of those who have not been told, because
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
-- importing: as before; and a stay that begins or ends at the moment of an import is of unknown length, since nobody knows
-- when it really did. It counts as entered and passed, and no figure of days is made of it.
CREATE OR REPLACE FUNCTION greenflag_keep_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  target integer;
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
  SELECT a.imported_at, s.n INTO imported, target
  FROM applications a JOIN roles r ON r.workspace_id = a.workspace_id AND r.id = a.role_id
  LEFT JOIN LATERAL jsonb_array_elements(r.stages) WITH ORDINALITY AS s(stage, n) ON s.stage->>'id' = NEW.to_stage
  WHERE a.workspace_id = NEW.workspace_id AND a.id = NEW.application_id;
  UPDATE stays o SET
    left_at = NEW.moved_at,
    left_version = NEW.version,
    tenths = CASE WHEN imported IN (o.entered_at, NEW.moved_at) THEN NULL
                  ELSE round(extract(epoch FROM NEW.moved_at - o.entered_at) / 8640) END,
    left_for = CASE WHEN NEW.to_status = 'active' THEN NEW.to_stage ELSE NEW.to_status END,
    first_pass = (NEW.to_status = 'hired' OR (NEW.to_status = 'active' AND coalesce(target > o.position, false)))
      AND NOT EXISTS (SELECT 1 FROM stays x WHERE x.workspace_id = o.workspace_id AND x.application_id = o.application_id
                      AND x.stage = o.stage AND x.first_pass)
  WHERE o.workspace_id = NEW.workspace_id AND o.application_id = NEW.application_id AND o.left_at IS NULL;
  IF NEW.to_status = 'active' THEN
    PERFORM greenflag_enter_stage(NEW.workspace_id, NEW.application_id, NEW.version, NEW.to_stage, NEW.moved_at);
  END IF;
  RETURN NULL;
END $$;
