-- Which stages an application stood in, kept from what is written anyway: reports then count rows. The index order lets
-- a report group as it reads, and its included columns spare it the table.
CREATE INDEX "stays_flow" ON "stays" ("workspace_id", "role_id", "stage", "source") INCLUDE ("position", "applied_at", "first_visit", "first_pass", "left_for");
--> statement-breakpoint
CREATE INDEX "stays_time" ON "stays" ("workspace_id", "stage", "tenths") INCLUDE ("role_id", "left_at") WHERE "left_at" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "stays_decided" ON "stays" ("workspace_id", "application_id") INCLUDE ("role_id", "stage", "position", "first_visit", "first_pass", "left_at") WHERE "left_at" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "self_reports_answers" ON "self_reports" ("workspace_id", "application_id") INCLUDE ("question", "answer");
--> statement-breakpoint
CREATE FUNCTION greenflag_enter_stage(ws uuid, app uuid, ver integer, entered text, at timestamptz) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO stays (workspace_id, application_id, version, role_id, stage, position, source, applied_at, entered_at, first_visit)
  SELECT ws, app, ver, a.role_id, entered,
         coalesce((SELECT s.n FROM jsonb_array_elements(r.stages) WITH ORDINALITY AS s(stage, n) WHERE s.stage->>'id' = entered), 1),
         a.source, a.applied_at, at,
         NOT EXISTS (SELECT 1 FROM stays x WHERE x.workspace_id = ws AND x.application_id = app AND x.stage = entered)
  FROM applications a JOIN roles r ON r.workspace_id = a.workspace_id AND r.id = a.role_id
  WHERE a.workspace_id = ws AND a.id = app
$$;
--> statement-breakpoint
CREATE FUNCTION greenflag_keep_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  target integer;
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
  SELECT s.n INTO target
  FROM applications a JOIN roles r ON r.workspace_id = a.workspace_id AND r.id = a.role_id,
       jsonb_array_elements(r.stages) WITH ORDINALITY AS s(stage, n)
  WHERE a.workspace_id = NEW.workspace_id AND a.id = NEW.application_id AND s.stage->>'id' = NEW.to_stage;
  UPDATE stays o SET
    left_at = NEW.moved_at,
    left_version = NEW.version,
    tenths = round(extract(epoch FROM NEW.moved_at - o.entered_at) / 8640),
    left_for = CASE WHEN NEW.to_status = 'active' THEN NEW.to_stage ELSE NEW.to_status END,
    first_pass = (NEW.to_status = 'hired' OR (NEW.to_status = 'active' AND target > o.position))
      AND NOT EXISTS (SELECT 1 FROM stays x WHERE x.workspace_id = o.workspace_id AND x.application_id = o.application_id
                      AND x.stage = o.stage AND x.first_pass)
  WHERE o.workspace_id = NEW.workspace_id AND o.application_id = NEW.application_id AND o.left_at IS NULL;
  IF NEW.to_status = 'active' THEN
    PERFORM greenflag_enter_stage(NEW.workspace_id, NEW.application_id, NEW.version, NEW.to_stage, NEW.moved_at);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- What happened before this table was there: the applications as they began, then every move in its order.
DO $$
BEGIN
  INSERT INTO stays (workspace_id, application_id, version, role_id, stage, position, source, applied_at, entered_at, first_visit)
  SELECT a.workspace_id, a.id, 1, a.role_id, r.stages->0->>'id', 1, a.source, a.applied_at, a.applied_at, true
  FROM applications a JOIN roles r ON r.workspace_id = a.workspace_id AND r.id = a.role_id;
  CREATE TEMP TABLE replayed (LIKE moves) ON COMMIT DROP;
  CREATE TRIGGER replay AFTER INSERT ON replayed FOR EACH ROW EXECUTE FUNCTION greenflag_keep_stays();
  INSERT INTO replayed SELECT * FROM moves ORDER BY workspace_id, application_id, version;
  DROP TABLE replayed;
END $$;
--> statement-breakpoint
CREATE TRIGGER applications_stays AFTER INSERT OR UPDATE OF source ON applications FOR EACH ROW EXECUTE FUNCTION greenflag_keep_stays();
--> statement-breakpoint
CREATE TRIGGER moves_stays AFTER INSERT ON moves FOR EACH ROW EXECUTE FUNCTION greenflag_keep_stays();
--> statement-breakpoint
CREATE INDEX "applications_sources" ON "applications" ("workspace_id", "role_id", "source", "status") INCLUDE ("applied_at");
