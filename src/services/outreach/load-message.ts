import { DomainError, notFound } from "../../domain/errors.ts";
import type { Visibility } from "../../domain/panel/visibility.ts";
import { findMessage, type MessageRow } from "../../store/outreach/messages.ts";
import type { Db } from "../../store/store.ts";
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

/** A colleague's own words in a message may be about the panel; what the record alone composed hides nothing. */
export const canReadMessage = (
  message: Pick<MessageRow, "draftedBy" | "madeFrom">,
  visibility: Visibility,
): boolean => !message.madeFrom.note || visibility.canRead(message.draftedBy);

/** @throws DomainError `forbidden` for a message whose words are hidden from this member for now. */
export function requireReadable(
  message: Pick<MessageRow, "draftedBy" | "madeFrom">,
  visibility: Visibility,
): void {
  if (canReadMessage(message, visibility)) return;
  throw new DomainError(
    "forbidden",
    "message: its words are hidden from you for now.",
    visibility.hidden ?? undefined,
  );
}
