import { randomUUID } from "node:crypto";
import { sameInterview } from "../../domain/outreach/facts.ts";
import {
  afterHandover,
  type Handover,
  isUnsolicited,
  LOST,
  LOST_AFTER_MS,
} from "../../domain/outreach/outbox.ts";
import type { Log } from "../../log.ts";
import { type Mail, unsubscribeLinks } from "../../mail/compose.ts";
import type { Mailer } from "../../mail/mailer.ts";
import { findApplicationRecord } from "../../store/candidates/applications.ts";
import { appendEvent } from "../../store/events.ts";
import { isSuppressed } from "../../store/outreach/do-not-contact.ts";
import { claimDue, claimedBefore, nextDue, settleOutbox } from "../../store/outreach/outbox.ts";
import type { Db, Store } from "../../store/store.ts";
import { appointmentOf, draftedFor, invitationTo } from "./interview-in-message.ts";

export type Dispatcher = {
  /** Sends everything that is due, one after the other; gives how many messages were taken in hand. */
  runOnce(): Promise<number>;
  /** Starts looking, now and whenever something is due. */
  start(): void;
  /** Says that something will be due. */
  due(at: Date): void;
  /** Stops looking; what is being handed over is finished first. */
  stop(): Promise<void>;
};

export type DispatchDeps = {
  readonly store: () => Promise<Store>;
  readonly mailer: Mailer;
  readonly now: () => Date;
  readonly log: Log;
  readonly unsubscribeUrl: string | undefined;
};

const LOOK_EVERY_MS = 15_000;
/** Whoever just connected is answered first. */
const FIRST_AFTER_MS = 1_000;
const never = new AbortController().signal;

/**
 * Sends what was confirmed. A message is taken in hand in one transaction, handed over outside of any, and written down
 * in another: of several processes one takes it, and when one ends in between, nobody knows and nobody tries again.
 */
export function createDispatcher(deps: DispatchDeps): Dispatcher {
  const me = randomUUID();
  let running: Promise<number> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let wakeAt = Number.POSITIVE_INFINITY;
  let stopped = false;
  let first = true;

  async function run(): Promise<number> {
    const store = await deps.store();
    // The embedded database has one process at a time, so what another had in hand was lost with it.
    const alone = first && store.engine.name === "embedded";
    first = false;
    await recoverLost(deps, store, alone ? 0 : LOST_AFTER_MS);
    let taken = 0;
    while (!stopped && (await sendNext(deps, store, me))) taken += 1;
    const next = await store.read((db) => nextDue(db, store.workspaceId));
    if (next) dispatcher.due(next);
    return taken;
  }

  function look(): void {
    wakeAt = Number.POSITIVE_INFINITY;
    dispatcher
      .runOnce()
      .catch((error: unknown) => deps.log.warn({ err: error }, "looking for messages to send failed"))
      .finally(() => dispatcher.due(new Date(deps.now().getTime() + LOOK_EVERY_MS)));
  }

  const dispatcher: Dispatcher = {
    runOnce() {
      running = (running ?? Promise.resolve(0)).catch(() => 0).then(run);
      return running;
    },
    start: () => dispatcher.due(new Date(deps.now().getTime() + FIRST_AFTER_MS)),
    due(at) {
      if (stopped || at.getTime() >= wakeAt) return;
      clearTimeout(timer);
      wakeAt = at.getTime();
      timer = setTimeout(look, Math.max(0, Math.min(wakeAt - deps.now().getTime(), LOOK_EVERY_MS)));
      timer.unref();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running?.catch(() => {});
    },
  };
  return dispatcher;
}

/** What a process that is gone had in hand: it may have arrived, and only a person can find out. */
async function recoverLost({ now, log }: DispatchDeps, store: Store, olderThanMs: number): Promise<void> {
  const { workspaceId } = store;
  const at = now();
  await store.write(never, async (tx) => {
    const before = new Date(at.getTime() - olderThanMs + (olderThanMs === 0 ? 1 : 0));
    for (const { id, applicationId, approvedBy } of await claimedBefore(tx, workspaceId, before)) {
      const lost = { state: "unknown", outcome: LOST, finishedAt: at } as const;
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

async function sendNext({ mailer, now, log, unsubscribeUrl }: DispatchDeps, store: Store, me: string) {
  const { workspaceId } = store;
  const claimed = await store.write(never, async (tx) => {
    const due = await claimDue(tx, workspaceId, me, now());
    if (!due) return undefined;
    const invited = await invitationWith(tx, due, now());
    const stopped = await whyNot(tx, due, invited.stands);
    if (stopped !== undefined) {
      const { outbox, message } = due;
      const at = now();
      await settleOutbox(tx, outbox, ["sending"], { state: "cancelled", outcome: stopped, finishedAt: at });
      const said = { message: message.id, state: "cancelled" };
      await appendEvent(tx, eventOf(workspaceId, message.applicationId, outbox.approvedBy, at, said));
    }
    return { ...due, stopped, invite: invited.invite };
  });
  if (!claimed) return false;
  const { outbox, message, stopped, invite } = claimed;
  if (stopped !== undefined) return true;
  const mail: Mail = {
    messageId: outbox.messageId,
    from: { name: outbox.fromName, address: outbox.fromAddress },
    replyTo: outbox.replyTo,
    to: message.recipient,
    subject: message.subject,
    body: message.body,
    date: now(),
    unsubscribe: isUnsolicited(message.purpose)
      ? unsubscribeLinks(message.id, outbox.replyTo ?? outbox.fromAddress, unsubscribeUrl)
      : null,
    invite,
  };
  const handover: Handover = await mailer.send(mail);
  const at = now();
  const step = afterHandover(handover, outbox.attempts, at);
  await store.write(never, async (tx) => {
    await settleOutbox(tx, outbox, step.state === "sent" ? ["sending", "unknown"] : ["sending"], {
      state: step.state,
      outcome: step.outcome,
      finishedAt: step.again ? null : at,
      ...(step.again ? { sendAt: step.again } : {}),
    });
    const said = { message: message.id, state: step.state, attempt: outbox.attempts };
    await appendEvent(tx, eventOf(workspaceId, message.applicationId, outbox.approvedBy, at, said));
  });
  const { kind } = handover;
  log.info({ message: message.id, handover: kind, state: step.state }, "a message was handed over or not");
  return true;
}

type Due = NonNullable<Awaited<ReturnType<typeof claimDue>>>;

/** What stands in the way of a message that was confirmed, at the last moment; undefined when nothing does. */
async function whyNot(tx: Db, { message, address }: Due, stands: boolean): Promise<string | undefined> {
  if (await isSuppressed(tx, message.workspaceId, message.recipient.toLowerCase()))
    return "The candidate asked not to be written to before it left.";
  if (address !== message.recipient) return "The candidate's address changed before it left.";
  return stands ? undefined : "The interview changed before it left; draft_outreach drafts it anew.";
}

/** The invitation of a message about an interview, and whether that is still what is booked. */
async function invitationWith(tx: Db, { message, ref }: Due, now: Date) {
  const drafted = draftedFor(message);
  const { workspaceId } = message;
  const found = drafted === undefined ? undefined : await findApplicationRecord(tx, workspaceId, ref);
  if (drafted === undefined || !found) return { stands: true, invite: null };
  const booked = await appointmentOf(tx, workspaceId, found, now);
  const stands = sameInterview(drafted, booked?.facts ?? null);
  return { stands, invite: booked && stands ? await invitationTo(tx, workspaceId, found, booked) : null };
}

/** What the program does by itself is done for the member who confirmed it. */
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
  tool: "send_message",
  payload,
});
