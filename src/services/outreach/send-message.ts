import { requireAct } from "../../domain/access.ts";
import { DomainError } from "../../domain/errors.ts";
import type { MessageFinding } from "../../domain/message-check/check.ts";
import type { InterviewFacts } from "../../domain/outreach/facts.ts";
import { basisOf } from "../../domain/outreach/made-from.ts";
import { type Channel, type Confirmed, messageIdOf, OUTCOME } from "../../domain/outreach/outbox.ts";
import { planCancel, planSend, settledBefore, type ToSend } from "../../domain/outreach/send-plan.ts";
import type { Mail } from "../../mail/compose.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { saveMessageStatus } from "../../store/outreach/messages.ts";
import { countConfirmed, enqueue, settleOutbox } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";
import { askToConfirm, spendConfirmation } from "../confirmations.ts";
import { type ForReader, loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";
import { invitationTo } from "./booked-interview.ts";
import { checkAgainstRecord } from "./check-draft.ts";
import { type LoadedMessage, loadMessageForUpdate, requireReadable } from "./load-message.ts";
import { manualDelivery } from "./manual-delivery.ts";
import { loadMessageFacts, type OnRecord, type Sources } from "./message-facts.ts";
import { recordSentManually } from "./record-sent-manually.ts";
import { recordTold, type Told } from "./record-told.ts";
import { type MailSettings, requireSender, type Sender } from "./sender.ts";
import { aboutOf, deliverySoFar, type Sent, sentOf } from "./sent.ts";
import { isSuppressed } from "./suppressed.ts";

export type SendInput = {
  readonly message?: string | undefined;
  /** With `channel`: whom somebody told without a message. */
  readonly application?: string | undefined;
  readonly channel?: Channel | undefined;
  readonly cancel?: boolean | undefined;
  /** A person has sent it themselves: only put that on record. */
  readonly sent_by_hand?: boolean | undefined;
  /** Where there is no mail server: the whole message as a file too. */
  readonly as_eml?: boolean | undefined;
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
    async send(session: Session, input: SendInput): Promise<Sent | Told> {
      requireNotBoth(input);
      const asked = askedFor(input);
      if (asked.message === undefined) return session.write((tx) => recordTold(tx, session, mail, asked));
      const sent = await session.write(async (tx) => {
        const { current, application } = await loadMessageForUpdate(tx, session, asked.message);
        const { message, ref } = current;
        const forReader = await loadForReader(tx, session, application);
        requireReadable(forReader, message);
        if (input.cancel) return cancel(tx, session, current, mail);
        const { recruitersSend } = application.role;
        requireAct(session.member, recruitersSend || input.sent_by_hand ? "send" : "send_reserved");
        const settled = settledBefore({ ref, purpose: message.purpose, status: message.status });
        if (settled) return sentOf(current, mail, { result: settled });
        const code = input.confirm;
        if (input.sent_by_hand) return recordSentManually(tx, session, { current, application, mail, code });
        const asFile = input.as_eml ?? false;
        return sendMessage(tx, session, deps, { current, application, forReader, code, asFile });
      });
      const { state, send_at } = sent.delivery;
      if (state === "waiting" && send_at !== undefined) mail.due(new Date(send_at));
      return sent;
    },
  };
}

function requireNotBoth({ cancel, sent_by_hand }: SendInput): void {
  if (!cancel || !sent_by_hand) return;
  throw new DomainError(
    "invalid",
    "cancel and sent_by_hand exclude each other.",
    "Leave one out: what was sent manually cannot be called back.",
  );
}

/** A message that there is, or somebody who was told without one. @throws DomainError `invalid` for both or neither */
function askedFor({ message, application, channel, confirm, ...more }: SendInput) {
  if (channel === undefined && application === undefined && message !== undefined) return { message };
  const ofMessages = Object.entries({ message, ...more }).flatMap(([name, v]) =>
    v === undefined ? [] : [name],
  );
  if (channel !== undefined && application !== undefined && ofMessages.length === 0)
    return { application, channel, confirm };
  const what =
    channel === undefined && application === undefined
      ? "message: missing"
      : ofMessages.length > 0
        ? `${ofMessages.join(", ")}: not with application and channel`
        : `${channel === undefined ? "channel" : "application"}: missing`;
  throw new DomainError(
    "invalid",
    `${what}.`,
    "Give message, the id of a draft; or application and channel (phone, in_person), to record that somebody was told so.",
  );
}

type Request = {
  readonly current: LoadedMessage;
  readonly application: ApplicationRecord;
  readonly forReader: ForReader;
  /** The code by which a person agreed; without it they are asked. */
  readonly code: string | undefined;
  /** Whether the whole message is handed over as a file, where a person has to send it. */
  readonly asFile: boolean;
};

/** What a message leaves with, beside its own words. */
type Outgoing = {
  readonly sender: Sender;
  readonly findings: readonly MessageFinding[];
  /** The interview that it names, whose invitation goes along. */
  readonly interview: InterviewFacts | null;
};

async function sendMessage(tx: Db, session: Session, deps: Deps, request: Request): Promise<Sent> {
  const { mail } = deps;
  const { current, application, asFile } = request;
  const sender = requireSender(current, mail);
  const { toSend, onRecord, interview } = await loadToSend(tx, session, deps, request);
  const sending = mail.canSend
    ? { delaySeconds: mail.delay, confirmed: await confirmedBy(tx, session) }
    : null;
  const plan = planSend(toSend, sending, { code: request.code, now: session.now });
  const outgoing = { sender, findings: toSend.findings, interview };
  if (plan.step === "send_manually")
    return handToPerson(tx, session, mail, { current, onRecord, asFile, ...outgoing });
  if (plan.step === "ask") return ask(tx, session, mail, { current, application, ...outgoing });
  await spendConfirmation(session, tx, { message: current.message.id }, plan.code);
  return queue(tx, session, mail, { current, sendAt: plan.sendAt, ...outgoing });
}

/** What decides whether a message may leave: the record as it is now, against what the draft was made from. */
async function loadToSend(
  tx: Db,
  session: Session,
  deps: Deps,
  { current, application, forReader }: Request,
): Promise<{ toSend: ToSend; onRecord: OnRecord; interview: InterviewFacts | null }> {
  const { message, drafter, ref } = current;
  const { purpose, recipient } = message;
  const { note, interview, daysWaiting } = basisOf(message.madeFrom);
  const onRecord = await loadMessageFacts(tx, session, application, forReader, deps);
  // The wait has grown since the draft: the number of days it gives was right when it was written.
  const recorded = daysWaiting === null ? onRecord.recorded : [...onRecord.recorded, `${daysWaiting} days`];
  const madeWith = { note, sender: drafter.email, interview };
  const toSend = {
    ref,
    purpose,
    draftedTo: recipient,
    address: application.candidate.email,
    optedOut: await isSuppressed(tx, session.workspaceId, recipient.toLowerCase()),
    doNotContact: application.candidate.doNotContact,
    outdated: message.outdated,
    standing: onRecord.standing,
    messages: onRecord.template.messages,
    findings: await checkAgainstRecord(tx, session, { ...onRecord, recorded }, message, madeWith),
  };
  return { toSend, onRecord, interview: interview ?? null };
}

async function confirmedBy(tx: Db, { workspaceId, member, now }: Session): Promise<Confirmed> {
  const since = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  return {
    hour: await countConfirmed(tx, workspaceId, member.id, since(1)),
    day: await countConfirmed(tx, workspaceId, member.id, since(24)),
  };
}

type CheckedMessage = Outgoing & { readonly current: LoadedMessage };

type ToHandOver = CheckedMessage & Pick<Request, "asFile"> & { readonly onRecord: OnRecord };

async function handToPerson(
  tx: Db,
  { workspaceId, now }: Session,
  mail: MailSettings,
  { current, onRecord, asFile, sender, findings, interview }: ToHandOver,
): Promise<Sent> {
  const { record, booked } = onRecord;
  const invite: Mail["invite"] =
    interview && booked ? await invitationTo(tx, workspaceId, record, booked) : null;
  return sentOf(current, mail, {
    result: "to_send_manually",
    sender,
    findings,
    delivery: await manualDelivery(current, sender, mail, { now, invite, asFile }),
    ...(interview === null ? {} : { invitation: interview }),
  });
}

async function ask(
  tx: Db,
  session: Session,
  mail: MailSettings,
  { current, application, sender, findings, interview }: CheckedMessage & Pick<Request, "application">,
): Promise<Sent> {
  const pending = await askToConfirm(session, tx, { message: current.message.id });
  return sentOf(current, mail, {
    result: "asks_to_send",
    sender,
    findings,
    delivery: { ...deliverySoFar(current), ...delayOf(mail) },
    ...(interview === null ? {} : { invitation: interview }),
    confirmation: { ...pending, about: aboutOf(application) },
  });
}

async function queue(
  tx: Db,
  session: Session,
  mail: MailSettings,
  { current, sendAt, sender, findings }: CheckedMessage & { readonly sendAt: Date },
): Promise<Sent> {
  const { id, applicationId } = current.message;
  const { workspaceId, member, now } = session;
  const messageId = messageIdOf(id, sender.address);
  await enqueue(tx, {
    workspaceId,
    id,
    state: "waiting",
    sendAt,
    messageId,
    fromName: sender.name,
    fromAddress: sender.address,
    replyTo: sender.replyTo,
    approvedBy: member.id,
    approvedAt: now,
  });
  await saveMessageStatus(tx, workspaceId, id, "approved");
  const queued = { send_at: sendAt.toISOString(), message_id: messageId };
  await session.record(tx, applicationId, "message.approve", { message: id, ...queued });
  return sentOf(current, mail, {
    result: "confirmed",
    status: "approved",
    sender,
    findings,
    delivery: { state: "waiting", ...queued, ...delayOf(mail) },
  });
}

const delayOf = ({ delay }: MailSettings) => (delay > 0 ? { delay_seconds: delay } : {});

async function cancel(tx: Db, session: Session, current: LoadedMessage, mail: MailSettings): Promise<Sent> {
  const { message, outbox } = current;
  const result = planCancel(message.status, outbox?.state);
  if (result === "already_cancelled" || !outbox) return sentOf(current, mail, { result });
  const outcome = OUTCOME.cancelled;
  await settleOutbox(tx, outbox, ["waiting"], { state: "cancelled", outcome, finishedAt: session.now });
  await session.record(tx, message.applicationId, "message.cancel", { message: message.id });
  return sentOf(current, mail, { result, status: "cancelled", delivery: { state: "cancelled", outcome } });
}
