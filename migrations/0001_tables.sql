CREATE TABLE "confirmations" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"member_id" uuid NOT NULL,
	"tool" text NOT NULL,
	"arguments_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "confirmations_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "confirmations_code" UNIQUE("workspace_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "event_chains" (
	"workspace_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "event_chains_pk" PRIMARY KEY("workspace_id","chain_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"workspace_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"member_id" uuid NOT NULL,
	"client" text NOT NULL,
	"tool" text NOT NULL,
	"payload" jsonb NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "events_pk" PRIMARY KEY("workspace_id","chain_id","seq")
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ref" text NOT NULL,
	"role_id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"stage_entered_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone NOT NULL,
	"source" text,
	"present_flags" text[],
	"has_submission" boolean DEFAULT false NOT NULL,
	CONSTRAINT "applications_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "applications_ref" UNIQUE("workspace_id","ref"),
	CONSTRAINT "applications_person" UNIQUE("workspace_id","role_id","candidate_id")
);
--> statement-breakpoint
CREATE TABLE "candidates" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"links" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"location" text,
	"timezone" text,
	"search_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "candidates_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "candidates_email" UNIQUE("workspace_id","email")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"template" text NOT NULL,
	"lane" text,
	"title" text NOT NULL,
	"level" text NOT NULL,
	"location" text NOT NULL,
	"remote" boolean NOT NULL,
	"on_call" text,
	"comp_min" integer,
	"comp_max" integer,
	"currency" text NOT NULL,
	"outcomes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"must_haves" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"nice_to_haves" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"panel" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"stages" jsonb NOT NULL,
	"status" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"next_number" integer DEFAULT 1 NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "roles_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "roles_key" UNIQUE("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "assessments" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"inputs" text NOT NULL,
	"findings" jsonb NOT NULL,
	"result" jsonb NOT NULL,
	"assessed_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessments_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"text" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"pages" jsonb DEFAULT '[0]'::jsonb NOT NULL,
	"hidden_text_removed" integer NOT NULL,
	"hidden_text" text DEFAULT '' NOT NULL,
	"added_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "documents_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "documents_content" UNIQUE("workspace_id","application_id","kind","sha256")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"status" text NOT NULL,
	"made_from" jsonb NOT NULL,
	"drafted_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "messages_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "moves" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"from_stage" text NOT NULL,
	"from_status" text NOT NULL,
	"to_stage" text NOT NULL,
	"to_status" text NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"reason" text,
	"overridden" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"moved_by" uuid NOT NULL,
	"client" text NOT NULL,
	"moved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "moves_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"url" text NOT NULL,
	"head_sha" text NOT NULL,
	"facts" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "submissions_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "submissions_head" UNIQUE("workspace_id","application_id","url","head_sha")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"access" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "members_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "members_email" UNIQUE("workspace_id","email")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_role" FOREIGN KEY ("workspace_id","role_id") REFERENCES "public"."roles"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_candidate_fk" FOREIGN KEY ("workspace_id","candidate_id") REFERENCES "public"."candidates"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_owner" FOREIGN KEY ("workspace_id","owner_id") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessments" ADD CONSTRAINT "assessments_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moves" ADD CONSTRAINT "moves_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moves" ADD CONSTRAINT "moves_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "applications_stage" ON "applications" USING btree ("workspace_id","role_id","status","stage","stage_entered_at","id");--> statement-breakpoint
CREATE INDEX "applications_candidate" ON "applications" USING btree ("workspace_id","candidate_id");--> statement-breakpoint
CREATE INDEX "candidates_search" ON "candidates" USING gin ("search_key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "assessments_newest" ON "assessments" USING btree ("workspace_id","application_id","id");--> statement-breakpoint
CREATE INDEX "messages_newest" ON "messages" USING btree ("workspace_id","application_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "moves_order" ON "moves" USING btree ("workspace_id","application_id","version");