import { randomUUID } from "node:crypto";
import { LOST_AFTER_MS } from "../../domain/outreach/outbox.ts";
import { nextDue } from "../../store/outreach/outbox.ts";
import type { Store } from "../../store/store.ts";
import { type HandoverDeps, recoverLost, sendNext } from "./hand-over.ts";

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

export type DispatchDeps = HandoverDeps & {
  /** Undefined while another process has the database open: that one sends. */
  readonly store: () => Promise<Store | undefined>;
};

const LOOK_EVERY_MS = 15_000;
/** Whoever just connected is answered first. */
const FIRST_AFTER_MS = 1_000;

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
    if (store === undefined) return 0;
    // The embedded database is open in one process at a time, so what another had in hand was lost with it.
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
