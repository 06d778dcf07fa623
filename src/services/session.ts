import { type AccessRule, type Act, may, requireAccess, requireAct, type Scope } from "../domain/access.ts";
import { DomainError } from "../domain/errors.ts";
import type { Member } from "../domain/member.ts";
import { WRITE_SCOPE } from "../domain/token-scopes.ts";
import { appendEvent } from "../store/events.ts";
import type { Db, Store } from "../store/store.ts";
import { actingMember, findMemberById } from "../store/team/workspaces.ts";

/** What the edge knows about a call before it reads any data. */
export type Caller = {
  /** Name and version of the client program, such as `claude-desktop 1.4.0`. */
  readonly client: string;
  /** The name of the tool, prompt, resource or command. */
  readonly tool: string;
  /** The id of the member who is signed in. Without one, the call acts for the member of its process. */
  readonly member?: string | undefined;
  /** What their sign-in was narrowed to. Without it, the call may do all that the member may. */
  readonly scopes?: readonly string[] | undefined;
  /** The access rule of the call. */
  readonly access: AccessRule;
  /** The act that the call is for, where it takes more than the rule. */
  readonly act?: Act | undefined;
  /** The address of the page that takes files for the caller. Absent where none is served to them. */
  readonly uploadPage?: string | undefined;
  /** Whether the call only reads. Such a call may be carried out again when its answer was lost. */
  readonly isRead?: boolean;
  /** Fires when the caller has gone away. Changes that are not committed by then are rolled back. */
  readonly signal: AbortSignal;
};

/** Whoever a token or a sign-in stands for. */
export type SignedIn = {
  /** The id of the member, who is looked up at each call. */
  readonly member: string;
  /** What the token was narrowed to. Without it, they may do here all that their access allows. */
  readonly scopes?: readonly string[] | undefined;
};

/** One call: its member, its time, and the store limited to its workspace. */
export type Session = {
  readonly workspaceId: string;
  readonly member: Member;
  /** Which applications this call may touch. */
  readonly scope: Scope;
  readonly client: string;
  readonly tool: string;
  /** The address of the page that takes files for the caller. */
  readonly uploadPage?: string | undefined;
  readonly now: Date;
  /** Fires when the caller has gone away. */
  readonly signal: AbortSignal;
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  write<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** Clears the database's own files of people who were erased; for after the commit. */
  clearErased: Store["clearErased"];
  /** Appends to the history of an application or a role. */
  record(tx: Db, chainId: string, kind: string, payload: Record<string, unknown>): Promise<void>;
};

/** Starts a call: opens the store, finds the member, and checks the access rule. */
export type StartSession = (caller: Caller) => Promise<Session>;

export type SessionDeps = {
  /** Opens the store when first needed. A failure is not kept. */
  readonly store: () => Promise<Store>;
  readonly now: () => Date;
  /** E-mail of the member that this process acts for. By default, the first admin. */
  readonly member: string | undefined;
};

export function createStartSession(deps: SessionDeps): StartSession {
  return async ({
    client,
    tool,
    member: signedIn,
    scopes,
    access,
    act,
    isRead = false,
    uploadPage,
    signal,
  }) => {
    if (!isRead && scopes?.includes(WRITE_SCOPE) === false) throw mayOnlyRead();
    const store = await deps.store();
    const find = () =>
      store.read((db) =>
        signedIn === undefined
          ? actingMember(db, store.workspaceId, deps.member)
          : findMemberById(db, store.workspaceId, signedIn),
      );
    const member = (await find()) ?? (await store.refresh().then(find));
    if (!member) throw signedIn === undefined ? unknownMember(deps.member) : removedMember();
    const { workspaceId } = store;
    // Whoever may not even make the call is told what its act takes: the rule of the call would not be enough for it.
    if (act !== undefined && !may(member, access)) requireAct(member, act);
    const scope = requireAccess(member, access, tool);
    const write: Session["write"] = (work) => store.write(signal, work);
    const now = deps.now();
    const facts = { workspaceId, member, scope, client, tool, uploadPage, now, signal };
    return createSession({ ...store, write }, facts);
  };
}

type Facts = Pick<
  Session,
  "workspaceId" | "member" | "scope" | "client" | "tool" | "uploadPage" | "now" | "signal"
>;

/** A call of a member, on what reads and writes for it. */
export const createSession = (
  { read, write, clearErased }: Pick<Session, "read" | "write" | "clearErased">,
  facts: Facts,
): Session => ({
  ...facts,
  read,
  write,
  clearErased,
  record(tx, chainId, kind, payload) {
    const { workspaceId, member, client, tool, now } = facts;
    return appendEvent(tx, {
      workspaceId,
      chainId,
      at: now,
      kind,
      memberId: member.id,
      client,
      tool,
      payload,
    });
  },
});

function unknownMember(email: string | undefined): DomainError {
  const who =
    email === undefined
      ? "No admin is left in this workspace"
      : `GREENFLAG_MEMBER names ${email}, who is not a member`;
  return new DomainError("forbidden", `${who}.`, { do: "join_team" });
}

const mayOnlyRead = (): DomainError =>
  new DomainError("forbidden", "This sign-in allows reading only.", "Sign in again, and allow changes too.");

/** Whoever signed in was on the team then, so they have been removed since. */
const removedMember = (): DomainError =>
  new DomainError("forbidden", "You are not on this team any more.", "An admin can add you again.");
