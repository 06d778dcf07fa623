import { and, asc, eq, gt, notInArray, sql } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, interviewers, interviewSeats, interviews, scorecards } from "../tables.ts";

/** Scorecards of running applications that a member still has to submit, in the order of the references. */
export function unsubmittedCards(
  db: Db,
  workspaceId: string,
  memberId: string,
): Promise<{ ref: string; round: string }[]> {
  return db
    .select({ ref: applications.ref, round: interviewers.round })
    .from(interviewers)
    .innerJoin(applications, sameTenant(applications, interviewers, interviewers.applicationId))
    .where(
      and(
        eq(interviewers.workspaceId, workspaceId),
        eq(interviewers.memberId, memberId),
        eq(applications.status, "active"),
        sql`not exists (select 1 from ${scorecards} where ${scorecards.workspaceId} = ${interviewers.workspaceId}
          and ${scorecards.applicationId} = ${interviewers.applicationId} and ${scorecards.round} = ${interviewers.round}
          and ${scorecards.memberId} = ${interviewers.memberId})`,
      ),
    )
    .orderBy(asc(applications.id), asc(interviewers.round));
}

/**
 * Active applications that a member looks after themselves, not as the owner of the role, in the order of the references.
 * @param except people whose applications the caller does not see
 */
export async function lookedAfterBy(
  db: Db,
  workspaceId: string,
  memberId: string,
  except: readonly string[],
): Promise<string[]> {
  const rows = await db
    .select({ ref: applications.ref })
    .from(applications)
    .where(
      and(
        eq(applications.workspaceId, workspaceId),
        eq(applications.ownerId, memberId),
        eq(applications.status, "active"),
        notInArray(applications.candidateId, [...except]),
      ),
    )
    .orderBy(asc(applications.id));
  return rows.map(({ ref }) => ref);
}

/** Coming interviews of a member, earliest first. */
export function interviewsAhead(
  db: Db,
  workspaceId: string,
  memberId: string,
  now: Date,
): Promise<{ ref: string; round: string; start: Date }[]> {
  return db
    .select({ ref: applications.ref, round: interviews.round, start: interviews.startsAt })
    .from(interviewSeats)
    .innerJoin(interviews, sameTenant(interviews, interviewSeats, interviewSeats.interviewId))
    .innerJoin(applications, sameTenant(applications, interviews, interviews.applicationId))
    .where(
      and(
        eq(interviewSeats.workspaceId, workspaceId),
        eq(interviewSeats.memberId, memberId),
        eq(interviews.status, "booked"),
        gt(interviews.endsAt, now),
      ),
    )
    .orderBy(asc(interviews.startsAt), asc(interviews.id));
}
