import type { Socket } from "node:net";
import { DomainError } from "../domain/errors.ts";
import type { ServiceSettings } from "../services/settings.ts";
import { createFrameReader, greetingFrame, messageFrame, readGreeting, readMessage } from "./frames.ts";
import {
  errorFrom,
  helloOf,
  LONGEST_FRAME,
  type Release,
  type ToFollower,
  type ToHolder,
  Welcome,
  type Work,
} from "./protocol.ts";

/** A connection to the process that has the database open. */
export type Connection = {
  /**
   * Has one piece of work carried out there.
   * @throws what the work threw; `NotBegun` or `ConnectionLost` where it did not answer.
   */
  call(work: Work, signal: AbortSignal): Promise<unknown>;
  /** Calls `then` when the holder is leaving or has ended, so that new work goes elsewhere. */
  onEnd(then: () => void): void;
  close(): void;
};

/** The holder has not begun this work, so another process may carry it out. */
export class NotBegun extends Error {}
/** The holder ended before it answered. Its work may have been committed. */
export class ConnectionLost extends Error {}

type Waiting = { resolve(answer: unknown): void; reject(error: Error): void };

const WELCOME_MS = 60_000; // a slow machine may take this long to place its first database

/**
 * Greets the holder, and gives the connection once it has greeted back.
 * @throws NotBegun when it ended instead, `unavailable` when it is of another release.
 */
export async function follow(peer: Socket, release: Release, settings: ServiceSettings): Promise<Connection> {
  const calls = new Map<number, Waiting>();
  let lastId = 0;
  let ended = false;
  const afterwards: (() => void)[] = [];
  /** Sends no more work. Calls that were sent may still be answered. */
  const end = () => {
    ended = true;
    for (const then of afterwards.splice(0)) then();
  };
  const read = createFrameReader(() => LONGEST_FRAME);
  const receive = (message: ToFollower) => {
    const call = calls.get(message.id);
    calls.delete(message.id);
    if ("answer" in message) call?.resolve(message.answer);
    else if ("error" in message) call?.reject(errorFrom(message.error));
    else {
      end();
      call?.reject(new NotBegun());
    }
  };
  peer.on("error", () => peer.destroy());
  // The holder may have closed the connection before this function listened to it.
  if (peer.destroyed) throw new NotBegun("ended before it was greeted");
  await new Promise<void>((resolve, reject) => {
    let welcome = false;
    peer.setTimeout(WELCOME_MS, () => {
      reject(new NotBegun("no greeting"));
      peer.destroy();
    });
    peer.on("data", (piece: Buffer) => {
      try {
        for (const body of read(piece)) {
          if (welcome) receive(readMessage(body) as ToFollower);
          else {
            requireWelcome(Welcome.parse(readGreeting(body)), release);
            welcome = true;
            peer.setTimeout(0);
            resolve();
          }
        }
      } catch (error) {
        reject(error);
        peer.destroy();
      }
    });
    peer.once("close", () => {
      end();
      reject(new NotBegun("ended before it greeted"));
      for (const { reject: lose } of calls.values()) lose(new ConnectionLost());
      calls.clear();
    });
    peer.write(greetingFrame(helloOf(release, settings)));
  });
  const send = (message: ToHolder) => peer.write(messageFrame(message));
  return {
    onEnd: (then) => (ended ? then() : void afterwards.push(then)),
    close: () => peer.destroy(),
    call(work, signal) {
      if (!ended && !peer.writable) end();
      if (ended) return Promise.reject(new NotBegun());
      lastId += 1;
      const id = lastId;
      const frame = messageFrame({ id, work } satisfies ToHolder);
      const cancel = () => {
        if (peer.writable) send({ id, cancel: true });
      };
      const answer = new Promise<unknown>((resolve, reject) => calls.set(id, { resolve, reject }));
      peer.write(frame);
      signal.addEventListener("abort", cancel, { once: true });
      if (signal.aborted) cancel();
      return answer.finally(() => signal.removeEventListener("abort", cancel));
    },
  };
}

function requireWelcome(welcome: Welcome, { version }: Release): void {
  if ("welcome" in welcome) return;
  const { command, pid, version: theirs } = welcome.refused;
  throw new DomainError(
    "unavailable",
    `${command}, process ${pid}, has the embedded database open in version ${theirs} of Greenflag; this is version ${version}.`,
    "Two versions, or two builds, do not share a database. Restart the host that runs the older one with the newer one, " +
      "then repeat the call; or give this one its own GREENFLAG_DATA_DIR.",
  );
}
