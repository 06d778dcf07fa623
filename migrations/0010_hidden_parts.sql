CREATE TABLE "originals" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"extension" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"reader" integer NOT NULL,
	CONSTRAINT "originals_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "hidden" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "signs_without_letter" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "markup_removed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "warnings" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "originals" ADD CONSTRAINT "originals_workspace_id_workspaces_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("workspace_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "originals" ADD CONSTRAINT "originals_document" FOREIGN KEY ("workspace_id","id") REFERENCES "public"."documents"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "originals" ADD CONSTRAINT "originals_application" FOREIGN KEY ("workspace_id","application_id") REFERENCES "public"."applications"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What was kept apart before has no reason with it; a line of it is a stretch.
UPDATE "documents" SET "hidden" = (
  SELECT coalesce(jsonb_agg(jsonb_build_object('text', line) ORDER BY n), '[]'::jsonb)
  FROM regexp_split_to_table("hidden_text", '\n') WITH ORDINALITY AS lines(line, n) WHERE trim(line) <> ''
) WHERE "hidden_text" <> '';--> statement-breakpoint
ALTER TABLE "documents" DROP COLUMN "hidden_text";--> statement-breakpoint
-- Documents were read otherwise for every assessment until now.
UPDATE "assessments" SET "stale_at" = now() WHERE "stale_at" IS NULL;--> statement-breakpoint
-- Names are looked for with dashes and quotation marks folded, as they are stored from now on.
UPDATE "candidates" SET "search_key" = translate("search_key", '’‘‚‛‹›′`´“”„‟«»″‐‑‒–—―−', '''''''''''''''''''""""""-------')
WHERE "search_key" ~ '[’‘‚‛‹›′`´“”„‟«»″‐‑‒–—―−]';
