import { sameInterview } from "../../domain/outreach/facts.ts";
import { basisOf } from "../../domain/outreach/made-from.ts";
import { afterHandover, OUTCOME } from "../../domain/outreach/outbox.ts";
import type { Log } from "../../log.ts";
import type { Mailer } from "../../mail/mailer.ts";
import { findApplicationRecord } from "../../store/candidates/applications.ts";
import { appendEvent } from "../../store/events.ts";
import { claimDue, claimedBefore, settleOutbox } from "../../store/outreach/outbox.ts";
import type { Db, Store } from "../../store/store.ts";
import { bookedInterview, invitationTo } from "./booked-interview.ts";
import { mailOf } from "./message-as-mail.ts";
import { isSuppressed } from "./suppressed.ts";

export type HandoverDeps = {
  readonly mailer: Mailer;
  readonly now: () => Date;
  readonly log: Log;
  readonly unsubscribeUrl: string | undefined;
};

const never = new AbortController().signal;

/**
 * Marks messages as unknown that a dead process was handing over. Such a message may have arrived, and only a person
 * can find out.
 */
export async function recoverLost(
  { now, log }: HandoverDeps,
  store: Store,
  olderThanMs: number,
): Promise<void> {
  const { workspaceId } = store;
  const at = now();
  await store.write(never, async (tx) => {
    const before = new Date(at.getTime() - olderThanMs + (olderThanMs === 0 ? 1 : 0));
    for (const { id, applicationId, approvedBy } of await claimedBefore(tx, workspaceId, before)) {
      const lost = { state: "unknown", outcome: OUTCOME.lost, finishedAt: at } as const;
      if (!(await settleOutbox(tx, { workspaceId, id }, ["sending"], lost))) continue;
      await appendEvent(
        tx,
        eventOf(workspaceId, applicationId, approvedBy, at, { message: id, state: "unknown" }),
      );
      log.warn(
        { message: id },
        "a message was being handed over when the program ended; it may have arrived",
      );
    }
  });
}

/**
 * Claims the message that has been due longest and sends it, unless something on record has changed. False when none is
 * due.
 */
export async function sendNext(
  { mailer, now, log, unsubscribeUrl }: HandoverDeps,
  store: Store,
  claimedBy: string,
): Promise<boolean> {
  const { workspaceId } = store;
  const claimed = await store.write(never, async (tx) => {
    const due = await claimDue(tx, workspaceId, claimedBy, now());
    if (!due) return undefined;
    const invited = await invitationWith(tx, due, now());
    const stopped = await whatChanged(tx, due, invited.stands);
    if (stopped !== undefined) {
      const { outbox, message } = due;
      const at = now();
      await settleOutbox(tx, outbox, ["sending"], { state: "cancelled", outcome: stopped, finishedAt: at });
      const settled = { message: message.id, state: "cancelled" };
      await appendEvent(tx, eventOf(workspaceId, message.applicationId, outbox.approvedBy, at, settled));
    }
    return { ...due, stopped, invite: invited.invite };
  });
  if (!claimed) return false;
  const { outbox, message, stopped, invite } = claimed;
  if (stopped !== undefined) return true;
  const { messageId, fromName, fromAddress, replyTo } = outbox;
  const sender = { name: fromName, address: fromAddress, replyTo };
  const mail = mailOf(message, sender, { messageId, date: now(), invite, unsubscribeUrl });
  const handover = await mailer.send(mail);
  const at = now();
  const step = afterHandover(handover, outbox.attempts, at);
  await store.write(never, async (tx) => {
    await settleOutbox(tx, outbox, step.state === "sent" ? ["sending", "unknown"] : ["sending"], {
      state: step.state,
      outcome: step.outcome,
      finishedAt: step.again ? null : at,
      ...(step.again ? { sendAt: step.again } : {}),
    });
    const settled = { message: message.id, state: step.state, attempt: outbox.attempts };
    await appendEvent(tx, eventOf(workspaceId, message.applicationId, outbox.approvedBy, at, settled));
  });
  const { kind } = handover;
  log.info({ message: message.id, handover: kind, state: step.state }, "a message was handed over or not");
  return true;
}

type Due = NonNullable<Awaited<ReturnType<typeof claimDue>>>;

/**
 * The reason why a confirmed message may no longer be sent, checked just before it leaves. Undefined when there is
 * none.
 */
async function whatChanged(
  tx: Db,
  { message, address, doNotContact }: Due,
  interviewStands: boolean,
): Promise<string | undefined> {
  if (doNotContact) return OUTCOME.optedOut;
  if (await isSuppressed(tx, message.workspaceId, message.recipient.toLowerCase())) return OUTCOME.optedOut;
  if (address !== message.recipient) return OUTCOME.addressChanged;
  if (message.outdated.length > 0) return OUTCOME.recordChanged;
  return interviewStands ? undefined : OUTCOME.interviewChanged;
}

/** The invitation of a message about an interview, and whether that interview is still booked as it was. */
async function invitationWith(tx: Db, { message, ref }: Due, now: Date) {
  const { interview } = basisOf(message.madeFrom);
  const { workspaceId } = message;
  const record = interview === undefined ? undefined : await findApplicationRecord(tx, workspaceId, ref);
  if (interview === undefined || !record) return { stands: true, invite: null };
  const booked = await bookedInterview(tx, workspaceId, record, now);
  const stands = sameInterview(interview, booked?.facts ?? null);
  return { stands, invite: booked && stands ? await invitationTo(tx, workspaceId, record, booked) : null };
}

/**
 * The history's entry for an action of the outbox. `tool` is `outbox`, and the member is the one who confirmed the
 * message.
 */
const eventOf = (
  workspaceId: string,
  chainId: string,
  memberId: string,
  at: Date,
  payload: Record<string, unknown>,
) => ({
  workspaceId,
  chainId,
  at,
  kind: "message.handover",
  memberId,
  client: "greenflag",
  tool: "outbox",
  payload,
});
