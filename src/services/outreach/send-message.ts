import { requireAct } from "../../domain/access.ts";
import { DomainError } from "../../domain/errors.ts";
import type { MessageFinding } from "../../domain/message-check/check.ts";
import { isSafeEmailAddress } from "../../domain/outreach/address.ts";
import { messageIdOf, requireUnderCaps } from "../../domain/outreach/outbox.ts";
import { messageFor } from "../../domain/outreach/purpose.ts";
import { isSuppressed } from "../../store/outreach/do-not-contact.ts";
import { saveMessageStatus } from "../../store/outreach/messages.ts";
import { countConfirmed, enqueue, lockOutbox, settleOutbox } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";
import { askToConfirm, spendConfirmation } from "../confirmations.ts";
import { type loadApplication, loadApplicationForUpdate } from "../load-application.ts";
import type { Session } from "../session.ts";
import { findingsOf, type Gathered, gather, type Sources } from "./draft-facts.ts";
import { draftedFor, invitationTo } from "./interview-in-message.ts";
import { loadMessage, requireReadable } from "./load-message.ts";
import {
  deliveryOf,
  type MailSettings,
  type MessageRecord,
  manualDelivery,
  type Sent,
  senderOf,
  summaryOf,
  viewOf,
} from "./message-views.ts";
import { recordSentManually } from "./record-sent-manually.ts";

export type SendInput = {
  readonly message: string;
  readonly cancel?: boolean | undefined;
  /** A person has sent it themselves: only put that on record. */
  readonly sent_by_hand?: boolean | undefined;
  readonly confirm?: string | undefined;
};

type Deps = Sources & { readonly mail: MailSettings };

export function createSending(deps: Deps) {
  const { mail } = deps;
  return {
    /**
     * Puts one message on its way to one person, once somebody has agreed to exactly what leaves. The first call only asks.
     * @throws DomainError saying what stands in the way; then nothing is sent.
     */
    async send(session: Session, input: SendInput): Promise<Sent> {
      const answer = await session.write(async (tx) => {
        const asked = await loadMessage(tx, session, input.message);
        // The application keeps other callers out; the outbox row, the process that may be about to send.
        const found = await loadApplicationForUpdate(tx, session, asked.ref);
        await requireReadable(tx, session, found, asked.message);
        await lockOutbox(tx, session.workspaceId, asked.message.id);
        const current = await loadMessage(tx, session, asked.message.id);
        requireOneWish(input);
        if (input.cancel) return cancel(tx, session, current, mail);
        requireAct(session.member, "send");
        const settled = alreadySettled(current, mail);
        if (settled) return settled;
        if (input.sent_by_hand) return recordSentManually(tx, session, { current, settings: mail, input });
        return approve(tx, session, deps, { current, found, input });
      });
      if (answer.delivery.state === "waiting" && answer.delivery.send_at)
        mail.due(new Date(answer.delivery.send_at));
      return answer;
    },
  };
}

function requireOneWish({ cancel, sent_by_hand }: SendInput): void {
  if (!cancel || !sent_by_hand) return;
  throw new DomainError(
    "invalid",
    "cancel and sent_by_hand exclude each other.",
    "Leave one out: what was sent by hand cannot be called back.",
  );
}

type Approval = {
  readonly current: MessageRecord;
  readonly found: Awaited<ReturnType<typeof loadApplication>>;
  readonly input: SendInput;
};

async function approve(
  tx: Db,
  session: Session,
  deps: Deps,
  { current, found, input }: Approval,
): Promise<Sent> {
  const { mail } = deps;
  const { message } = current;
  const { workspaceId, member, now } = session;
  const from = senderOf(current, mail);
  requireRecipient(message.recipient, found.candidate.email, found.application.ref);
  if (await isSuppressed(tx, workspaceId, message.recipient.toLowerCase()))
    throw optedOut(found.application.ref);
  const gathered = withWaitAsDrafted(await gather(tx, session, found, deps), message.madeFrom);
  messageFor(message.purpose, gathered.standing, gathered.template.messages);
  const note = typeof message.madeFrom.note === "string" ? message.madeFrom.note : null;
  const interview = draftedFor(message);
  const made = { note, sender: current.drafter.email, interview };
  const findings = await findingsOf(tx, session, gathered, message, made);
  requireSendable(findings, found.application.ref, message.purpose);
  const { appointment } = gathered;
  if (!mail.canSend) {
    const invite = interview && appointment ? await invitationTo(tx, workspaceId, found, appointment) : null;
    return manualDelivery(current, mail, { findings, now, invite });
  }
  await requireCaps(tx, session);
  const view = { message: viewOf(current, mail), findings };
  if (input.confirm === undefined) {
    const asked = { message: message.id };
    const summary = summaryOf(current, from, mail.delay, findings, interview ?? null);
    const confirmation = { ...(await askToConfirm(session, tx, asked)), summary };
    return { ...view, delivery: { state: message.status }, confirmation };
  }
  await spendConfirmation(session, tx, { message: message.id }, input.confirm);
  const sendAt = new Date(now.getTime() + mail.delay * 1000);
  const messageId = messageIdOf(message.id, from.address);
  await enqueue(tx, {
    ...{ workspaceId, id: message.id, state: "waiting", sendAt, messageId },
    ...{ fromName: from.name, fromAddress: from.address, replyTo: from.replyTo },
    ...{ approvedBy: member.id, approvedAt: now },
  });
  await saveMessageStatus(tx, workspaceId, message.id, "approved");
  await session.record(tx, message.applicationId, "message.approve", {
    message: message.id,
    message_id: messageId,
    send_at: sendAt.toISOString(),
  });
  return {
    message: { ...view.message, status: "approved" },
    findings,
    delivery: { state: "waiting", send_at: sendAt.toISOString(), message_id: messageId },
    note: mail.delay > 0 ? "send_message with cancel: true stops it until then." : "It leaves now.",
  };
}

/** A wait that was true when the draft was written is no false claim a day later. */
function withWaitAsDrafted(gathered: Gathered, madeFrom: Record<string, unknown>): Gathered {
  const { days_waiting: days } = (madeFrom.facts ?? {}) as { days_waiting?: unknown };
  return typeof days === "number"
    ? { ...gathered, recorded: [...gathered.recorded, `${days} days`] }
    : gathered;
}

/** Answers for a message that is on its way or there; throws for one that never may be. */
function alreadySettled(current: MessageRecord, mail: MailSettings): Sent | undefined {
  const { message, outbox } = current;
  const view = { message: viewOf(current, mail), findings: [], delivery: deliveryOf(current) };
  const { status } = message;
  if (status === "sent") {
    const at = outbox?.finishedAt?.toISOString() ?? "an earlier time";
    return { ...view, note: `It was sent at ${at}: nothing was changed, and it is not sent again.` };
  }
  if (status === "approved") return { ...view, note: "It is confirmed already: nothing was changed." };
  if (status !== "discarded" && status !== "cancelled") return undefined;
  throw new DomainError(
    "conflict",
    `message: it was ${status}, and is not sent.`,
    `draft_outreach with application: ${current.ref}, purpose: ${message.purpose} gives the draft to send.`,
  );
}

async function cancel(tx: Db, session: Session, current: MessageRecord, mail: MailSettings): Promise<Sent> {
  const { message, outbox } = current;
  const view = { message: viewOf(current, mail), findings: [] };
  if (message.status === "cancelled")
    return { ...view, delivery: deliveryOf(current), note: "It was cancelled already: nothing was changed." };
  if (outbox?.state !== "waiting") {
    const why = outbox?.state === "sending" ? "is being handed over just now" : `is ${message.status}`;
    const next =
      message.status === "draft"
        ? "draft_outreach with discard throws a draft away."
        : "What has left cannot be called back; write a further message if one is needed.";
    throw new DomainError("conflict", `cancel: the message ${why}.`, next);
  }
  const outcome = "Cancelled before it left.";
  await settleOutbox(tx, outbox, ["waiting"], { state: "cancelled", outcome, finishedAt: session.now });
  await session.record(tx, message.applicationId, "message.cancel", { message: message.id });
  return {
    ...view,
    message: { ...view.message, status: "cancelled" },
    delivery: { state: "cancelled", outcome },
    note: "Nothing was sent.",
  };
}

function requireRecipient(drafted: string, stored: string, ref: string): void {
  if (drafted === stored && isSafeEmailAddress(stored)) return;
  throw new DomainError(
    "conflict",
    `message: it was drafted to an address that is not the one on record for ${ref} now, or no address that mail can safely go to.`,
    "draft_outreach drafts it anew to the stored address.",
  );
}

function requireSendable(findings: readonly MessageFinding[], ref: string, purpose: string): void {
  const errors = findings.filter((finding) => finding.severity === "error");
  if (errors.length === 0) return;
  const what = errors.map(({ rule, quote, why }) => `${rule}${quote ? ` (${quote})` : ""}: ${why}`);
  throw new DomainError(
    "precondition_failed",
    `The draft has errors, so nothing was sent. ${what.join(" ")}`,
    `Mend the record or the note, then draft_outreach with application: ${ref}, purpose: ${purpose}.`,
  );
}

async function requireCaps(tx: Db, session: Session): Promise<void> {
  const since = (hours: number) => new Date(session.now.getTime() - hours * 3_600_000);
  const { workspaceId, member } = session;
  requireUnderCaps({
    hour: await countConfirmed(tx, workspaceId, member.id, since(1)),
    day: await countConfirmed(tx, workspaceId, member.id, since(24)),
  });
}

const optedOut = (ref: string): DomainError =>
  new DomainError(
    "precondition_failed",
    `${ref} asked not to be written to. Nothing was sent.`,
    "greenflag suppress --list shows the list; only a person at the terminal changes it.",
  );
