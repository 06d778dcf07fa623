import type { Catalog } from "../../catalog/load.ts";
import { DAY } from "../../domain/days.ts";
import { DomainError, notFound } from "../../domain/errors.ts";
import { MINUTE } from "../../domain/scheduling/interval.ts";
import { minutesOf, requireActive, requireRound } from "../../domain/scheduling/interview.ts";
import type { InterviewOutcome } from "../../domain/scheduling/interview-status.ts";
import { isPlaceZone, isSameZone, parseMoment, zoneNamedIn } from "../../domain/scheduling/wall-clock.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { type InterviewWithSeats, listInterviews } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { loadStanding } from "../load-application.ts";
import type { Session } from "../session.ts";
import { type Attendee, loadSeats, ownTimezone } from "./attendees.ts";
import type { StatedZone } from "./candidate-zone.ts";

export type ScheduleInput = {
  readonly application: string;
  readonly round: string;
  readonly interviewers?: readonly string[] | undefined;
  readonly start?: string | undefined;
  readonly minutes?: number | undefined;
  readonly location?: string | undefined;
  /** The id of the interview to change or cancel. Without it, a new one is made. */
  readonly interview?: string | undefined;
  readonly cancel?: boolean | undefined;
  /** What became of the interview: of the named one, or of the latest of the round that has begun. */
  readonly outcome?: InterviewOutcome | undefined;
  readonly override?: boolean | undefined;
  readonly reason?: string | undefined;
};

/** The intended state of an interview. It is decided before anything is locked. */
export type BookingPlan = {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly location: string | null;
  readonly interviewers: readonly Attendee[];
  /** The interview to change, in its state when the plan was made. */
  readonly before?: InterviewWithSeats;
  /** The candidate's time zone, where the call says it. */
  readonly stated?: StatedZone;
};

const MAX_DAYS_AHEAD = 365;

/** Decides the intended state of an interview, from the call, the interview to change, the panel and the kit. */
export async function planBooking(
  db: Db,
  session: Session,
  catalog: Catalog,
  input: ScheduleInput,
): Promise<BookingPlan> {
  const record = await loadStanding(db, session, input.application);
  const stage = requireRound(record.role.stages, input.round);
  requireActive(record.application);
  const before =
    input.interview === undefined ? undefined : await requireInterview(db, session, record, input);
  const own = await ownTimezone(db, session);
  const startsAt = startOf(input, session, before, own);
  const usualMinutes = minutesOf(stage, catalog.forRole(record.role).interviews);
  const minutes = input.minutes ?? (before ? minutesBooked(before) : usualMinutes);
  const emails = input.interviewers ?? before?.seats.map((seat) => seat.email);
  const seats = await loadSeats(db, session, record, stage.id, emails);
  requireOnePerSeat(seats);
  const stated = statedZone(input, [own, ...seats.flat().map((person) => person.availability?.timezone)]);
  return {
    startsAt,
    endsAt: new Date(startsAt.getTime() + minutes * MINUTE),
    location: input.location ?? before?.interview.location ?? null,
    interviewers: seats.flat(),
    ...(before ? { before } : {}),
    ...(stated ? { stated } : {}),
  };
}

/** A zone in `start` is the candidate's unless the caller or an interviewer lives by it. */
function statedZone(
  { application, start }: ScheduleInput,
  ours: readonly (string | undefined)[],
): StatedZone | undefined {
  const zone = start === undefined ? undefined : zoneNamedIn(start);
  if (zone === undefined || !isPlaceZone(zone)) return undefined;
  const isOurs = ours.some((own) => own !== undefined && isSameZone(own, zone));
  return isOurs ? undefined : { application, zone };
}

/** The length of an interview, in minutes. */
export const minutesBooked = ({ interview: { startsAt, endsAt } }: InterviewWithSeats): number =>
  (endsAt.getTime() - startsAt.getTime()) / MINUTE;

/** @throws DomainError where the role's panel leaves open who comes */
export function requireOnePerSeat(seats: readonly (readonly Attendee[])[]): void {
  const undecided = seats.find((seat) => seat.length > 1);
  if (!undecided) return;
  const emails = undecided.map((person) => person.email).join(" or ");
  throw new DomainError("invalid", `interviewers: ${emails}?`, "Name the one who comes.");
}

/** When an interview begins: as the call says, else as it was booked. */
export function startOf(
  { start }: ScheduleInput,
  { now }: Session,
  before: InterviewWithSeats | undefined,
  timezone: string | undefined,
): Date {
  if (start === undefined) {
    if (before) return before.interview.startsAt;
    throw new DomainError("invalid", "start: missing.", { do: "find_times" });
  }
  const ms = parseMoment(start, { field: "start", zone: timezone });
  if (ms % MINUTE !== 0) throw new DomainError("invalid", "start: has seconds.", "Give a whole minute.");
  if (ms > now.getTime() + MAX_DAYS_AHEAD * DAY)
    throw new DomainError("invalid", "start: more than a year ahead.", "Check the year.");
  return new Date(ms);
}

/** The named interview. Without a name: the coming interview of the round, or else its newest one. */
export async function requireInterview(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  { round, interview: id, cancel }: ScheduleInput,
): Promise<InterviewWithSeats> {
  const interviews = await listInterviews(db, session.workspaceId, record.application.id);
  const ofRound = interviews.filter(({ interview }) => interview.round === round);
  const chosen =
    id === undefined
      ? (ofRound.find(({ interview: i }) => i.status === "booked" && i.endsAt > session.now) ??
        ofRound.at(-1))
      : ofRound.find(({ interview }) => interview.id === id);
  if (!chosen) {
    const remedy = { do: "list_interviews" as const };
    if (id !== undefined) throw notFound("interview", id, remedy);
    throw new DomainError("precondition_failed", `round: no interview is scheduled for ${round}.`, remedy);
  }
  if (!cancel && chosen.interview.status === "cancelled") {
    const hint = "Leave out interview to schedule a new one.";
    throw new DomainError("conflict", "interview: it was cancelled.", hint);
  }
  return chosen;
}
