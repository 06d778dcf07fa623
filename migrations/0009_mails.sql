ALTER TABLE "assessments" ADD COLUMN "stale_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "apart" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "mail" jsonb;--> statement-breakpoint
CREATE INDEX "documents_unsplit_mails" ON "documents" USING btree ("workspace_id","id") WHERE kind = 'email' and mail is null;