import { notFound } from "../domain/errors.ts";
import { findMessage } from "../store/messages.ts";
import type { Db } from "../store/store.ts";
import type { Session } from "./session.ts";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** A message with its application's reference, or the one answer for ids unknown here. */
export async function requireMessage(db: Db, session: Session, id: string) {
  const wanted = id.trim().toLowerCase();
  const found = UUID.test(wanted) ? await findMessage(db, session.workspaceId, wanted) : undefined;
  if (!found)
    throw notFound(
      "message",
      id,
      "draft_outreach makes one; get_candidate with include: messages lists them.",
    );
  return found;
}
