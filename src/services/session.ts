import { type AccessRule, requireAccess, type Scope } from "../domain/access.ts";
import { DomainError } from "../domain/errors.ts";
import type { Member } from "../domain/member.ts";
import { appendEvent } from "../store/events.ts";
import type { Db, Store } from "../store/store.ts";
import { actingMember } from "../store/team/workspaces.ts";

/** What the edge knows about a call before any data is touched. */
export type Caller = {
  /** Name and version of the program in between, such as `claude-desktop 1.4.0`. */
  readonly client: string;
  /** The tool, prompt, resource or command that was called. */
  readonly tool: string;
  /** Who may call it. */
  readonly access: AccessRule;
  /** Whether it only reads, and may be carried out again when it is not known whether it was. */
  readonly isRead?: boolean;
  /** Fires when the caller went away; what was not committed by then is rolled back. */
  readonly signal: AbortSignal;
};

/** One call at work: who it is, when it is, and the store narrowed to it. */
export type Session = {
  readonly workspaceId: string;
  readonly member: Member;
  /** Whose applications this call may touch. */
  readonly scope: Scope;
  readonly client: string;
  readonly tool: string;
  readonly now: Date;
  /** Fires when the caller went away. */
  readonly signal: AbortSignal;
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  write<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** Appends to the history of an application or a role. */
  record(tx: Db, chainId: string, kind: string, payload: Record<string, unknown>): Promise<void>;
};

/** Starts a call: opens the store, finds the member, and checks that they may. */
export type StartSession = (caller: Caller) => Promise<Session>;

export type SessionDeps = {
  /** Opened on first need; a failure is not remembered. */
  readonly store: () => Promise<Store>;
  readonly now: () => Date;
  /** E-mail of the member this process acts for; without it the first admin. */
  readonly member: string | undefined;
};

export function createStartSession(deps: SessionDeps): StartSession {
  return async ({ client, tool, access, signal }) => {
    const store = await deps.store();
    const { workspaceId } = store;
    const member = await store.read((db) => actingMember(db, workspaceId, deps.member));
    if (!member) throw unknownMember(deps.member);
    const scope = requireAccess(member, access, tool);
    const now = deps.now();
    return {
      workspaceId,
      member,
      scope,
      client,
      tool,
      now,
      signal,
      read: store.read,
      write: (work) => store.write(signal, work),
      record: (tx, chainId, kind, payload) =>
        appendEvent(tx, { workspaceId, chainId, at: now, kind, memberId: member.id, client, tool, payload }),
    };
  };
}

function unknownMember(email: string | undefined): DomainError {
  const who =
    email === undefined
      ? "No admin is left in this workspace"
      : `GREENFLAG_MEMBER names ${email}, who is not a member`;
  return new DomainError(
    "forbidden",
    `${who}.`,
    "An admin adds them where the program runs: greenflag member add EMAIL --name NAME --access ACCESS.",
  );
}
