-- by hand
-- An offer that was extended anew was left as extended beside the new one.
UPDATE offers o SET status = CASE WHEN o.expires_on < later.extended_at::date THEN 'expired' ELSE 'replaced' END
FROM (SELECT DISTINCT ON (workspace_id, application_id) workspace_id, application_id, version, extended_at
  FROM offers WHERE extended_at IS NOT NULL ORDER BY workspace_id, application_id, version DESC) later
WHERE later.workspace_id = o.workspace_id AND later.application_id = o.application_id
  AND o.version < later.version AND o.status = 'extended';
--> statement-breakpoint
CREATE UNIQUE INDEX "offers_one_extended" ON "offers" ("workspace_id", "application_id") WHERE status = 'extended';
