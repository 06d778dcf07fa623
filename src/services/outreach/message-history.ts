import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listReplies } from "../../store/outreach/messages.ts";
import type { Db } from "../../store/store.ts";
import type { ForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

/** An application's messages, oldest first, with the result of each and the documents that answer it. */
export async function messageHistory(
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
    ...(m.channel
      ? { channel: m.channel, hidden: null }
      : {
          to: m.recipient,
          ...(words && { subject: words.subject, body: words.body }),
          hidden: words ? null : forReader.hidden,
        }),
    status: m.status,
    ...(m.outdated.length > 0 ? { outdated: [...m.outdated] } : {}),
    at: m.createdAt.toISOString(),
    ...(outbox?.state === "waiting" ? { send_at: outbox.sendAt.toISOString() } : {}),
    ...(outbox?.finishedAt ? { finished_at: outbox.finishedAt.toISOString() } : {}),
    ...(outbox?.outcome ? { outcome: outbox.outcome } : {}),
    replies: replies.filter((reply) => reply.message === m.id).map((reply) => reply.document),
  }));
}
