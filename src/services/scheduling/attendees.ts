import { DAY } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import type { CandidateTime, Interviewer } from "../../domain/scheduling/availability.ts";
import type { InterviewerWithoutHours } from "../../domain/scheduling/conflicts.ts";
import type { Hours } from "../../domain/scheduling/hours.ts";
import type { Interval } from "../../domain/scheduling/interval.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { interviewerIds } from "../../store/panel/interviewers.ts";
import { type AvailabilityRow, findAvailability } from "../../store/scheduling/availability.ts";
import {
  bookedForCandidate,
  bookedForMembers,
  findOwnUids,
  type TakenTime,
} from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { listMembers } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";
import { emailNamed, memberNamed } from "../team/named-member.ts";
import type { CalendarTimes } from "./calendars.ts";

/** A member who is to interview, with their stored availability. */
export type Attendee = Member & { readonly availability?: AvailabilityRow };

/**
 * Interviews are loaded this far outside the window. A week that is partly inside it counts as a whole for the weekly
 * limit.
 */
const WEEK_MARGIN_MS = 8 * DAY;

/**
 * The interviewers of a round, seat by seat. A seat is an e-mail, or several of which one person has to come
 * (`a@x|b@x`). Without names, those who sit in the round for this application come, else the role's panel for it.
 * @throws DomainError for a person outside the team, a viewer, the candidate, or when nobody is named
 */
export async function loadSeats(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  round: string,
  named: readonly string[] | undefined,
): Promise<Attendee[][]> {
  const team = await listMembers(db, session.workspaceId);
  const panel = record.role.panel.filter((p) => p.round === round).flatMap((p) => p.members);
  const isOpen = panel.some((entry) => entry.includes("|"));
  const inSeats = named || isOpen ? [] : await interviewersOf(db, session.workspaceId, record, round, team);
  const usual = inSeats.length > 0 ? inSeats : panel;
  const withEmails = (entry: string) =>
    [...new Set(entry.split("|").map((one) => emailNamed(session, one).toLowerCase()))].join("|");
  const entries = [...new Set((named ?? usual).map(withEmails))];
  if (entries.length === 0) {
    const message = `interviewers: nobody is named, and ${record.role.key} has no panel for ${round}.`;
    throw new DomainError("precondition_failed", message, { do: "name_or_set_panel" });
  }
  const seats = entries.map((entry) =>
    entry.split("|").map((email) =>
      memberNamed(session, team, {
        ...{ field: "interviewers", named: email, as: "interviewer" },
        candidate: { memberId: record.candidate.memberId, ref: record.application.ref },
      }),
    ),
  );
  const memberIds = [...new Set(seats.flat().map((member) => member.id))];
  const rows = await findAvailability(db, session.workspaceId, memberIds);
  return seats.map((seat) => seat.map((member) => withAvailability(member, rows)));
}

/** E-mails of those on the team who sit in a round of this application. */
async function interviewersOf(
  db: Db,
  workspaceId: string,
  { application }: ApplicationRecord,
  round: string,
  team: readonly Member[],
): Promise<string[]> {
  const ids = await interviewerIds(db, workspaceId, application.id, round);
  return team.filter(({ id }) => ids.includes(id)).map(({ email }) => email);
}

/** The time zone of the calling member, if it is on record. */
export async function ownTimezone(db: Db, session: Session): Promise<string | undefined> {
  return (await findAvailability(db, session.workspaceId, [session.member.id]))[0]?.timezone;
}

function withAvailability(member: Member, rows: readonly AvailabilityRow[]): Attendee {
  const availability = rows.find((row) => row.memberId === member.id);
  return availability ? { ...member, availability } : member;
}

/** The hours and taken times of everybody who has to be there. */
export type AttendeeTimes = {
  readonly interviewers: ReadonlyMap<string, Interviewer | InterviewerWithoutHours>;
  readonly candidate: CandidateTime;
};

type TimesQuery = {
  readonly interviewers: readonly Attendee[];
  readonly calendars: ReadonlyMap<string, CalendarTimes>;
  readonly window: Interval;
  /** The id of an interview that is being moved. Its present time does not count as taken. */
  readonly except?: string | undefined;
  /** The candidate's hours from the call. */
  readonly candidateHours?: { readonly hours: Hours; readonly timezone?: string } | undefined;
};

/**
 * The taken times of everybody, interviewers by e-mail. They come from the record in this transaction and from the
 * calendars read before it.
 */
export async function loadTimes(
  db: Db,
  { workspaceId }: Session,
  { candidate }: ApplicationRecord,
  { interviewers, calendars, window, except, candidateHours }: TimesQuery,
): Promise<AttendeeTimes> {
  const from = new Date(window.start - WEEK_MARGIN_MS);
  const to = new Date(window.end + WEEK_MARGIN_MS);
  const memberIds = interviewers.map((person) => person.id);
  const booked = await bookedForMembers(db, workspaceId, memberIds, { from, to, except });
  const ofCandidate = await bookedForCandidate(db, workspaceId, candidate.id, { from, to, except });
  const uids = memberIds.flatMap((id) => calendars.get(id)?.busy ?? []).flatMap(({ uid }) => uid ?? []);
  // Calendars also hold interviews of this workspace. Their times come from the record instead, because they may have
  // moved since.
  const ownUids = await findOwnUids(db, workspaceId, [...new Set(uids)]);
  const timesOf = ({ id, email, availability }: Attendee): Interviewer | InterviewerWithoutHours => {
    const interviews = booked.filter((taken) => taken.who === id).map(toInterval);
    if (!availability) return { email, interviews };
    const busy = (calendars.get(id)?.busy ?? []).filter(({ uid }) => uid === undefined || !ownUids.has(uid));
    const { timezone, hours, weeklyLimit, bufferMinutes } = availability;
    return { email, timezone, hours, weeklyLimit, bufferMinutes, busy, interviews };
  };
  return {
    interviewers: new Map(interviewers.map((person) => [person.email, timesOf(person)])),
    candidate: {
      timezone: candidateHours?.timezone ?? candidate.timezone,
      hours: candidateHours?.hours ?? null,
      interviews: ofCandidate.map(toInterval),
    },
  };
}

const toInterval = ({ start, end }: TakenTime): Interval => ({ start: start.getTime(), end: end.getTime() });
