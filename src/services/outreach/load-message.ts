import { DomainError, notFound } from "../../domain/errors.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { applicationOfMessage, findMessage, type MessageRow } from "../../store/outreach/messages.ts";
import { lockOutbox } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import type { ForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const idOf = (text: string): string | undefined => {
  const id = text.trim().toLowerCase();
  return UUID.test(id) ? id : undefined;
};

export type LoadedMessage = NonNullable<Awaited<ReturnType<typeof findMessage>>>;

/** A message with its application's reference. @throws DomainError `not_found` for an unknown id */
export async function loadMessage(db: Db, session: Session, id: string): Promise<LoadedMessage> {
  const wanted = idOf(id);
  const message = wanted === undefined ? undefined : await findMessage(db, session.workspaceId, wanted);
  if (!message) throw unknownMessage(id);
  return message;
}

/** As `loadMessage`, with its application. Both are locked until commit, so that no process hands the message over. */
export async function loadMessageForUpdate(
  tx: Db,
  session: Session,
  id: string,
): Promise<{ current: LoadedMessage; application: ApplicationRecord }> {
  const { workspaceId } = session;
  const wanted = idOf(id);
  const ref = wanted === undefined ? undefined : await applicationOfMessage(tx, workspaceId, wanted);
  if (wanted === undefined || ref === undefined) throw unknownMessage(id);
  const application = await loadApplicationForUpdate(tx, session, ref);
  await lockOutbox(tx, workspaceId, wanted);
  return { current: await loadMessage(tx, session, wanted), application };
}

const unknownMessage = (id: string): DomainError => notFound("message", id, { do: "list_messages" });

/** @throws DomainError `forbidden` for a message whose words are hidden from this member now. */
export function requireReadable(
  { redact, hidden }: Pick<ForReader, "redact" | "hidden">,
  message: Pick<MessageRow, "draftedBy" | "madeFrom">,
): void {
  if (redact.message(message) || hidden === null) return;
  throw new DomainError("forbidden", "message: its words are hidden from you for now.", {
    do: "end_hiding",
    hidden,
  });
}
