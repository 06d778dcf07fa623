import { OUTCOME } from "../../domain/outreach/outbox.ts";
import { insertReply, messageAnswered } from "../../store/outreach/messages.ts";
import { settleOutbox } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/**
 * Files a document under the message of ours that it answers; undefined when it answers none of this application. An
 * answer shows that a message arrived, whatever was known of it before.
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
