CREATE TABLE "offers" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"base" bigint,
	"currency" text NOT NULL,
	"period" text NOT NULL,
	"bonus" text,
	"equity" text,
	"start_date" date,
	"expires_on" date,
	"note" text,
	"noted_by" uuid,
	"extended_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"recorded_by" uuid NOT NULL,
	"client" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "offers_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "offers_version" UNIQUE("workspace_id","application_id","version")
);
--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_member" FOREIGN KEY ("workspace_id","recorded_by") REFERENCES "public"."members"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "offers_extended" ON "offers" USING btree ("workspace_id","extended_at");