import { type SQL, sql } from "drizzle-orm";
import { applications } from "../tables.ts";

/**
 * Leaves out applications that were joined to another for the same role. Their status is `merged`, so what asks for any
 * status of a person need not ask for this too.
 */
export const notJoined = sql`${applications.status} <> 'merged'`;

/** The ids of an application and of those that were joined to it: their histories are one line. */
export const lineOf = (workspaceId: string, applicationId: string): SQL => sql`(
  select ${applicationId}::uuid
  union all
  select j.id from applications j where j.workspace_id = ${workspaceId} and j.merged_into = ${applicationId}::uuid)`;
