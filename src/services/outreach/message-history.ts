import type { Visibility } from "../../domain/panel/visibility.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listMessages, listReplies } from "../../store/outreach/messages.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";
import { canReadMessage } from "./load-message.ts";

/** An application's messages, oldest first, with what became of each and the documents that answer it. */
export async function messageHistory(
  db: Db,
  { workspaceId }: Session,
  { application }: ApplicationRecord,
  visibility: Visibility,
) {
  const stored = await listMessages(db, workspaceId, application.id);
  const replies = await listReplies(db, workspaceId, application.id);
  return stored.map(({ message: m, outbox }) => ({
    id: m.id,
    purpose: m.purpose,
    version: m.version,
    to: m.recipient,
    ...(canReadMessage(m, visibility) ? { subject: m.subject, body: m.body } : { hidden: visibility.hidden }),
    status: m.status,
    at: m.createdAt.toISOString(),
    ...(outbox?.state === "waiting" ? { send_at: outbox.sendAt.toISOString() } : {}),
    ...(outbox?.finishedAt ? { finished_at: outbox.finishedAt.toISOString() } : {}),
    ...(outbox?.outcome ? { outcome: outbox.outcome } : {}),
    replies: replies.filter((reply) => reply.message === m.id).map((reply) => reply.document),
  }));
}
