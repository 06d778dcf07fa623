import { and, asc, eq, gt, inArray, lt, ne, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { InterviewStatus, stands } from "../../domain/scheduling/interview-status.ts";
import { type AccessFilter, andAccessible } from "../candidates/access-filter.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, candidates, interviewSeats, interviews, members } from "../tables.ts";

export type InterviewRow = typeof interviews.$inferSelect;
type Seat = { readonly memberId: string; readonly email: string; readonly name: string };
export type InterviewWithSeats = { readonly interview: InterviewRow; readonly seats: readonly Seat[] };
/** A time at which somebody has an interview. */
export type TakenTime = {
  readonly who: string;
  readonly uid: string;
  readonly start: Date;
  readonly end: Date;
};

/** Interviews of an application with their interviewers, earliest first. */
export async function listInterviews(
  db: Db,
  workspaceId: string,
  applicationId: string,
): Promise<InterviewWithSeats[]> {
  const rows = await db
    .select({
      interview: interviews,
      seat: { memberId: members.id, email: members.email, name: members.name },
    })
    .from(interviews)
    .leftJoin(
      interviewSeats,
      and(
        eq(interviewSeats.workspaceId, interviews.workspaceId),
        eq(interviewSeats.interviewId, interviews.id),
      ),
    )
    .leftJoin(members, sameTenant(members, interviewSeats, interviewSeats.memberId))
    .where(and(eq(interviews.workspaceId, workspaceId), eq(interviews.applicationId, applicationId)))
    .orderBy(asc(interviews.startsAt), asc(interviews.id), asc(members.email));
  const byId = new Map<string, { interview: InterviewRow; seats: Seat[] }>();
  for (const { interview, seat } of rows) {
    const withSeats = byId.get(interview.id) ?? { interview, seats: [] };
    if (seat) withSeats.seats.push(seat);
    byId.set(interview.id, withSeats);
  }
  return [...byId.values()];
}

/** Interviews ahead in some rounds of a role, with whom they are, earliest first. */
export function bookedInRounds(
  db: Db,
  workspaceId: string,
  roleId: string,
  { rounds, after }: { readonly rounds: readonly string[]; readonly after: Date },
): Promise<{ ref: string; round: string; start: Date }[]> {
  return db
    .select({ ref: applications.ref, round: interviews.round, start: interviews.startsAt })
    .from(interviews)
    .innerJoin(applications, sameTenant(applications, interviews, interviews.applicationId))
    .where(
      and(
        eq(interviews.workspaceId, workspaceId),
        eq(applications.roleId, roleId),
        inArray(interviews.round, [...rounds]),
        eq(interviews.status, "booked"),
        gt(interviews.endsAt, after),
      ),
    )
    .orderBy(asc(interviews.startsAt), asc(interviews.id));
}

/** Interviews ahead of those who are active in a role, earliest first: at most `limit`, and how many there are. */
export async function bookedOfActive(
  db: Db,
  workspaceId: string,
  roleId: string,
  { access, after, limit }: { readonly access: AccessFilter; readonly after: Date; readonly limit: number },
) {
  const where = and(
    eq(interviews.workspaceId, workspaceId),
    eq(interviews.status, "booked"),
    gt(interviews.endsAt, after),
    eq(applications.roleId, roleId),
    eq(applications.status, "active"),
    sql`true ${andAccessible(workspaceId, access, {
      id: sql`${applications.id}`,
      candidate: sql`${applications.candidateId}`,
      role: sql`${applications.roleId}`,
    })}`,
  );
  const rows = await db
    .select({
      ...{ interview: interviews.id, ref: applications.ref, name: candidates.name, round: interviews.round },
      ...{ start: interviews.startsAt, total: sql<number>`count(*) over ()::int` },
    })
    .from(interviews)
    .innerJoin(applications, sameTenant(applications, interviews, interviews.applicationId))
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .where(where)
    .orderBy(asc(interviews.startsAt), asc(interviews.id))
    .limit(limit);
  return { interviews: rows, total: rows[0]?.total ?? 0 };
}

type Between = { readonly from: Date; readonly to: Date; readonly except?: string | undefined };

/** One that was held counts for the limit of its week as one that is booked. */
const TAKING_TIME = InterviewStatus.options.filter(stands);

const within = (workspaceId: string, { from, to, except }: Between) =>
  and(
    eq(interviews.workspaceId, workspaceId),
    inArray(interviews.status, TAKING_TIME),
    lt(interviews.startsAt, to),
    gt(interviews.endsAt, from),
    except === undefined ? undefined : ne(interviews.id, except),
  );

/** Interviews that members hold between two moments. `who` is the member's id. */
export async function bookedForMembers(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
  between: Between,
): Promise<TakenTime[]> {
  if (memberIds.length === 0) return [];
  return db
    .select({
      who: interviewSeats.memberId,
      uid: interviews.uid,
      start: interviews.startsAt,
      end: interviews.endsAt,
    })
    .from(interviewSeats)
    .innerJoin(interviews, sameTenant(interviews, interviewSeats, interviewSeats.interviewId))
    .where(
      and(
        eq(interviewSeats.workspaceId, workspaceId),
        inArray(interviewSeats.memberId, [...memberIds]),
        within(workspaceId, between),
      ),
    );
}

/** Interviews of a candidate between two moments, for any role. */
export function bookedForCandidate(
  db: Db,
  workspaceId: string,
  candidateId: string,
  between: Between,
): Promise<TakenTime[]> {
  return db
    .select({
      who: applications.candidateId,
      uid: interviews.uid,
      start: interviews.startsAt,
      end: interviews.endsAt,
    })
    .from(interviews)
    .innerJoin(applications, sameTenant(applications, interviews, interviews.applicationId))
    .where(and(eq(applications.candidateId, candidateId), within(workspaceId, between)));
}

/** Those of these UIDs that belong to interviews of this workspace, booked or cancelled. */
export async function findOwnUids(
  db: Db,
  workspaceId: string,
  uids: readonly string[],
): Promise<Set<string>> {
  if (uids.length === 0) return new Set();
  const rows = await db
    .select({ uid: interviews.uid })
    .from(interviews)
    .where(and(eq(interviews.workspaceId, workspaceId), inArray(interviews.uid, [...uids])));
  return new Set(rows.map((row) => row.uid));
}

/**
 * Locks these people for scheduling until commit, always in the same order. Other calls that schedule one of them wait,
 * so a time found free stays free. Transactions that only refer to them do not wait.
 */
export async function lockPeople(
  tx: Db,
  workspaceId: string,
  candidateId: string,
  memberIds: readonly string[],
): Promise<void> {
  await tx
    .select({ id: candidates.id })
    .from(candidates)
    .where(and(eq(candidates.workspaceId, workspaceId), eq(candidates.id, candidateId)))
    .for("no key update");
  if (memberIds.length === 0) return;
  await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), inArray(members.id, [...memberIds])))
    .orderBy(asc(members.id))
    .for("no key update");
}

/** Stores a new or changed interview with its interviewers. */
export async function saveInterview(tx: Db, row: InterviewRow, memberIds: readonly string[]): Promise<void> {
  const { workspaceId, id, applicationId: _, uid: __, createdAt: ___, ...set } = row;
  await tx
    .insert(interviews)
    .values(row)
    .onConflictDoUpdate({ target: [interviews.workspaceId, interviews.id], set });
  await tx
    .delete(interviewSeats)
    .where(and(eq(interviewSeats.workspaceId, workspaceId), eq(interviewSeats.interviewId, id)));
  if (memberIds.length === 0) return;
  await tx
    .insert(interviewSeats)
    .values(memberIds.map((memberId) => ({ workspaceId, id: uuidv7(), interviewId: id, memberId })));
}

/** E-mail and name of a member, also of a former one. */
export async function personOf(
  db: Db,
  workspaceId: string,
  memberId: string,
): Promise<{ email: string; name: string } | undefined> {
  const rows = await db
    .select({ email: members.email, name: members.name })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.id, memberId)));
  return rows[0];
}
