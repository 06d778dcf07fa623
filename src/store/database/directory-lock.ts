import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DomainError } from "../../domain/errors.ts";

/** The process that holds a directory, for the error that another process gets. */
type Holder = {
  readonly pid: number;
  readonly command: string;
  readonly since: string;
  readonly socket: string;
};

const PROBE_MS = 2_000;
const ROUNDS = 100;
const SOCKET_NAME = /^s\d+\.[a-z0-9]+$/;
const SOCKET_PATH_LIMIT = 100; // sun_path holds 104 bytes on macOS, 108 on Linux

/**
 * Locks an embedded database directory for this process.
 *
 * Opening such a directory twice loses committed rows without an error. So the lock depends on something that only the
 * kernel controls: a listening socket. Each holder listens on a socket of its own. The newest `gen.N` file, made by an
 * atomic link, names the holder. If its socket refuses a connection, that holder is dead and cannot return. If its
 * socket does not answer in time, it counts as alive. The age of a file never decides.
 * @returns the release function.
 * @throws DomainError `unavailable` naming the holder and the three ways out.
 */
export async function lockDirectory(
  directory: string,
  command: string,
  now: Date,
): Promise<() => Promise<void>> {
  const run = join(directory, "lock");
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const socket = `s${process.pid}.${Math.random().toString(36).slice(2, 8)}`;
  const me: Holder = { pid: process.pid, command, since: now.toISOString(), socket };
  const server = await listen(run, socket);
  try {
    await takeGeneration(directory, run, me);
  } catch (error) {
    await close(server);
    throw error;
  }
  return () => close(server);
}

async function takeGeneration(directory: string, run: string, me: Holder): Promise<void> {
  const draft = join(run, `${me.socket}.draft`);
  writeFileSync(draft, JSON.stringify(me));
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const newest = newestGeneration(run);
      if (newest > 0) {
        const holder = readHolder(run, newest);
        if (holder === "tidied") continue; // by a newer holder: look again
        if (holder !== "unreadable" && (await isAlive(run, holder.socket))) throw heldBy(directory, holder);
      }
      if (!linked(draft, join(run, `gen.${newest + 1}`))) continue;
      if (newestGeneration(run) !== newest + 1) continue;
      tidy(run, newest + 1, me);
      return;
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

function listen(run: string, socket: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((peer) => peer.on("error", () => peer.destroy()).end());
    server.once("error", reject);
    server.once("listening", () => {
      server.unref();
      resolve(server);
    });
    withAddress(run, socket, (address) => server.listen(address));
  });
}

function isAlive(run: string, socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const peer = withAddress(run, socket, (address) => connect(address));
    const answer = (alive: boolean) => {
      peer.destroy();
      resolve(alive);
    };
    peer.once("connect", () => answer(true));
    peer.once("error", (error: NodeJS.ErrnoException) => {
      answer(error.code !== "ECONNREFUSED" && error.code !== "ENOENT");
    });
    peer.setTimeout(PROBE_MS, () => answer(true));
  });
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

function heldBy(directory: string, holder: Holder): DomainError {
  return new DomainError(
    "unavailable",
    `The embedded database in ${directory} is open in another process: ${holder.command}, process ${holder.pid}, since ${holder.since}.`,
    "One process at a time can open it. Close that one; or run `greenflag serve` once and point every host at its URL; " +
      "or set DATABASE_URL to a PostgreSQL server; or give this one its own GREENFLAG_DATA_DIR.",
  );
}
