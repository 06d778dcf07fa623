ALTER TABLE "candidates" ALTER COLUMN "email" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "candidate_id" uuid;--> statement-breakpoint
ALTER TABLE "candidates" ADD COLUMN "known_by" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_candidate_fk" FOREIGN KEY ("workspace_id","candidate_id") REFERENCES "public"."candidates"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "applications_owner" ON "applications" USING btree ("workspace_id","owner_id") WHERE owner_id is not null;--> statement-breakpoint
CREATE INDEX "candidates_known_by" ON "candidates" USING gin ("known_by");--> statement-breakpoint
-- by hand
-- Earlier releases told by the e-mail alone who somebody is.
UPDATE candidates SET known_by = array['name:' || regexp_replace(search_key, ' [^ ]+$', '')]
  || array['email:' || regexp_replace(lower(email), '[+][^@]*@', '@')]
  || (SELECT coalesce(array_agg('profile:' || profile), '{}') FROM (
    SELECT regexp_replace(regexp_replace(regexp_replace(lower(link), '^https?://(www[.])?', ''), '[?#].*$', ''), '/+$', '')
      AS profile FROM jsonb_array_elements_text(links) AS link) AS profiles WHERE profile <> '');
