import type { Store } from "../store.ts";
import { ensureWorkspace, type NewAdmin } from "../team/workspaces.ts";
import { createStore } from "./create-store.ts";
import { translate } from "./failures.ts";

export type StoreOptions = {
  /** PostgreSQL to use; without it the embedded database in `directory`. */
  readonly databaseUrl?: string | undefined;
  readonly directory: string;
  /** What this process calls itself when another asks who holds the directory. */
  readonly command: string;
  /** Who becomes the first admin of a new workspace. */
  readonly firstAdmin: () => Promise<NewAdmin>;
};

/**
 * Opens the store: connects, migrates, and makes the workspace on first use. Drivers are loaded here and not
 * before, so that a process which is only asked for its list of tools never pays for them.
 * @throws DomainError `unavailable` in words a user can act on; calling again is always safe.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const opened = await (options.databaseUrl === undefined
    ? (await import("./open-embedded.ts")).openEmbedded(options.directory, options.command)
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
