ALTER TABLE "assignments" ALTER COLUMN "url" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "form" text DEFAULT 'code' NOT NULL;