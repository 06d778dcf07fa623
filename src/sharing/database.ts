import { setTimeout as pause } from "node:timers/promises";
import { DomainError } from "../domain/errors.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import type { ServiceSettings } from "../services/settings.ts";
import { translateDirectory } from "../store/database/directory-failures.ts";
import {
  describeHolder,
  enterDirectory,
  type Held,
  type Holder,
  heldBy,
} from "../store/database/directory-lock.ts";
import type { Store } from "../store/store.ts";
import { type Connection, follow, NotBegun } from "./follower.ts";
import { createHolder, type HolderService } from "./holder.ts";
import type { Release } from "./protocol.ts";

/** The database of this process, open here or in another process that this one is connected to. */
export type Database = {
  /** The connection to the process that has it open; undefined when that is this one. */
  connection(): Promise<Connection | undefined>;
  /** The store, opened on first need; undefined while another process has it open. */
  store(): Promise<Store | undefined>;
  close(): Promise<void>;
};

/** A database server, which every process connects to by itself. */
export function createServerDatabase(open: () => Promise<Store>): Database {
  let opened: Promise<Store> | undefined;
  return {
    connection: async () => undefined,
    store() {
      opened ??= open().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}

export type EmbeddedDatabaseDeps = {
  readonly directory: string;
  readonly command: string;
  readonly release: Release;
  /** The settings of this process, for the process that carries out its calls. */
  readonly settings: ServiceSettings;
  /** Opens the database in the directory that this process holds; gives the directory up when that fails. */
  open(release: () => Promise<void>): Promise<Store>;
  servicesFor(settings: ServiceSettings): Promise<Services>;
  readonly log: Log;
};

type Role =
  | { readonly holder: HolderService; readonly store: Promise<Store> }
  | { readonly connection: Connection };

/** How long a holder that is starting, leaving or busy is asked again. */
const ELECTION_MS = 15_000;
const ASK_AGAIN_MS = 50;

/**
 * An embedded database. One process opens it at a time: the first one, and when that ends, the next one that needs it. The
 * lock of the directory decides which.
 */
export function createEmbeddedDatabase(deps: EmbeddedDatabaseDeps): Database {
  let role: Promise<Role> | undefined;
  let closing = false;

  function enter(): Promise<Role> {
    if (closing) return Promise.reject(stopping());
    if (role !== undefined) return role;
    const entering: Promise<Role> = elect(deps);
    role = entering;
    const forget = () => {
      if (role === entering) role = undefined;
    };
    entering.then((taken) => {
      if ("connection" in taken) taken.connection.onEnd(forget);
      else taken.store.catch(forget);
    }, forget);
    return entering;
  }

  return {
    async connection() {
      const taken = await enter();
      return "connection" in taken ? taken.connection : undefined;
    },
    async store() {
      const taken = await enter();
      return "store" in taken ? taken.store : undefined;
    },
    async close() {
      closing = true;
      const taken = await role?.catch(() => undefined);
      if (taken === undefined) return;
      if ("connection" in taken) return taken.connection.close();
      await taken.holder.leave();
      await (await taken.store.catch(() => undefined))?.close();
    },
  };
}

async function elect(deps: EmbeddedDatabaseDeps): Promise<Role> {
  const { directory, command, release, settings, log } = deps;
  const patience = AbortSignal.timeout(ELECTION_MS);
  for (;;) {
    const entry = await enterDirectory(directory, command, new Date()).catch((error: unknown) =>
      translateDirectory(error, directory),
    );
    if ("held" in entry) return hold(deps, entry.held);
    const { holder, peer } = entry;
    // A named pipe has no folder that keeps other users out.
    if (process.platform === "win32") {
      peer?.destroy();
      throw heldBy(directory, holder);
    }
    const connection = peer && (await follow(peer, release, settings).catch(orNotBegun));
    if (connection) {
      log.debug({ holder }, "another process has the database open; calls go through it");
      return { connection };
    }
    if (patience.aborted) throw doesNotAnswer(holder);
    await pause(ASK_AGAIN_MS);
  }
}

function orNotBegun(error: unknown): undefined {
  if (error instanceof NotBegun) return undefined;
  throw error;
}

function hold({ release, command, open, servicesFor, log }: EmbeddedDatabaseDeps, held: Held): Role {
  const holder = createHolder({ release, command, servicesFor, log });
  held.onPeer(holder.take);
  const store = open(held.release);
  store.catch(() => {});
  return { holder, store };
}

const stopping = (): DomainError =>
  new DomainError("unavailable", "The program is stopping; nothing was changed.", "Start it again.");

const doesNotAnswer = (holder: Holder): DomainError =>
  new DomainError(
    "unavailable",
    `The process that has the embedded database open does not answer: ${describeHolder(holder)}.`,
    "Repeat the call in a moment. If it stays so, end that process; the next call opens the database here.",
  );
