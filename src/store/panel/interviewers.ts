import { and, asc, eq, inArray, notExists, notInArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { notJoined } from "../candidates/joined.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, interviewers, members, scorecards } from "../tables.ts";

/** Removes interviewers from a round who are not named and have not scored it. @returns the members removed */
export async function removeInterviewers(
  tx: Db,
  workspaceId: string,
  applicationId: string,
  round: string,
  keep: readonly string[],
): Promise<string[]> {
  const scored = tx
    .select({ memberId: scorecards.memberId })
    .from(scorecards)
    .where(
      and(
        eq(scorecards.workspaceId, workspaceId),
        eq(scorecards.applicationId, applicationId),
        eq(scorecards.round, round),
      ),
    );
  const removed = await tx
    .delete(interviewers)
    .where(
      and(
        eq(interviewers.workspaceId, workspaceId),
        eq(interviewers.applicationId, applicationId),
        eq(interviewers.round, round),
        keep.length > 0 ? notInArray(interviewers.memberId, [...keep]) : undefined,
        notInArray(interviewers.memberId, scored),
      ),
    )
    .returning({ memberId: interviewers.memberId });
  return removed.map((row) => row.memberId);
}

/** Takes everybody off rounds that a role no longer has, but for those who have scored them. */
export async function removeOpenSeats(
  tx: Db,
  workspaceId: string,
  roleId: string,
  rounds: readonly string[],
): Promise<void> {
  const ofRole = tx
    .select({ id: applications.id })
    .from(applications)
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.roleId, roleId)));
  const scored = tx
    .select({ id: scorecards.id })
    .from(scorecards)
    .where(
      and(
        eq(scorecards.workspaceId, interviewers.workspaceId),
        eq(scorecards.applicationId, interviewers.applicationId),
        eq(scorecards.round, interviewers.round),
        eq(scorecards.memberId, interviewers.memberId),
      ),
    );
  await tx
    .delete(interviewers)
    .where(
      and(
        eq(interviewers.workspaceId, workspaceId),
        inArray(interviewers.round, [...rounds]),
        inArray(interviewers.applicationId, ofRole),
        notExists(scored),
      ),
    );
}

/** Adds interviewers to a round. Present ones are not changed. @returns the members added */
export async function addInterviewers(
  tx: Db,
  row: Omit<typeof interviewers.$inferInsert, "id" | "memberId">,
  memberIds: readonly string[],
): Promise<string[]> {
  if (memberIds.length === 0) return [];
  const added = await tx
    .insert(interviewers)
    .values(memberIds.map((memberId) => ({ ...row, id: uuidv7(), memberId })))
    .onConflictDoNothing()
    .returning({ memberId: interviewers.memberId });
  return added.map((r) => r.memberId);
}

/**
 * Running applications of a role in some of its stages, locked until commit. Every caller locks them in the same order.
 */
export function lockRunning(tx: Db, workspaceId: string, roleId: string, stages: readonly string[]) {
  const { id, stage, status } = applications;
  return tx
    .select()
    .from(applications)
    .where(
      and(
        eq(applications.workspaceId, workspaceId),
        eq(applications.roleId, roleId),
        eq(status, "active"),
        inArray(stage, [...stages]),
      ),
    )
    .orderBy(asc(id))
    .for("update");
}

/** Stage and status of every application of a role. */
export function applicationsOfRole(db: Db, workspaceId: string, roleId: string) {
  const { id, stage, status } = applications;
  return db
    .select({ id, stage, status })
    .from(applications)
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.roleId, roleId), notJoined));
}

/** Ids of the interviewers of a round. */
export async function interviewerIds(
  tx: Db,
  workspaceId: string,
  applicationId: string,
  round: string,
): Promise<string[]> {
  const rows = await tx
    .select({ memberId: interviewers.memberId })
    .from(interviewers)
    .innerJoin(members, sameTenant(members, interviewers, interviewers.memberId))
    .where(
      and(
        eq(interviewers.workspaceId, workspaceId),
        eq(interviewers.applicationId, applicationId),
        eq(interviewers.round, round),
      ),
    );
  return rows.map((r) => r.memberId);
}
