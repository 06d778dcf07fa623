CREATE TABLE "retention_settings" (
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"months" integer,
	"binds" boolean,
	"why" text NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "retention_settings_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
ALTER TABLE "retention_settings" ADD CONSTRAINT "retention_settings_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_settings" ADD CONSTRAINT "retention_settings_member" FOREIGN KEY ("workspace_id","set_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;