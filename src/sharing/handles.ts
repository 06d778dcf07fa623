import type { Caller, Session } from "../services/session.ts";
import type { Upkeep } from "../services/upkeep.ts";

/** What can be said of a session or of upkeep in another process. */
export type SessionFacts = Pick<Session, "workspaceId" | "member" | "scope" | "client" | "tool" | "now">;
type UpkeepFacts = Pick<Upkeep, "workspaceId" | "engine">;

export const sessionFacts = (session: Session): SessionFacts => {
  const { workspaceId, member, scope, client, tool, now } = session;
  return { workspaceId, member, scope, client, tool, now };
};

export const upkeepFacts = ({ workspaceId, engine }: Upkeep): UpkeepFacts => ({ workspaceId, engine });

const elsewhere = (): never => {
  throw new Error("the database is open in another process: this has to be a call of a service");
};

/** Stands for a session that is started anew, in the process that holds the database, for each call. */
export const sessionHandle = (facts: SessionFacts, { signal }: Caller): Session => ({
  ...facts,
  signal,
  read: elsewhere,
  write: elsewhere,
  record: elsewhere,
});

/** The same for upkeep. */
export const upkeepHandle = (facts: UpkeepFacts, signal: AbortSignal): Upkeep => ({
  ...facts,
  signal,
  ping: elsewhere,
  read: elsewhere,
  write: elsewhere,
});
