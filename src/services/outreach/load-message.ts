import { DomainError, notFound } from "../../domain/errors.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { findMessage, type MessageRow } from "../../store/outreach/messages.ts";
import type { Db } from "../../store/store.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** A message with its application's reference, or the one answer for ids unknown here. */
export async function loadMessage(db: Db, session: Session, id: string) {
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

/** @throws DomainError `forbidden` for a message whose words are hidden from this member for now. */
export async function requireReadable(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  message: Pick<MessageRow, "draftedBy" | "madeFrom">,
): Promise<void> {
  const { redact, hidden } = await loadForReader(db, session, record);
  if (redact.message(message) || hidden === null) return;
  throw new DomainError("forbidden", "message: its words are hidden from you for now.", {
    do: "end_hiding",
    hidden,
  });
}
