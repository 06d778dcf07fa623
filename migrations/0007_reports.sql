CREATE TABLE "impact_switch" (
	"workspace_id" uuid NOT NULL,
	"turned_on_by" uuid NOT NULL,
	"turned_on_at" timestamp with time zone NOT NULL,
	CONSTRAINT "impact_switch_one" UNIQUE("workspace_id")
);
--> statement-breakpoint
CREATE TABLE "self_reports" (
	"workspace_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"question" text NOT NULL,
	"answer" text NOT NULL,
	CONSTRAINT "self_reports_pk" PRIMARY KEY("workspace_id","question","application_id")
);
--> statement-breakpoint
CREATE TABLE "stays" (
	"workspace_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"role_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"position" integer NOT NULL,
	"source" text,
	"applied_at" timestamp with time zone NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"first_visit" boolean NOT NULL,
	"left_at" timestamp with time zone,
	"left_version" integer,
	"tenths" integer,
	"first_pass" boolean DEFAULT false NOT NULL,
	"left_for" text,
	CONSTRAINT "stays_pk" PRIMARY KEY("workspace_id","application_id","version")
);
--> statement-breakpoint
ALTER TABLE "impact_switch" ADD CONSTRAINT "impact_switch_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_switch" ADD CONSTRAINT "impact_switch_member" FOREIGN KEY ("workspace_id","turned_on_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "self_reports" ADD CONSTRAINT "self_reports_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stays" ADD CONSTRAINT "stays_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE cascade ON UPDATE no action;