import { DomainError } from "../domain/errors.ts";
import type { Services } from "../services/services.ts";
import type { Caller, StartSession } from "../services/session.ts";
import type { StartUpkeep } from "../services/upkeep.ts";
import type { Database } from "./database.ts";
import { ConnectionLost, NotBegun } from "./follower.ts";
import { type SessionFacts, sessionHandle, upkeepHandle } from "./handles.ts";
import { mapOperations } from "./operations.ts";
import type { CallerFacts, Work } from "./protocol.ts";

/** What is known about a handle: its caller, and whether its calls only read and so may be repeated. */
type Ticket = {
  /** Undefined for upkeep. */
  readonly caller: Caller | undefined;
  readonly isRead: boolean;
  readonly signal: AbortSignal;
};

const MAX_TRIES = 20;

/**
 * The use cases of this process. Each is carried out where the database is open: here or in another process. What needs
 * no session (the catalogue, a drawing) is always done here.
 */
export function shareServices(local: Services, database: Pick<Database, "connection">): Services {
  const tickets = new WeakMap<object, Ticket>();
  const handle = <T extends object>(made: T, ticket: Ticket): T => {
    tickets.set(made, ticket);
    return made;
  };
  const startSession: StartSession = async (caller) => {
    const { signal } = caller;
    const remote = await elsewhere(
      database,
      { isRead: true, signal },
      { start: "session", caller: factsOf(caller) },
    );
    if (remote === undefined) return local.startSession(caller);
    const ticket = { caller, isRead: caller.isRead ?? false, signal };
    return handle(sessionHandle(remote.answer as SessionFacts, caller), ticket);
  };
  const startUpkeep: StartUpkeep = async (work) => {
    const { signal, isRead = false } = work;
    const remote = await elsewhere(database, { isRead: true, signal }, { start: "upkeep" });
    if (remote === undefined) return local.startUpkeep(work);
    const facts = remote.answer as Parameters<typeof upkeepHandle>[0];
    return handle(upkeepHandle(facts, signal), { caller: undefined, isRead, signal });
  };
  const startHere = ({ caller, isRead, signal }: Ticket) =>
    caller === undefined ? local.startUpkeep({ isRead, signal }) : local.startSession(caller);
  const shared = mapOperations(local, (operation, group, method) => (at, ...input) => {
    const ticket = typeof at === "object" && at !== null ? tickets.get(at) : undefined;
    if (ticket === undefined) return operation(at, ...input);
    const caller = ticket.caller && factsOf(ticket.caller);
    return elsewhere(database, ticket, { group, method, caller, input }).then(async (remote) =>
      // The holder ended since the session began, and this process has the database open now.
      remote === undefined ? operation(await startHere(ticket), ...input) : remote.answer,
    );
  });
  return { ...shared, startSession, startUpkeep };
}

const factsOf = ({ client, tool, access, member, scopes, act, uploadPage, isRead }: Caller): CallerFacts => ({
  client,
  tool,
  access,
  ...(member === undefined ? {} : { member }),
  ...(scopes === undefined ? {} : { scopes }),
  ...(act === undefined ? {} : { act }),
  ...(uploadPage === undefined ? {} : { uploadPage }),
  ...(isRead === undefined ? {} : { isRead }),
});

/**
 * Sends work to the process that has the database open; undefined when that is this one. Work that was not begun, and a
 * read whose answer was lost, is sent to the next holder.
 * @throws DomainError `unavailable` for a write whose answer was lost, because it may have been saved.
 */
async function elsewhere(
  database: Pick<Database, "connection">,
  { isRead, signal }: Pick<Ticket, "isRead" | "signal">,
  work: Work,
): Promise<{ readonly answer: unknown } | undefined> {
  for (let tries = 1; ; tries += 1) {
    const connection = await database.connection();
    if (connection === undefined) return undefined;
    try {
      return { answer: await connection.call(work, signal) };
    } catch (error) {
      const isLost = error instanceof ConnectionLost;
      if (isLost && !isRead) throw notKnown();
      if (!isLost && !(error instanceof NotBegun)) throw error;
      if (tries === MAX_TRIES) throw noHolder();
    }
  }
}

const notKnown = (): DomainError =>
  new DomainError(
    "unavailable",
    "The process that had the database open ended before it answered: it is not known whether this was saved.",
    "Repeating the call is safe: what was saved already is not done twice.",
  );

const noHolder = (): DomainError =>
  new DomainError(
    "unavailable",
    "Each process that had the database open ended before it began this call; nothing was changed.",
    "Repeat the call in a moment.",
  );
