import { type ChangedValue, MOVED_FROM, MOVED_TO } from "../../domain/candidates/change.ts";
import type { Db } from "../../store/store.ts";
import { isVisible } from "../load-application.ts";
import type { ForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

/** What was mended about the person and their documents, oldest first. */
export async function viewChanges(db: Db, session: Session, forReader: ForReader) {
  const shown = [];
  for (const { field, documentId, changedAt, client, ...change } of await forReader.changes()) {
    const { before, after, reason, by } = change;
    shown.push({
      field,
      before: field === MOVED_FROM ? await visibleRef(db, session, before) : before,
      after: field === MOVED_TO ? await visibleRef(db, session, after) : after,
      ...{ document: documentId, reason, at: changedAt.toISOString(), by, through: client },
    });
  }
  return shown;
}

/** The reference of the other application of a move, where the reader may see that one. */
const visibleRef = async (db: Db, session: Session, ref: ChangedValue) =>
  typeof ref === "string" && (await isVisible(db, session, ref)) ? ref : null;
