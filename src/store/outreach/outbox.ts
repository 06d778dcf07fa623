import { and, asc, count, eq, inArray, lt, lte, min, ne, sql } from "drizzle-orm";
import type { MessageStatus, OutboxState } from "../../domain/outreach/outbox.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, candidates, members, messages, outbox } from "../tables.ts";

export type OutboxRow = typeof outbox.$inferSelect;

/** Puts a confirmed message into the outbox. If it was there before, it starts again. */
export async function enqueue(tx: Db, row: typeof outbox.$inferInsert): Promise<void> {
  const { workspaceId: _w, id: _i, ...rest } = row;
  const restarted = {
    attempts: 0,
    claimedBy: null,
    claimedAt: null,
    outcome: null,
    finishedAt: null,
    ...rest,
  };
  await tx
    .insert(outbox)
    .values(row)
    .onConflictDoUpdate({ target: [outbox.workspaceId, outbox.id], set: restarted });
}

/** An outbox row, locked until commit. */
export async function lockOutbox(tx: Db, workspaceId: string, id: string): Promise<OutboxRow | undefined> {
  const rows = await tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspaceId, workspaceId), eq(outbox.id, id)))
    .for("update");
  return rows[0];
}

/**
 * How many messages a member has confirmed since a moment. Locks the member's row until commit, so that two
 * confirmations at the same time are both counted.
 */
export async function countConfirmed(
  tx: Db,
  workspaceId: string,
  memberId: string,
  since: Date,
): Promise<number> {
  await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.id, memberId)))
    .for("update");
  const rows = await tx
    .select({ n: count() })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, workspaceId),
        eq(outbox.approvedBy, memberId),
        sql`${outbox.approvedAt} > ${since.toISOString()}`,
        ne(outbox.state, "cancelled"),
      ),
    );
  return Number(rows[0]?.n ?? 0);
}

/**
 * Claims the message that has been due longest, if any. The row is locked meanwhile and other processes skip locked
 * rows, so only one of them gets the message.
 */
export async function claimDue(tx: Db, workspaceId: string, claimedBy: string, now: Date) {
  const due = await tx
    .select({
      outbox,
      message: messages,
      address: candidates.email,
      doNotContact: candidates.doNotContact,
      ref: applications.ref,
    })
    .from(outbox)
    .innerJoin(messages, sameTenant(messages, outbox, outbox.id))
    .innerJoin(applications, sameTenant(applications, messages, messages.applicationId))
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .where(and(eq(outbox.workspaceId, workspaceId), eq(outbox.state, "waiting"), lte(outbox.sendAt, now)))
    .orderBy(asc(outbox.sendAt), asc(outbox.id))
    .limit(1)
    .for("update", { of: outbox, skipLocked: true });
  const taken = due[0];
  if (!taken) return undefined;
  const attempts = taken.outbox.attempts + 1;
  await tx
    .update(outbox)
    .set({ state: "sending", claimedBy, claimedAt: now, attempts })
    .where(and(eq(outbox.workspaceId, workspaceId), eq(outbox.id, taken.outbox.id)));
  return { ...taken, outbox: { ...taken.outbox, attempts } };
}

type Settled = {
  readonly state: OutboxState;
  readonly outcome: string | null;
  readonly finishedAt: Date | null;
  readonly sendAt?: Date;
};

const STATUS: Record<OutboxState, MessageStatus> = {
  waiting: "approved",
  sending: "approved",
  sent: "sent",
  failed: "failed",
  unknown: "unknown",
  cancelled: "cancelled",
};

/** Stores the result of a message in the outbox and on the message, if its state is one of `from`. */
export async function settleOutbox(
  tx: Db,
  row: { readonly workspaceId: string; readonly id: string },
  from: readonly OutboxState[],
  to: Settled,
): Promise<boolean> {
  const { workspaceId, id } = row;
  const changed = await tx
    .update(outbox)
    .set({ ...to, claimedBy: null, claimedAt: null })
    .where(and(eq(outbox.workspaceId, workspaceId), eq(outbox.id, id), inArray(outbox.state, [...from])))
    .returning({ id: outbox.id });
  if (changed.length === 0) return false;
  await tx
    .update(messages)
    .set({ status: STATUS[to.state] })
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id)));
  return true;
}

/** Messages claimed before a moment that still have no result. */
export function claimedBefore(tx: Db, workspaceId: string, before: Date) {
  return tx
    .select({ id: outbox.id, applicationId: messages.applicationId, approvedBy: outbox.approvedBy })
    .from(outbox)
    .innerJoin(messages, sameTenant(messages, outbox, outbox.id))
    .where(
      and(eq(outbox.workspaceId, workspaceId), eq(outbox.state, "sending"), lt(outbox.claimedAt, before)),
    )
    .for("update", { of: outbox, skipLocked: true });
}

/** Messages that were confirmed and are neither sent nor given up. */
export function unfinished(tx: Db, workspaceId: string) {
  return tx
    .select({ id: outbox.id, applicationId: messages.applicationId, approvedBy: outbox.approvedBy })
    .from(outbox)
    .innerJoin(messages, sameTenant(messages, outbox, outbox.id))
    .where(and(eq(outbox.workspaceId, workspaceId), inArray(outbox.state, ["waiting", "sending"])))
    .orderBy(asc(outbox.id));
}

/** When the next message is due. Undefined when none waits. */
export async function nextDue(db: Db, workspaceId: string): Promise<Date | undefined> {
  const rows = await db
    .select({ at: min(outbox.sendAt) })
    .from(outbox)
    .where(and(eq(outbox.workspaceId, workspaceId), eq(outbox.state, "waiting")));
  return rows[0]?.at ?? undefined;
}
