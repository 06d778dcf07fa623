ALTER TABLE "roles" ADD COLUMN "questions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "roles" ADD COLUMN "openings" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "roles" ADD COLUMN "recruiters_send" boolean DEFAULT true NOT NULL;--> statement-breakpoint
-- A role's stages may change now. Where an application is in them is read at the time of a move, and whoever leaves a stage
-- because it was dropped has not passed it.
CREATE OR REPLACE FUNCTION greenflag_keep_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  order_of jsonb;
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
  SELECT jsonb_object_agg(s.stage->>'id', s.n) INTO order_of
  FROM applications a JOIN roles r ON r.workspace_id = a.workspace_id AND r.id = a.role_id,
       jsonb_array_elements(r.stages) WITH ORDINALITY AS s(stage, n)
  WHERE a.workspace_id = NEW.workspace_id AND a.id = NEW.application_id;
  UPDATE stays o SET
    left_at = NEW.moved_at,
    left_version = NEW.version,
    tenths = round(extract(epoch FROM NEW.moved_at - o.entered_at) / 8640),
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
