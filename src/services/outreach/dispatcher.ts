import { randomUUID } from "node:crypto";
import { LOST_AFTER_MS } from "../../domain/outreach/outbox.ts";
import { nextDue } from "../../store/outreach/outbox.ts";
import type { Store } from "../../store/store.ts";
import { type HandoverDeps, recoverLost, sendNext } from "./hand-over.ts";

export type Dispatcher = {
  /** Sends all due messages, one after the other. Returns how many were taken from the outbox. */
  runOnce(): Promise<number>;
  /** Starts checking the outbox, now and whenever a message is due. */
  start(): void;
  /** Announces that a message will be due. */
  due(at: Date): void;
  /** Stops checking, after the message that is being handed over. */
  stop(): Promise<void>;
};

export type DispatchDeps = HandoverDeps & {
  /** Undefined while another process has the database open: that one sends. */
  readonly store: () => Promise<Store | undefined>;
};

const LOOK_EVERY_MS = 15_000;
/** The first check waits this long, so that it does not delay the first calls of a client that has just connected. */
const FIRST_AFTER_MS = 1_000;

/**
 * Sends confirmed messages. One transaction claims a message, and a second one stores the result. The handover happens
 * between them, outside any transaction. Only one of several processes can claim a message. If that process ends during
 * the handover, the result is unknown, and no process sends the message again.
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
    if (store === undefined) return 0;
    // The embedded database is open in one process at a time. So at the start, every claimed message was lost with the
    // process that had it open before.
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
