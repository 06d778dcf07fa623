import { and, asc, eq, gt, notInArray, sql } from "drizzle-orm";
import { type AccessFilter, andAccessible } from "../candidates/access-filter.ts";
import { rowsOf } from "../events.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, interviewers, interviewSeats, interviews, scorecards } from "../tables.ts";

/**
 * Scorecards of running applications that a member still has to submit, in the order of the references.
 * @param except people whose applications the caller does not see
 */
export function unsubmittedCards(
  db: Db,
  workspaceId: string,
  memberId: string,
  except: readonly string[],
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
        notInArray(applications.candidateId, [...except]),
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

/**
 * Coming interviews of a member, earliest first.
 * @param except people whose applications the caller does not see
 */
export function interviewsAhead(
  db: Db,
  workspaceId: string,
  memberId: string,
  { now, except }: { readonly now: Date; readonly except: readonly string[] },
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
        notInArray(applications.candidateId, [...except]),
      ),
    )
    .orderBy(asc(interviews.startsAt), asc(interviews.id));
}

/** How many interviews each member has ahead, by e-mail. Members without any are left out. */
export async function countInterviewsAhead(
  db: Db,
  workspaceId: string,
  { now, access }: { readonly now: Date; readonly access: AccessFilter },
): Promise<{ member: string; n: number }[]> {
  const result = await db.execute(sql`
    select m.email as member, count(*)::int as n
    from interviews i
    join interview_seats s on s.workspace_id = i.workspace_id and s.interview_id = i.id
    join members m on m.workspace_id = s.workspace_id and m.id = s.member_id
    join applications a on a.workspace_id = i.workspace_id and a.id = i.application_id
    where i.workspace_id = ${workspaceId} and i.status = 'booked' and i.ends_at > ${now.toISOString()}
      ${andAccessible(workspaceId, access, { id: sql`a.id`, candidate: sql`a.candidate_id`, role: sql`a.role_id` })}
    group by m.email`);
  return rowsOf<{ member: string; n: number }>(result);
}
