import type { Caller, Session } from "../services/session.ts";
import type { Upkeep } from "../services/upkeep.ts";

/** The part of a session that can be sent to another process: its data, without its functions. */
export type SessionFacts = Pick<Session, "workspaceId" | "member" | "scope" | "client" | "tool" | "now">;
type UpkeepFacts = Pick<Upkeep, "workspaceId" | "engine">;

export const sessionFacts = (session: Session): SessionFacts => {
  const { workspaceId, member, scope, client, tool, now } = session;
  return { workspaceId, member, scope, client, tool, now };
};

export const upkeepFacts = ({ workspaceId, engine }: Upkeep): UpkeepFacts => ({ workspaceId, engine });

const openElsewhere = (): never => {
  throw new Error("the database is open in another process, so this must be a call of a service");
};

/** Stands for a session: the process that holds the database starts one for each call. */
export const sessionHandle = (facts: SessionFacts, { signal }: Caller): Session => ({
  ...facts,
  signal,
  read: openElsewhere,
  write: openElsewhere,
  clearErased: openElsewhere,
  record: openElsewhere,
});

/** The same for upkeep. */
export const upkeepHandle = (facts: UpkeepFacts, signal: AbortSignal): Upkeep => ({
  ...facts,
  signal,
  ping: openElsewhere,
  refresh: openElsewhere,
  read: openElsewhere,
  snapshot: openElsewhere,
  write: openElsewhere,
  clearErased: openElsewhere,
});
