import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { ChangedValue } from "../../domain/candidates/change.ts";
import { applications, candidates } from "./pipeline.ts";
import { at, foreignTo, members, owned } from "./workspace.ts";

/**
 * What was mended about a person or their documents, with the values before and after. The history's events name the
 * fields only: they outlive an erasure, and these rows do not.
 */
export const changes = pgTable(
  "changes",
  owned({
    candidateId: uuid().notNull(),
    /** Null for a change of the person, which all of their applications show. */
    applicationId: uuid(),
    /** The document that was moved, replaced or removed. It need not exist any more. */
    documentId: uuid(),
    field: text().notNull(),
    before: jsonb().$type<ChangedValue>(),
    after: jsonb().$type<ChangedValue>(),
    reason: text(),
    changedBy: uuid().notNull(),
    client: text().notNull(),
    changedAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "changes_pk", columns: [t.workspaceId, t.id] }),
    index("changes_candidate").on(t.workspaceId, t.candidateId, t.id),
    foreignTo(candidates, "changes_candidate_fk", t, t.candidateId),
    foreignTo(applications, "changes_application_fk", t, t.applicationId),
    foreignTo(members, "changes_member_fk", t, t.changedBy),
  ],
);
