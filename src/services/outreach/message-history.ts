import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { insertReply, listReplies, messageAnswered } from "../../store/outreach/messages.ts";
import { settleOutbox } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";
import type { ForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

/** An application's messages, oldest first, with what became of each and the documents that answer it. */
export async function listCorrespondence(
  db: Db,
  { workspaceId }: Session,
  { application }: ApplicationRecord,
  forReader: ForReader,
) {
  const messages = await forReader.messages();
  const replies = await listReplies(db, workspaceId, application.id);
  return messages.map(({ words, outbox, ...m }) => ({
    id: m.id,
    purpose: m.purpose,
    version: m.version,
    to: m.recipient,
    ...(words && { subject: words.subject, body: words.body }),
    hidden: words ? null : forReader.hidden,
    status: m.status,
    at: m.createdAt.toISOString(),
    ...(outbox?.state === "waiting" ? { send_at: outbox.sendAt.toISOString() } : {}),
    ...(outbox?.finishedAt ? { finished_at: outbox.finishedAt.toISOString() } : {}),
    ...(outbox?.outcome ? { outcome: outbox.outcome } : {}),
    replies: replies.filter((reply) => reply.message === m.id).map((reply) => reply.document),
  }));
}

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
  const outcome = "A reply shows that it arrived.";
  const row = { workspaceId, id: answered.id };
  await settleOutbox(tx, row, ["unknown"], { state: "sent", outcome, finishedAt: now });
  await session.record(tx, applicationId, "message.reply", { message: answered.id, document });
  return answered.id;
}
