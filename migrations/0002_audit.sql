-- The audit trail. A row's hash covers the hash before it and every field with its length in front, so that no two
-- different histories read the same; it is computed here, from exactly what is stored, and nowhere else.
CREATE FUNCTION greenflag_event_hash(previous text, e events) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(string_agg(octet_length(field) || ':' || field, '' ORDER BY position), 'UTF8')), 'hex')
  FROM unnest(ARRAY[
    previous,
    e.workspace_id::text,
    e.chain_id::text,
    e.seq::text,
    (extract(epoch FROM e.at) * 1000000)::bigint::text,
    e.kind,
    e.member_id::text,
    e.client,
    e.tool,
    e.payload::text
  ]) WITH ORDINALITY AS fields(field, position)
$$;
--> statement-breakpoint
CREATE FUNCTION greenflag_chain_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head event_chains;
BEGIN
  INSERT INTO event_chains (workspace_id, chain_id, seq, hash) VALUES (NEW.workspace_id, NEW.chain_id, 0, '')
    ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM event_chains
    WHERE workspace_id = NEW.workspace_id AND chain_id = NEW.chain_id FOR UPDATE;
  NEW.seq := head.seq + 1;
  NEW.hash := greenflag_event_hash(head.hash, NEW);
  UPDATE event_chains SET seq = NEW.seq, hash = NEW.hash
    WHERE workspace_id = NEW.workspace_id AND chain_id = NEW.chain_id;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER events_chain BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION greenflag_chain_event();
--> statement-breakpoint
CREATE FUNCTION greenflag_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are append-only';
END
$$;
--> statement-breakpoint
CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events
  FOR EACH ROW EXECUTE FUNCTION greenflag_refuse_change();
--> statement-breakpoint
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION greenflag_refuse_change();
--> statement-breakpoint
-- Every chain that does not add up: a changed or missing row, a head that is not the last row, or rows without a head.
CREATE FUNCTION greenflag_broken_chains(workspace uuid) RETURNS TABLE (chain_id uuid, seq integer) LANGUAGE sql STABLE AS $$
  WITH walked AS (
    SELECT e, lag(e.hash, 1, '') OVER chain AS previous, row_number() OVER chain AS position
    FROM events e WHERE e.workspace_id = workspace
    WINDOW chain AS (PARTITION BY e.chain_id ORDER BY e.seq)
  )
  SELECT (e).chain_id, (e).seq FROM walked
    WHERE (e).seq <> position OR (e).hash <> greenflag_event_hash(previous, e)
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
