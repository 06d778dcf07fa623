import type { Member } from "../domain/member.ts";
import { schemaVersion } from "../store/database/migrate.ts";
import { brokenChains } from "../store/events.ts";
import type { Db, Engine, Store } from "../store/store.ts";
import { findMember } from "../store/team/workspaces.ts";

/** Work for the person at the machine, for no member: it has to be done where nobody is one, too. */
export type Upkeep = Pick<Store, "workspaceId" | "engine" | "ping" | "read"> & {
  readonly signal: AbortSignal;
  write<T>(work: (tx: Db) => Promise<T>): Promise<T>;
};

export type StartUpkeep = (work: {
  /** Whether it only reads, and may be carried out again when it is not known whether it was. */
  readonly isRead?: boolean;
  readonly signal: AbortSignal;
}) => Promise<Upkeep>;

export const createStartUpkeep =
  ({ store }: { readonly store: () => Promise<Store> }): StartUpkeep =>
  async ({ signal }) => {
    const { workspaceId, engine, ping, read, write } = await store();
    return { workspaceId, engine, ping, read, signal, write: (work) => write(signal, work) };
  };

/** Throws `unavailable` unless the database answers now. */
async function engine(at: Upkeep): Promise<Engine> {
  await at.ping();
  return at.engine;
}

const schema = (at: Upkeep): ReturnType<typeof schemaVersion> => at.read((db) => schemaVersion(db));

/** Where the histories do not add up, at most so many. */
const broken = (at: Upkeep, limit: number): ReturnType<typeof brokenChains> =>
  at.read((db) => brokenChains(db, at.workspaceId, limit));

const member = (at: Upkeep, email: string): Promise<Member | undefined> =>
  at.read((db) => findMember(db, at.workspaceId, email));

/** What a person at the machine examines. */
export const upkeep = { engine, schema, broken, member };
