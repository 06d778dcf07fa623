import type { Store } from "../store.ts";
import { ensureWorkspace, type FirstAdmin } from "../team/workspaces.ts";
import { createStore } from "./create-store.ts";
import { lockDirectory } from "./directory-lock.ts";
import { translate } from "./failures.ts";
import type { Opened } from "./opened.ts";

export type StoreOptions = {
  /** PostgreSQL to use; without it the embedded database in `directory`. */
  readonly databaseUrl?: string | undefined;
  readonly directory: string;
  /** What this process calls itself when another asks who holds the directory. */
  readonly command: string;
  /** Gives the directory up, where this process holds it already; without it, it is taken here. */
  readonly release?: () => Promise<void>;
  /** Who becomes the first admin of a new workspace. */
  readonly firstAdmin: () => Promise<FirstAdmin>;
};

/**
 * Opens the store: connects, migrates, and makes the workspace on first use. Drivers are loaded here and not
 * before, so that a process which is only asked for its list of tools never pays for them.
 * @throws DomainError `unavailable` in words a user can act on; calling again is always safe.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const opened = await (options.databaseUrl === undefined
    ? openDirectory(options)
    : (await import("./open-postgresql.ts")).openPostgresql(options.databaseUrl)
  ).catch(translate);
  try {
    const workspaceId = await ensureWorkspace(opened, options.firstAdmin);
    return createStore(opened, workspaceId);
  } catch (error) {
    await opened.close();
    return translate(error);
  }
}

async function openDirectory({ directory, command, release }: StoreOptions): Promise<Opened> {
  const { openEmbedded } = await import("./open-embedded.ts");
  return openEmbedded(directory, release ?? (await lockDirectory(directory, command, new Date())));
}
