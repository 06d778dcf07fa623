-- Every letter and every two letters in a row of a text: what contains so short a text is found by this, what contains a
-- longer one by trigrams. Its cost keeps the planner from computing it for each row instead of reading the index.
CREATE FUNCTION greenflag_short_parts(content text) RETURNS text[] LANGUAGE sql IMMUTABLE COST 10000 AS $$
  SELECT coalesce(array_agg(DISTINCT substr(content, at, long)), '{}')
  FROM generate_series(1, length(content)) at, (VALUES (1), (2)) lengths (long)
$$;--> statement-breakpoint
DROP INDEX "applications_candidate";--> statement-breakpoint
DROP INDEX "interview_seats_interview";--> statement-breakpoint
CREATE INDEX "candidates_short_parts" ON "candidates" USING gin (greenflag_short_parts("search_key"));--> statement-breakpoint
CREATE INDEX "interviews_booked" ON "interviews" USING btree ("workspace_id","ends_at","id","starts_at","application_id","round") WHERE status = 'booked';--> statement-breakpoint
CREATE INDEX "applications_candidate" ON "applications" USING btree ("workspace_id","candidate_id","id");--> statement-breakpoint
CREATE INDEX "interview_seats_interview" ON "interview_seats" USING btree ("workspace_id","interview_id","member_id");