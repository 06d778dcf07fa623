import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DomainError } from "../../domain/errors.ts";

/** The process that holds a directory, for the error that another process gets. */
export type Holder = {
  readonly pid: number;
  readonly command: string;
  readonly since: string;
  readonly socket: string;
};

/** A directory that is this process's own, until it is released or the process ends. */
export type Held = {
  /** Who connects from now on; whoever connected before waits until this is called. */
  onPeer(use: (peer: Socket) => void): void;
  /** Gives the directory up: first nobody can connect, then every connection is ended. */
  release(): Promise<void>;
};

/** What came of entering: it is ours, or somebody holds it, reached by `peer` unless they are too busy to be. */
export type Entry = { readonly held: Held } | { readonly holder: Holder; readonly peer: Socket | undefined };

const PROBE_MS = 2_000;
const ROUNDS = 100;
const SOCKET_NAME = /^s\d+\.[a-z0-9]+$/;
const SOCKET_PATH_LIMIT = 100; // sun_path holds 104 bytes on macOS, 108 on Linux
const LAST_WORDS_MS = 1_000;

/**
/**
 * Takes an embedded database directory for this process, or connects to the process that has it.
 *
 * Opening such a directory twice loses committed rows without an error. So the lock depends on something that only the
 * kernel controls: a listening socket, in a folder that only this user can enter. Each holder listens on a socket of its
 * own. The newest `gen.N` file, made by an atomic link, names the holder. If its socket refuses a connection, that
 * holder is dead and cannot return. If its socket does not answer in time, it counts as alive. The age of a file never
 * decides.
 */
export async function enterDirectory(directory: string, command: string, now: Date): Promise<Entry> {
  const run = join(directory, "lock");
  mkdirSync(run, { recursive: true, mode: 0o700 });
  // It may be there already, made by a copy or under another umask.
  if ((statSync(run).mode & 0o077) !== 0) chmodSync(run, 0o700);
  const socket = `s${process.pid}.${Math.random().toString(36).slice(2, 8)}`;
  const me: Holder = { pid: process.pid, command, since: now.toISOString(), socket };
  const held = await listen(run, socket);
  try {
    const taken = await takeGeneration(run, me);
    if (taken === undefined) return { held };
    await held.release();
    return taken;
  } catch (error) {
    await held.release();
    throw error;
  }
}

/**
 * Takes a directory for this process alone.
 * @returns the release function.
 * @throws DomainError `unavailable` naming the holder and the ways out.
 */
export async function lockDirectory(
  directory: string,
  command: string,
  now: Date,
): Promise<() => Promise<void>> {
  const entry = await enterDirectory(directory, command, now);
  if ("holder" in entry) {
    entry.peer?.destroy();
    throw heldBy(directory, entry.holder);
  }
  entry.held.onPeer((peer) => peer.destroy());
  return entry.held.release;
}

/** Makes this process the newest generation; gives the living holder where there is one. */
async function takeGeneration(
  run: string,
  me: Holder,
): Promise<Extract<Entry, { holder: Holder }> | undefined> {
  const draft = join(run, `${me.socket}.draft`);
  writeFileSync(draft, JSON.stringify(me));
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const newest = newestGeneration(run);
      if (newest > 0) {
        const holder = readHolder(run, newest);
        if (holder === "tidied") continue; // by a newer holder: look again
        if (holder !== "unreadable") {
          const reached = await reach(run, holder.socket);
          if (reached !== "dead") return { holder, peer: reached === "busy" ? undefined : reached };
        }
      }
      if (!linked(draft, join(run, `gen.${newest + 1}`))) continue;
      if (newestGeneration(run) !== newest + 1) continue;
      tidy(run, newest + 1, me);
      return undefined;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new DomainError(
    "unavailable",
    "Too many processes are starting on the embedded database.",
    "Repeat the call.",
  );
}

function generations(run: string): number[] {
  return readdirSync(run).flatMap((name) => {
    const n = /^gen\.(\d{1,15})$/.exec(name)?.[1];
    return n === undefined ? [] : [Number(n)];
  });
}

const newestGeneration = (run: string): number => Math.max(0, ...generations(run));

/**
 * Who a generation names. A holder links its file when it is written, so one that cannot be read is what a power cut left, or
 * is not ours: nobody alive stands behind it.
 */
function readHolder(run: string, generation: number): Holder | "tidied" | "unreadable" {
  try {
    const holder = JSON.parse(readFileSync(join(run, `gen.${generation}`), "utf8")) as Holder | null;
    return SOCKET_NAME.test(String(holder?.socket)) ? (holder as Holder) : "unreadable";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "tidied" : "unreadable";
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Deletes the files of dead holders. The newest generation stays, because the next process that starts checks it. */
function tidy(run: string, newest: number, me: Holder): void {
  for (const n of generations(run)) {
    if (n >= newest) continue;
    const dead = readHolder(run, n);
    rmSync(join(run, `gen.${n}`), { force: true, recursive: true });
    if (typeof dead === "object" && dead.socket !== me.socket)
      rmSync(join(run, dead.socket), { force: true });
  }
}

/**
 * Calls `use` with an address of the socket. If the path is too long for the kernel, the address uses a temporary link.
 */
function withAddress<T>(run: string, socket: string, use: (address: string) => T): T {
  if (process.platform === "win32")
    return use(`\\\\.\\pipe\\greenflag-${Buffer.from(run).toString("hex").slice(-80)}-${socket}`);
  const direct = join(run, socket);
  if (Buffer.byteLength(direct) <= SOCKET_PATH_LIMIT) return use(direct);
  const link = join(
    tmpdir(),
    `greenflag-${process.pid}-${socket.slice(-6)}-${Math.random().toString(36).slice(2, 6)}`,
  );
  symlinkSync(run, link);
  try {
    return use(join(link, socket));
  } finally {
    rmSync(link);
  }
}

function listen(run: string, socket: string): Promise<Held> {
  return new Promise((resolve, reject) => {
    const peers = new Set<Socket>();
    let use: ((peer: Socket) => void) | undefined;
    const server = createServer((peer) => {
      peers.add(peer);
      peer.on("error", () => peer.destroy()).on("close", () => peers.delete(peer));
      use?.(peer);
    });
    server.once("error", reject);
    server.once("listening", () => {
      server.unref();
      resolve({
        onPeer(given) {
          use = given;
          for (const peer of peers) given(peer);
        },
        release: () =>
          new Promise((released) => {
            server.close(() => released());
            for (const peer of peers) {
              peer.end();
              setTimeout(() => peer.destroy(), LAST_WORDS_MS).unref();
            }
          }),
      });
    });
    withAddress(run, socket, (address) => server.listen(address));
  });
}

/** A connection to a holder; "dead" is said by the kernel alone, and who does not answer in time is "busy". */
function reach(run: string, socket: string): Promise<Socket | "dead" | "busy"> {
  return new Promise((resolve) => {
    const peer = withAddress(run, socket, (address) => connect(address));
    const give = (reached: Socket | "dead" | "busy") => {
      peer.setTimeout(0);
      if (reached !== peer) peer.destroy();
      resolve(reached);
    };
    peer.once("connect", () => give(peer));
    peer.on("error", (error: NodeJS.ErrnoException) => {
      give(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? "dead" : "busy");
    });
    peer.setTimeout(PROBE_MS, () => give("busy"));
  });
}

/** For whoever cannot share a directory that is taken. */
export function heldBy(directory: string, holder: Holder): DomainError {
  return new DomainError(
    "unavailable",
    `The embedded database in ${directory} is open in another process: ${describeHolder(holder)}.`,
    "One process at a time can open it. Close that one; or run `greenflag serve` once and point every host at its URL; " +
      "or set DATABASE_URL to a PostgreSQL server; or give this one its own GREENFLAG_DATA_DIR.",
  );
}

export const describeHolder = ({ command, pid, since }: Holder): string =>
  `${command}, process ${pid}, since ${since}`;
