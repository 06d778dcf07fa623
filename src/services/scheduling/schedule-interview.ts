import type { Catalog } from "../../catalog/load.ts";
import { DomainError } from "../../domain/errors.ts";
import { type Conflict, weightOf } from "../../domain/scheduling/conflict.ts";
import { conflictsAt, requireNoConflict } from "../../domain/scheduling/conflicts.ts";
import { requireActive, requireRound } from "../../domain/scheduling/interview.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import {
  type InterviewRow,
  type InterviewWithSeats,
  listInterviews,
  lockPeople,
  saveInterview,
} from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { loadApplicationForUpdate, loadApplicationInRole } from "../load-application.ts";
import { assignInterviewers } from "../panel/assign-interviewers.ts";
import type { Session } from "../session.ts";
import { loadTimes } from "./attendees.ts";
import type { Calendars, CalendarTimes } from "./calendars.ts";
import { keepingZone } from "./candidate-zone.ts";
import {
  alreadyBooked,
  answerOf,
  type BookedInterview,
  interviewEvent,
  newInterview,
} from "./interview-record.ts";
import { type BookingPlan, planBooking, requireInterview, type ScheduleInput } from "./plan-booking.ts";
import { recordOutcome } from "./record-outcome.ts";

type Deps = { readonly catalog: Catalog; readonly calendars: Calendars };

export function createInterviews({ catalog, calendars }: Deps) {
  return {
    /**
     * Books an interview, moves it or cancels it, and makes the invitation; or records what became of it. Nobody can be
     * booked twice, because calls that schedule the same people wait for each other. The same call again changes nothing.
     * @throws DomainError for an impossible time, naming who cannot come and why
     */
    async schedule(session: Session, input: ScheduleInput): Promise<BookedInterview> {
      const { outcome } = input;
      if (outcome !== undefined)
        return session.write((tx) => recordOutcome(tx, session, catalog, { ...input, outcome }));
      if (input.cancel) return session.write((tx) => cancel(tx, session, input));
      const plan = await session.read((db) => planBooking(db, session, catalog, input));
      const busy = await calendars.busyOf(session, plan.interviewers);
      return session.write(keepingZone(session, plan, (tx) => book(tx, session, input, plan, busy)));
    },
  };
}

async function book(
  tx: Db,
  session: Session,
  input: ScheduleInput,
  plan: BookingPlan,
  calendars: ReadonlyMap<string, CalendarTimes>,
): Promise<BookedInterview> {
  const record = await loadApplicationInRole(tx, session, input.application);
  requireActive(record.application);
  requireRound(record.role.stages, input.round);
  const memberIds = plan.interviewers.map((person) => person.id);
  await lockPeople(tx, session.workspaceId, record.candidate.id, memberIds);
  const interviews = await listInterviews(tx, session.workspaceId, record.application.id);
  const same = findSame(interviews, input, plan);
  if (same) return answerOf(tx, session, record, same, { change: "scheduled_unchanged" });
  const current = requireChangeable(interviews, input, plan, session.now);
  const conflicts = await findConflicts(tx, session, record, plan, calendars, current);
  const isOverridden = input.override === true;
  if (isOverridden) requireReason(input.reason, "override");
  requireNoConflict(conflicts, { isOverridden });
  const interview = await save(tx, session, record, { input, plan, conflicts, current });
  const seats = plan.interviewers.map(({ id: memberId, email, name }) => ({ memberId, email, name }));
  const change = current ? "changed" : "scheduled";
  return answerOf(tx, session, record, { interview, seats }, { change, conflicts });
}

/** The interview that already agrees with the plan. */
const findSame = (
  interviews: readonly InterviewWithSeats[],
  { round, interview: id }: ScheduleInput,
  plan: BookingPlan,
): InterviewWithSeats | undefined =>
  interviews.find(
    (one) =>
      one.interview.round === round &&
      (id === undefined || one.interview.id === id) &&
      isAsPlanned(one, plan),
  );

/**
 * The interview that the plan changes. Undefined when it makes a new one.
 * @throws DomainError when the round has a coming interview already, or the named one has begun or changed meanwhile
 */
function requireChangeable(
  interviews: readonly InterviewWithSeats[],
  { round, interview: id, start }: ScheduleInput,
  plan: BookingPlan,
  now: Date,
): InterviewWithSeats | undefined {
  const ahead = interviews.find(
    ({ interview: i }) => i.round === round && i.status === "booked" && i.startsAt > now,
  );
  if (id === undefined && ahead) throw alreadyBooked(ahead);
  const current = id === undefined ? undefined : interviews.find(({ interview: i }) => i.id === id);
  if (current && current.interview.sequence !== plan.before?.interview.sequence) throw changedMeanwhile();
  if (current && current.interview.startsAt <= now) throw hasBegun();
  if (plan.startsAt > now) return current;
  const message = `start: ${start ?? plan.startsAt.toISOString()} is past.`;
  throw new DomainError("invalid", message, { do: "find_times" });
}

/** The conflicts of a plan. An interview that keeps its time and its people is not checked again. */
async function findConflicts(
  tx: Db,
  session: Session,
  record: ApplicationRecord,
  plan: BookingPlan,
  calendars: ReadonlyMap<string, CalendarTimes>,
  current: InterviewWithSeats | undefined,
): Promise<Conflict[]> {
  if (current && isAsPlanned(current, { ...plan, location: current.interview.location })) return [];
  const window = { start: plan.startsAt.getTime(), end: plan.endsAt.getTime() };
  const { interviewers } = plan;
  const query = { interviewers, calendars, window, except: current?.interview.id };
  const times = await loadTimes(tx, session, record, query);
  const candidate = { ...times.candidate, ref: record.application.ref };
  const gaps = [...calendars.values()].flatMap(({ email, gap }): Conflict[] =>
    gap === undefined ? [] : [{ kind: "calendar", who: email, calendar: gap }],
  );
  return [...conflictsAt(window, [...times.interviewers.values()], candidate), ...gaps];
}

async function save(
  tx: Db,
  session: Session,
  record: ApplicationRecord,
  {
    input,
    plan,
    conflicts,
    current,
  }: {
    readonly input: ScheduleInput;
    readonly plan: BookingPlan;
    readonly conflicts: readonly Conflict[];
    readonly current: InterviewWithSeats | undefined;
  },
): Promise<InterviewRow> {
  const memberIds = plan.interviewers.map((person) => person.id);
  const overridden = conflicts.filter((c) => weightOf(c) === "override").map((c) => c.kind);
  const interview: InterviewRow = {
    ...(current?.interview ?? newInterview(record, input.round, session)),
    startsAt: plan.startsAt,
    endsAt: plan.endsAt,
    location: plan.location,
    sequence: current ? current.interview.sequence + 1 : 0,
    reason: overridden.length > 0 ? (input.reason ?? null) : null,
    changedBy: session.member.id,
    updatedAt: session.now,
  };
  await saveInterview(tx, interview, memberIds);
  // Everybody who holds the round has to submit its scorecard.
  await assignInterviewers(tx, session, record.application, input.round, memberIds);
  await session.record(tx, record.application.id, current ? "interview.change" : "interview.schedule", {
    ...interviewEvent(interview),
    interviewers: memberIds,
    overridden,
  });
  return interview;
}

async function cancel(tx: Db, session: Session, input: ScheduleInput): Promise<BookedInterview> {
  const record = await loadApplicationForUpdate(tx, session, input.application);
  requireRound(record.role.stages, input.round);
  const reason = requireReason(input.reason, "cancel");
  const current = await requireInterview(tx, session, record, input);
  const { interview, seats } = current;
  if (interview.status === "cancelled")
    return answerOf(tx, session, record, current, { change: "cancelled_unchanged" });
  if (interview.status !== "booked" || interview.endsAt <= session.now) {
    const message = "interview: it is over and cannot be cancelled.";
    throw new DomainError("precondition_failed", message, { do: "store_what_happened" });
  }
  const cancelled: InterviewRow = {
    ...interview,
    status: "cancelled",
    sequence: interview.sequence + 1,
    reason,
    changedBy: session.member.id,
    updatedAt: session.now,
  };
  await saveInterview(
    tx,
    cancelled,
    seats.map((seat) => seat.memberId),
  );
  await session.record(tx, record.application.id, "interview.cancel", interviewEvent(cancelled));
  return answerOf(tx, session, record, { interview: cancelled, seats }, { change: "cancelled" });
}

function isAsPlanned(
  { interview: i, seats }: InterviewWithSeats,
  plan: Omit<BookingPlan, "before">,
): boolean {
  const sorted = (people: readonly { readonly email: string }[]) =>
    people
      .map((person) => person.email)
      .sort()
      .join(" ");
  return (
    i.status === "booked" &&
    i.startsAt.getTime() === plan.startsAt.getTime() &&
    i.endsAt.getTime() === plan.endsAt.getTime() &&
    i.location === plan.location &&
    sorted(seats) === sorted(plan.interviewers)
  );
}

function requireReason(reason: string | undefined, argument: string): string {
  const text = reason?.trim() ?? "";
  if (text !== "") return text;
  const message = `reason: missing. ${argument} takes one.`;
  throw new DomainError("invalid", message, "Repeat the call with a reason in a sentence.");
}

const hasBegun = (): DomainError =>
  new DomainError(
    "precondition_failed",
    "interview: it has begun and stays as it was.",
    "Leave out interview to schedule another of the round.",
  );

const changedMeanwhile = (): DomainError =>
  new DomainError("conflict", "interview: somebody changed it meanwhile.", { do: "look_at_interview" });
