import type { Store } from "../store.ts";
import { ensureWorkspace, type NewAdmin } from "../team/workspaces.ts";
import { createStore } from "./create-store.ts";
import { translateDirectory } from "./directory-failures.ts";
import { translate } from "./failures.ts";
import type { Opened } from "./opened.ts";

export type StoreOptions = {
  /** The address of a PostgreSQL server. Without it, the embedded database in `directory` is used. */
  readonly databaseUrl?: string | undefined;
  readonly directory: string;
  /** The name of this process in the error that another process gets when the directory is in use. */
  readonly command: string;
  /** The person who becomes the first admin of a new workspace. */
  readonly firstAdmin: () => Promise<NewAdmin>;
};

/**
 * Opens the store: connects, migrates, and makes the workspace on first use. Drivers are loaded only here, so that a
 * process that only lists its tools never loads them.
 * @throws DomainError `unavailable` in words that a user can act on. Calling again is always safe.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const opened = await open(options).catch(translate);
  try {
    const workspaceId = await ensureWorkspace(opened, options.firstAdmin);
    return createStore(opened, workspaceId);
  } catch (error) {
    await opened.close();
    return translate(error);
  }
}

async function open({ databaseUrl, directory, command }: StoreOptions): Promise<Opened> {
  if (databaseUrl !== undefined) return (await import("./open-postgresql.ts")).openPostgresql(databaseUrl);
  const { openEmbedded } = await import("./open-embedded.ts");
  return openEmbedded(directory, command).catch((error: unknown) => translateDirectory(error, directory));
}
