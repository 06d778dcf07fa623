import { and, asc, eq, gte, inArray, max, sql } from "drizzle-orm";
import { lineOf } from "./candidates/joined.ts";
import type { Db } from "./store.ts";
import { events } from "./tables.ts";

export type NewEvent = {
  readonly workspaceId: string;
  /** The id of the application, role or member that this history belongs to. */
  readonly chainId: string;
  readonly at: Date;
  readonly kind: string;
  readonly memberId: string;
  readonly client: string;
  readonly tool: string;
  /** Only ids, stages, members' e-mails and similar values, never a candidate's words: events are kept after an erasure. */
  readonly payload: Record<string, unknown>;
};

/** Appends one event. A trigger sets its position and hash in the chain. */
export async function appendEvent(tx: Db, event: NewEvent): Promise<void> {
  await tx.insert(events).values({ ...event, seq: 0, hash: "" });
}

/** One chain, oldest first. That of an application is told with the chains of those that were joined to it. */
export function listEvents(db: Db, workspaceId: string, chainId: string) {
  return db
    .select()
    .from(events)
    .where(
      and(eq(events.workspaceId, workspaceId), sql`${events.chainId} in ${lineOf(workspaceId, chainId)}`),
    )
    .orderBy(asc(events.at), asc(events.seq));
}

/** Events of one kind, of a whole workspace. */
export function eventsOfKind(db: Db, workspaceId: string, kind: string) {
  return db
    .select({ memberId: events.memberId, chainId: events.chainId, payload: events.payload })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), eq(events.kind, kind)));
}

/** The clients of one kind of event in a chain since a moment, one for each event. */
export async function clientsSince(
  db: Db,
  workspaceId: string,
  { chainId, kind, since }: { readonly chainId: string; readonly kind: string; readonly since: Date },
): Promise<string[]> {
  const rows = await db
    .select({ client: events.client })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        eq(events.chainId, chainId),
        eq(events.kind, kind),
        gte(events.at, since),
      ),
    );
  return rows.map(({ client }) => client);
}

/** When an event of these kinds was last appended to each chain that has one, by the chain's id. */
export async function lastOfKinds(
  db: Db,
  workspaceId: string,
  kinds: readonly string[],
  chainId?: string,
): Promise<Map<string, Date>> {
  const chain = chainId === undefined ? undefined : eq(events.chainId, chainId);
  const rows = await db
    .select({ chainId: events.chainId, at: max(events.at) })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), inArray(events.kind, [...kinds]), chain))
    .groupBy(events.chainId);
  return new Map(rows.flatMap((row) => (row.at === null ? [] : [[row.chainId, row.at] as const])));
}

/** Chains with a wrong hash or a gap, at most `limit`. Empty when nobody has changed the history. */
export async function brokenChains(
  db: Db,
  workspaceId: string,
  limit: number,
): Promise<{ chainId: string; seq: number }[]> {
  const rows = await db.execute(
    sql`select chain_id as "chainId", seq from greenflag_broken_chains(${workspaceId}) limit ${limit}`,
  );
  return rowsOf<{ chainId: string; seq: number }>(rows);
}

/** The rows of a raw query. The caller is responsible for their type. */
export function rowsOf<T>(result: unknown): T[] {
  return (result as { rows: T[] }).rows;
}
