CREATE TABLE "availability" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"timezone" text NOT NULL,
	"hours" jsonb NOT NULL,
	"weekly_limit" integer,
	"buffer_minutes" integer NOT NULL,
	"calendar" text,
	"busy" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"busy_read_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "availability_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "availability_member" UNIQUE("workspace_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "interview_seats" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"interview_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	CONSTRAINT "interview_seats_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "interview_seats_member" UNIQUE("workspace_id","member_id","interview_id")
);
--> statement-breakpoint
CREATE TABLE "interviews" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"round" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"location" text,
	"status" text NOT NULL,
	"uid" text NOT NULL,
	"sequence" integer NOT NULL,
	"reason" text,
	"scheduled_by" uuid NOT NULL,
	"changed_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "interviews_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "interviews_uid" UNIQUE("workspace_id","uid")
);
--> statement-breakpoint
ALTER TABLE "availability" ADD CONSTRAINT "availability_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "availability" ADD CONSTRAINT "availability_member_fk" FOREIGN KEY ("workspace_id","member_id") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interview_seats" ADD CONSTRAINT "interview_seats_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interview_seats" ADD CONSTRAINT "interview_seats_interview_fk" FOREIGN KEY ("workspace_id","interview_id") REFERENCES "public"."interviews"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interview_seats" ADD CONSTRAINT "interview_seats_member_fk" FOREIGN KEY ("workspace_id","member_id") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interviews" ADD CONSTRAINT "interviews_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interviews" ADD CONSTRAINT "interviews_application_fk" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interviews" ADD CONSTRAINT "interviews_scheduler" FOREIGN KEY ("workspace_id","scheduled_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "interview_seats_interview" ON "interview_seats" USING btree ("workspace_id","interview_id");--> statement-breakpoint
CREATE INDEX "interviews_application" ON "interviews" USING btree ("workspace_id","application_id","starts_at");