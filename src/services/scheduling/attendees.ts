import { INTERVIEW, may } from "../../domain/access.ts";
import { DAY } from "../../domain/days.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import type { Unknown } from "../../domain/scheduling/conflicts.ts";
import type { Hours } from "../../domain/scheduling/hours.ts";
import type { Interval } from "../../domain/scheduling/interval.ts";
import type { CandidateTime, Interviewer } from "../../domain/scheduling/parties.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { type AvailabilityRow, findAvailability } from "../../store/scheduling/availability.ts";
import {
  type Booking,
  bookedCandidate,
  bookedMembers,
  knownUids,
} from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { listMembers } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";
import type { Known } from "./calendars.ts";

/** A member with what is on record about when they can interview. */
export type Attendee = Member & { readonly row?: AvailabilityRow };

/** Interviews so far outside a window count towards a weekly limit inside it. */
const WEEK = 8 * DAY;

/**
 * The people named for a round, seat by seat: an e-mail, or several of which one is to come (`a@x|b@x`). Without names,
 * the role's panel for the round.
 * @throws DomainError for a stranger, a viewer, the candidate, or nobody at all
 */
export async function seatsOf(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  round: string,
  named: readonly string[] | undefined,
): Promise<Attendee[][]> {
  const team = await listMembers(db, session.workspaceId);
  const panel = record.role.panel.filter((p) => p.round === round).flatMap((p) => p.members);
  const wanted = [...new Set((named ?? panel).map((entry) => entry.trim().toLowerCase()))];
  const seats = wanted.map((entry) =>
    [...new Set(entry.split("|").map((email) => email.trim()))].map((email) =>
      requireInterviewer(team, record, email),
    ),
  );
  if (seats.length === 0) {
    throw new DomainError(
      "precondition_failed",
      `interviewers: nobody is named, and ${record.role.key} has no panel for ${round}.`,
      "Name members by e-mail, or set the panel with update_role.",
    );
  }
  const ids = [...new Set(seats.flat().map((member) => member.id))];
  const rows = await findAvailability(db, session.workspaceId, ids);
  return seats.map((seat) => seat.map((member) => withRow(member, rows)));
}

/** The member who calls, with what is on record about their own clock. */
export async function ownZone(db: Db, session: Session): Promise<string | undefined> {
  return (await findAvailability(db, session.workspaceId, [session.member.id]))[0]?.timezone;
}

function withRow(member: Member, rows: readonly AvailabilityRow[]): Attendee {
  const row = rows.find((r) => r.memberId === member.id);
  return row ? { ...member, row } : member;
}

function requireInterviewer(
  team: readonly Member[],
  { application, candidate }: ApplicationRecord,
  email: string,
): Member {
  const member = team.find((m) => m.email === email);
  const interviewers = team.filter((m) => may(m, INTERVIEW) && m.email !== candidate.email);
  if (!member)
    throw notAllowed(
      "interviewers",
      email,
      interviewers.map((m) => m.email),
    );
  const cannot = (why: string) =>
    new DomainError("invalid", `interviewers: ${email} ${why}.`, "Name somebody else of the team.");
  if (email === candidate.email) throw cannot(`is the candidate of ${application.ref}`);
  if (!may(member, INTERVIEW)) throw cannot(`has ${member.access} access and can hold no interview`);
  return member;
}

export type Times = {
  /** By e-mail; who has no hours on record is `Unknown`. */
  readonly people: ReadonlyMap<string, Interviewer | Unknown>;
  readonly candidate: CandidateTime;
};

type Asked = {
  readonly people: readonly Attendee[];
  readonly calendars: ReadonlyMap<string, Known>;
  readonly window: Interval;
  /** An interview that is being moved: it stands in nobody's way. */
  readonly except?: string | undefined;
  readonly candidateHours?: { readonly hours: Hours; readonly timezone?: string } | undefined;
};

/** When everybody is taken, from the record as it stands in this transaction and the calendars as they were read. */
export async function timesOf(
  db: Db,
  { workspaceId }: Session,
  { candidate }: ApplicationRecord,
  { people, calendars, window, except, candidateHours }: Asked,
): Promise<Times> {
  const between = { from: new Date(window.start - WEEK), to: new Date(window.end + WEEK), except };
  const ids = people.map((person) => person.id);
  const booked = await bookedMembers(db, workspaceId, ids, between);
  const own = await bookedCandidate(db, workspaceId, candidate.id, between);
  const inCalendars = ids.flatMap((id) => calendars.get(id)?.busy ?? []).flatMap(({ uid }) => uid ?? []);
  // An interview of ours that came back through somebody's calendar is known better here.
  const ours = await knownUids(db, workspaceId, [...new Set(inCalendars)]);
  const entries = people.map((person): [string, Interviewer | Unknown] => {
    const interviews = booked.filter((b) => b.who === person.id).map(intervalOf);
    const { email, row } = person;
    if (!row) return [email, { email, interviews }];
    const busy = (calendars.get(person.id)?.busy ?? []).filter(
      (b) => b.uid === undefined || !ours.has(b.uid),
    );
    const { timezone, hours, weeklyLimit, bufferMinutes } = row;
    return [email, { email, timezone, hours, weeklyLimit, bufferMinutes, busy, interviews }];
  });
  return {
    people: new Map(entries),
    candidate: {
      timezone: candidateHours?.timezone ?? candidate.timezone,
      hours: candidateHours?.hours ?? null,
      interviews: own.map(intervalOf),
    },
  };
}

const intervalOf = ({ start, end }: Booking): Interval => ({ start: start.getTime(), end: end.getTime() });
