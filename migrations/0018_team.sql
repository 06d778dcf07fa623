-- Every letter and every two letters in a row of a text: what contains so short a text is found by this, what contains a
-- longer one by trigrams. Its cost keeps the planner from computing it for each row instead of reading the index.
CREATE FUNCTION greenflag_short_parts(content text) RETURNS text[] LANGUAGE sql IMMUTABLE COST 10000 AS $$
  SELECT coalesce(array_agg(DISTINCT substr(content, at, long)), '{}')
  FROM generate_series(1, length(content)) at, (VALUES (1), (2)) lengths (long)
$$;--> statement-breakpoint
CREATE TABLE "tokens" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "tokens_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "tokens_hash" UNIQUE("workspace_id","hash")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"link_hash" text NOT NULL,
	"key_hash" text,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"files" integer DEFAULT 0 NOT NULL,
	"documents" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"named" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "uploads_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "uploads_link" UNIQUE("workspace_id","link_hash"),
	CONSTRAINT "uploads_key" UNIQUE("workspace_id","key_hash")
);
--> statement-breakpoint
DROP INDEX "applications_candidate";--> statement-breakpoint
DROP INDEX "interview_seats_interview";--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "signed_out_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_member" FOREIGN KEY ("workspace_id","member_id") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_application_fk" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_member" FOREIGN KEY ("workspace_id","member_id") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "uploads_application" ON "uploads" USING btree ("workspace_id","application_id");--> statement-breakpoint
CREATE INDEX "candidates_short_parts" ON "candidates" USING gin (greenflag_short_parts("search_key"));--> statement-breakpoint
CREATE INDEX "interviews_booked" ON "interviews" USING btree ("workspace_id","ends_at","id","starts_at","application_id","round") WHERE status = 'booked';--> statement-breakpoint
CREATE INDEX "applications_candidate" ON "applications" USING btree ("workspace_id","candidate_id","id");--> statement-breakpoint
CREATE INDEX "interview_seats_interview" ON "interview_seats" USING btree ("workspace_id","interview_id","member_id");