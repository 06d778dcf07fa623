-- Until now rules asserted flags, and a quote had only to be there. None of that is asserted any more.
UPDATE "assessments" SET "stale_at" = now() WHERE "stale_at" IS NULL;--> statement-breakpoint
UPDATE "applications" AS a SET "present_flags" = '{}'
WHERE a."present_flags" <> '{}' AND EXISTS (
  SELECT 1 FROM "assessments" AS s WHERE s."workspace_id" = a."workspace_id" AND s."application_id" = a."id"
);
