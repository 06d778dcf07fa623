ALTER TABLE "applications" ADD COLUMN "untold_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "applications_untold" ON "applications" USING btree ("workspace_id","untold_since","id") WHERE untold_since is not null;--> statement-breakpoint
CREATE INDEX "interviews_end" ON "interviews" USING btree ("workspace_id","ends_at");--> statement-breakpoint
-- by hand
-- Who was rejected and has had no message from us since, kept from what is written anyway: most of the rejected have been
-- told, and a list of the others must not read them all. The rule is that of domain/pipeline/not-told.ts.
CREATE FUNCTION greenflag_untold_since(ws uuid, app uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT r.at FROM (
    SELECT coalesce((SELECT max(v.moved_at) FROM moves v WHERE v.workspace_id = ws AND v.application_id = app
                     AND v.kind = 'move' AND v.to_status = 'rejected'), a.stage_entered_at) AS at
    FROM applications a WHERE a.workspace_id = ws AND a.id = app AND a.status = 'rejected'
  ) r WHERE NOT EXISTS (
    SELECT 1 FROM messages m JOIN outbox o ON o.workspace_id = m.workspace_id AND o.id = m.id
    WHERE m.workspace_id = ws AND m.application_id = app AND o.state IN ('waiting', 'sending', 'sent') AND o.approved_at >= r.at)
$$;
--> statement-breakpoint
CREATE FUNCTION greenflag_keep_untold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  app uuid;
BEGIN
  IF TG_TABLE_NAME = 'moves' THEN
    app := NEW.application_id;
  ELSE
    SELECT application_id INTO app FROM messages WHERE workspace_id = NEW.workspace_id AND id = NEW.id;
  END IF;
  UPDATE applications SET untold_since = greenflag_untold_since(workspace_id, id)
  WHERE workspace_id = NEW.workspace_id AND id = app
    AND untold_since IS DISTINCT FROM greenflag_untold_since(workspace_id, id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER moves_untold AFTER INSERT ON moves FOR EACH ROW
  WHEN ('rejected' IN (NEW.from_status, NEW.to_status)) EXECUTE FUNCTION greenflag_keep_untold();
--> statement-breakpoint
CREATE TRIGGER outbox_untold AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION greenflag_keep_untold();
--> statement-breakpoint
-- A message that was confirmed counts as told, so its delivery changes nothing here; that it failed does.
CREATE TRIGGER outbox_untold_again AFTER UPDATE OF state, approved_at ON outbox FOR EACH ROW
  WHEN ((OLD.state IN ('waiting', 'sending', 'sent')) <> (NEW.state IN ('waiting', 'sending', 'sent'))
    OR OLD.approved_at <> NEW.approved_at)
  EXECUTE FUNCTION greenflag_keep_untold();
--> statement-breakpoint
UPDATE applications SET untold_since = greenflag_untold_since(workspace_id, id) WHERE status = 'rejected';
