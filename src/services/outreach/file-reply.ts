import { OUTCOME } from "../../domain/outreach/outbox.ts";
import { insertReply, messageAnswered } from "../../store/outreach/messages.ts";
import { settleOutbox } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/**
 * Files a document as a reply to our message that it answers. Undefined when it answers no message of this application.
 * A reply shows that the message arrived, even if that was not known before.
 */
export async function fileReply(
  tx: Db,
  session: Session,
  applicationId: string,
  document: string,
  answers: readonly string[],
): Promise<string | undefined> {
  const { workspaceId, now } = session;
  const answered = await messageAnswered(tx, workspaceId, applicationId, answers);
  if (!answered) return undefined;
  await insertReply(tx, { workspaceId, id: document, messageId: answered.id });
  const row = { workspaceId, id: answered.id };
  await settleOutbox(tx, row, ["unknown"], { state: "sent", outcome: OUTCOME.answered, finishedAt: now });
  await session.record(tx, applicationId, "message.reply", { message: answered.id, document });
  return answered.id;
}
