import type { Store } from "../store.ts";
import { ensureWorkspace, type NewAdmin } from "../team/workspaces.ts";
import { createStore } from "./create-store.ts";
import { translateDirectory } from "./directory-failures.ts";
import { lockDirectory } from "./directory-lock.ts";
import { translate } from "./failures.ts";
import type { Opened } from "./opened.ts";

export type StoreOptions = {
  /** The address of a PostgreSQL server. Without it, the embedded database in `directory` is used. */
  readonly databaseUrl?: string | undefined;
  readonly directory: string;
  /** The name of this process in the error that another process gets when the directory is in use. */
  readonly command: string;
  /** Gives the directory up, where this process holds it already. Without it, the directory is locked here. */
  readonly release?: () => Promise<void>;
  /** The person who becomes the first admin of a new workspace. */
  readonly firstAdmin: () => Promise<NewAdmin>;
};

/**
 * Opens the store: connects, migrates, and makes the workspace on first use. Drivers are loaded only here, so that a
 * process that only lists its tools never loads them.
 * @throws DomainError `unavailable` in words that a user can act on. Calling again is always safe.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const opened = await (options.databaseUrl === undefined
    ? openDirectory(options)
    : (await import("./open-postgresql.ts")).openPostgresql(options.databaseUrl)
  ).catch(translate);
  try {
    const workspaceId = await ensureWorkspace(opened, options.firstAdmin);
    const store = createStore(opened, workspaceId);
    // What an erasure left in the files, where its process ended too early. Where it fails, the next opening does it.
    await store.clearErased().catch(() => undefined);
    return store;
  } catch (error) {
    await opened.close();
    return translate(error);
  }
}

async function openDirectory({ directory, command, release }: StoreOptions): Promise<Opened> {
  const { openEmbedded } = await import("./open-embedded.ts");
  try {
    return await openEmbedded(directory, release ?? (await lockDirectory(directory, command, new Date())));
  } catch (error) {
    return translateDirectory(error, directory);
  }
}
