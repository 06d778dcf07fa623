import type { Delivery } from "../../domain/mail/stored-mail.ts";
import { OUTCOME } from "../../domain/outreach/outbox.ts";
import { messageAnswered } from "../../store/outreach/messages.ts";
import { settleOutbox } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/** What a delivery report says of a message of ours; `message` is null where it names none of this application. */
export type Reported = { readonly delivery: Delivery; readonly message: string | null };

/**
 * Puts on record what a delivery report says of the message that it names: one that failed to arrive was not sent. A
 * report shows nothing else; above all it is no answer.
 */
export async function fileReport(
  tx: Db,
  session: Session,
  applicationId: string,
  { document, delivery, named }: { document: string; delivery: Delivery; named: readonly string[] },
): Promise<Reported> {
  const { workspaceId, now } = session;
  const about = await messageAnswered(tx, workspaceId, applicationId, named);
  if (!about) return { delivery, message: null };
  const row = { workspaceId, id: about.id };
  const failed = { state: "failed" as const, outcome: OUTCOME.undelivered, finishedAt: now };
  const isNews = delivery === "failed" && (await settleOutbox(tx, row, ["sent", "unknown"], failed));
  if (isNews) await session.record(tx, applicationId, "message.undelivered", { message: about.id, document });
  return { delivery, message: about.id };
}
