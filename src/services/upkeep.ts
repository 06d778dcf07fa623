import type { AdminOrigin, Member } from "../domain/member.ts";
import { schemaVersion } from "../store/database/migrate.ts";
import { brokenChains } from "../store/events.ts";
import type { Db, Engine, Store } from "../store/store.ts";
import {
  actingMember as findActingMember,
  findSigningIn,
  originOf,
  presentWorkspace,
} from "../store/team/workspaces.ts";

/** Work for the person at the machine, who need not be a member: `doctor` and `member add` work without one. */
export type Upkeep = Pick<
  Store,
  "workspaceId" | "engine" | "ping" | "read" | "snapshot" | "refresh" | "clearErased"
> & {
  readonly signal: AbortSignal;
  write<T>(work: (tx: Db) => Promise<T>): Promise<T>;
};

export type StartUpkeep = (work: {
  /** Whether it only reads. Such work may be carried out again when its answer was lost. */
  readonly isRead?: boolean;
  readonly signal: AbortSignal;
}) => Promise<Upkeep>;

export const createStartUpkeep =
  ({ store }: { readonly store: () => Promise<Store> }): StartUpkeep =>
  async ({ signal }) => {
    const { workspaceId, engine, ping, read, snapshot, refresh, clearErased, write } = await store();
    return {
      ...{ workspaceId, engine, ping, read, snapshot, refresh, clearErased, signal },
      write: (work) => write(signal, work),
    };
  };

/** Throws `unavailable` unless the database answers now. */
async function engine(at: Upkeep): Promise<Engine> {
  await at.ping();
  return at.engine;
}

const schema = (at: Upkeep): ReturnType<typeof schemaVersion> => at.read((db) => schemaVersion(db));

/** The first places, at most `limit`, where a chain of events was changed or cut. */
const broken = (at: Upkeep, limit: number): ReturnType<typeof brokenChains> =>
  at.read((db) => brokenChains(db, at.workspaceId, limit));

/** The member with this address, or the first admin; `from` says where a first admin's name came from. */
const actingMember = (
  at: Upkeep,
  email: string | undefined,
): Promise<(Member & { readonly from: AdminOrigin | undefined }) | undefined> =>
  at.read(async (db) => {
    const member = await findActingMember(db, at.workspaceId, email);
    return member && { ...member, from: await originOf(db, at.workspaceId, member.id) };
  });

/**
 * Whoever is on the team with this e-mail (in lower case), and since when their sign-ins count; also when a restore has
 * replaced the workspace meanwhile.
 */
const memberByEmail = (at: Upkeep, email: string): ReturnType<typeof findSigningIn> =>
  at.read(async (db) => {
    const member = await findSigningIn(db, at.workspaceId, email);
    if (member !== undefined) return member;
    const workspaceId = await presentWorkspace(db, at.workspaceId);
    return workspaceId === undefined || workspaceId === at.workspaceId
      ? undefined
      : findSigningIn(db, workspaceId, email);
  });

/** What is examined for the person at the machine, and before it is known who calls. */
export const upkeep = { engine, schema, broken, actingMember, memberByEmail };
