import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { DomainError } from "../domain/errors.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import type { ServiceSettings } from "../services/settings.ts";
import { createFrameReader, greetingFrame, messageFrame, readGreeting, readMessage } from "./frames.ts";
import { sessionFacts, upkeepFacts } from "./handles.ts";
import { operationOf } from "./operations.ts";
import {
  type CallerFacts,
  crossedError,
  Hello,
  isSameRelease,
  LONGEST_FRAME,
  LONGEST_GREETING,
  type Release,
  type ToFollower,
  ToHolder,
  type Work,
} from "./protocol.ts";

export type HolderDeps = {
  readonly release: Release;
  /** The name of this process, for messages to other processes. */
  readonly command: string;
  /** The use cases for a process that was started with these settings. */
  servicesFor(settings: ServiceSettings): Promise<Services>;
  readonly log: Log;
};

export type HolderService = {
  /** Serves one process that connected. */
  take(peer: Socket): void;
  /** Begins no more work, and waits up to `LEAVE_PATIENCE_MS` for the work that has begun. */
  leave(): Promise<void>;
};

const LEAVE_PATIENCE_MS = 1_500;

/** Carries out the calls of the other processes of this machine on the database that this one has open. */
export function createHolder(deps: HolderDeps): HolderService {
  const underWay = new Set<Promise<void>>();
  let leaving = false;
  const room = {
    isLeaving: () => leaving,
    track(work: Promise<void>) {
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    },
  };
  return {
    take(peer) {
      // A process that is turned away asks again until the directory is free.
      if (leaving) peer.destroy();
      else serve(deps, room, peer);
    },
    async leave() {
      leaving = true;
      const patience = new Promise((resolve) => setTimeout(resolve, LEAVE_PATIENCE_MS).unref());
      await Promise.race([Promise.all(underWay), patience]);
    },
  };
}

type Room = { isLeaving(): boolean; track(work: Promise<void>): void };

function serve(deps: HolderDeps, room: Room, peer: Socket): void {
  const calls = new Map<number, AbortController>();
  let services: Promise<Services> | undefined;
  const read = createFrameReader(() => (services === undefined ? LONGEST_GREETING : LONGEST_FRAME));
  const receive = (body: Buffer) => {
    if (services === undefined) services = greet(deps, peer, body);
    else obey(ToHolder.parse(readMessage(body)) as ToHolder, services);
  };
  const obey = (message: ToHolder, made: Promise<Services>) => {
    if ("cancel" in message) return calls.get(message.id)?.abort();
    const { id, work } = message;
    if (room.isLeaving()) return say(peer, { id, notBegun: true });
    const call = new AbortController();
    calls.set(id, call);
    const done = made
      .then((ready) => carryOut(ready, work, call.signal))
      .then((answer) => messageFrame({ id, answer } satisfies ToFollower))
      .catch((error: unknown) => messageFrame({ id, error: errorFor(deps.log, work, error) }))
      .then((frame) => {
        calls.delete(id);
        if (peer.writable) peer.write(frame);
      });
    room.track(done);
  };
  peer.on("data", (piece: Buffer) => {
    try {
      for (const body of read(piece)) receive(body);
    } catch (error) {
      deps.log.warn({ err: error }, "a process on the local socket sent something else than a call");
      peer.destroy();
    }
  });
  // The other process has ended. Its changes that are not committed by now are rolled back.
  peer.on("close", () => {
    for (const call of calls.values()) call.abort();
  });
}

/** Accepts a process of the same release. Another release is refused, and the refusal names this one. */
function greet({ release, command, log, servicesFor }: HolderDeps, peer: Socket, body: Buffer) {
  const { greenflag, settings } = Hello.parse(readGreeting(body));
  if (!isSameRelease(release, greenflag)) {
    log.warn(
      { theirs: greenflag, ours: release },
      "a process of another version wants to use the database and was refused; restart one of the two on the other's version",
    );
    peer.end(greetingFrame({ refused: { version: release.version, command, pid: process.pid } }));
    return new Promise<never>(() => {});
  }
  peer.write(greetingFrame({ welcome: true }));
  const made = servicesFor(settings as ServiceSettings);
  made.catch(() => {});
  return made;
}

const say = (peer: Socket, message: ToFollower): void => {
  if (peer.writable) peer.write(messageFrame(message));
};

/** One call of one service, in a session of the holder's own for that caller. */
async function carryOut(services: Services, work: Work, signal: AbortSignal): Promise<unknown> {
  const sessionFor = (caller: CallerFacts) => services.startSession({ ...caller, signal });
  if ("start" in work)
    return work.start === "session"
      ? sessionFacts(await sessionFor(work.caller))
      : upkeepFacts(await services.startUpkeep({ signal }));
  const operation = operationOf(services, work);
  const at =
    work.caller === undefined ? await services.startUpkeep({ signal }) : await sessionFor(work.caller);
  return operation(at, ...work.input);
}

function errorFor(log: Log, work: Work, error: unknown) {
  const where = "start" in work ? work.start : `${work.group}.${work.method}`;
  if (error instanceof DomainError) {
    if (error.cause !== undefined)
      log.warn({ where, code: error.code, err: error.cause }, "a call failed outside");
    return crossedError(error);
  }
  const defect = randomBytes(4).toString("hex");
  log.error({ where, reference: defect, err: error }, "a call of another process failed on a defect");
  return { defect };
}
