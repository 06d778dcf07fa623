import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listChanges } from "../../store/candidates/changes.ts";
import type { Db } from "../../store/store.ts";

/** What was mended about the person and their documents, oldest first. */
export async function viewChanges(db: Db, { application }: ApplicationRecord) {
  return (await listChanges(db, application)).map(({ change, by }) => ({
    field: change.field,
    before: change.before,
    after: change.after,
    document: change.documentId,
    reason: change.reason,
    at: change.changedAt.toISOString(),
    by,
    through: change.client,
  }));
}
