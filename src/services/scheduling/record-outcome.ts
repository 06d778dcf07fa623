import type { Catalog } from "../../catalog/load.ts";
import { DomainError, notFound } from "../../domain/errors.ts";
import type { Stage } from "../../domain/roles/role-template.ts";
import { MINUTE } from "../../domain/scheduling/interval.ts";
import { minutesOf, requireActive, requireRound } from "../../domain/scheduling/interview.ts";
import type { InterviewOutcome } from "../../domain/scheduling/interview-status.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import {
  type InterviewRow,
  type InterviewWithSeats,
  listInterviews,
  saveInterview,
} from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { loadApplicationInRole } from "../load-application.ts";
import { assignInterviewers } from "../panel/assign-interviewers.ts";
import type { Session } from "../session.ts";
import { loadSeats, ownTimezone } from "./attendees.ts";
import {
  alreadyBooked,
  answerOf,
  type BookedInterview,
  interviewEvent,
  newInterview,
} from "./interview-record.ts";
import { minutesBooked, requireOnePerSeat, type ScheduleInput, startOf } from "./plan-booking.ts";

type OutcomeInput = ScheduleInput & { readonly outcome: InterviewOutcome };
type Seats = InterviewWithSeats["seats"];

/**
 * Records what became of an interview: of the named one, else of the latest of the round that has begun. With `start` in the
 * past, one that was not on record is stored: nobody is invited, and nobody's calendar is asked. It can be corrected.
 * @throws DomainError for one that was called off or has not begun, and where none is known
 */
export async function recordOutcome(
  tx: Db,
  session: Session,
  catalog: Catalog,
  input: OutcomeInput,
): Promise<BookedInterview> {
  if (input.cancel)
    throw new DomainError("invalid", "outcome: not together with cancel.", "Leave one of the two out.");
  const record = await loadApplicationInRole(tx, session, input.application);
  const stage = requireRound(record.role.stages, input.round);
  const all = await listInterviews(tx, session.workspaceId, record.application.id);
  const ofRound = all.filter(({ interview }) => interview.round === stage.id);
  const startsAt =
    input.start === undefined
      ? undefined
      : startOf(input, session, undefined, await ownTimezone(tx, session));
  if (startsAt && startsAt > session.now) throw notBegun("start", startsAt);
  const current = chosenFrom(ofRound, input, startsAt, session.now);
  if (!current) requireActive(record.application);
  const seats = await seatsOf(tx, session, record, input, current);
  const before = current?.interview ?? newInterview(record, stage.id, session);
  const after = outcomeOf(before, input, {
    ...{ startsAt: startsAt ?? before.startsAt, now: session.now, by: session.member.id },
    minutes: input.minutes ?? (current ? minutesBooked(current) : usualMinutes(catalog, record, stage)),
  });
  const sameSeats = current !== undefined && emailsOf(current.seats) === emailsOf(seats);
  if (sameSeats && isSame(before, after))
    return answerOf(tx, session, record, current, { change: `${input.outcome}_unchanged` });
  const memberIds = seats.map(({ memberId }) => memberId);
  await saveInterview(tx, after, memberIds);
  if (!sameSeats)
    await assignInterviewers(tx, session, record.application, stage.id, memberIds, after.startsAt);
  await session.record(tx, record.application.id, `interview.${input.outcome}`, {
    ...interviewEvent(after),
    interviewers: memberIds,
  });
  return answerOf(tx, session, record, { interview: after, seats }, { change: input.outcome });
}

/** Marks what was booked for a round and is over as held: somebody's scorecard says that they met. */
export async function markHeld(
  tx: Db,
  session: Session,
  application: { readonly id: string },
  round: string,
): Promise<void> {
  for (const { interview, seats } of await listInterviews(tx, session.workspaceId, application.id)) {
    const isOver = interview.status === "booked" && interview.endsAt <= session.now;
    if (interview.round !== round || !isOver) continue;
    const held: InterviewRow = { ...interview, status: "held", updatedAt: session.now };
    const memberIds = seats.map(({ memberId }) => memberId);
    await saveInterview(tx, held, memberIds);
    await session.record(tx, application.id, "interview.held", {
      ...interviewEvent(held),
      interviewers: memberIds,
    });
  }
}

/** The interview that is meant. Undefined where one that began then is not on record yet. */
function chosenFrom(
  ofRound: readonly InterviewWithSeats[],
  { round, interview: id }: OutcomeInput,
  startsAt: Date | undefined,
  now: Date,
): InterviewWithSeats | undefined {
  const begun = ofRound.filter(({ interview: i }) => i.status !== "cancelled" && i.startsAt <= now);
  if (id === undefined && startsAt) {
    const then = begun.find(({ interview: i }) => i.startsAt.getTime() === startsAt.getTime());
    const booked = ofRound.find(({ interview: i }) => i.status === "booked");
    if (!then && booked) throw alreadyBooked(booked);
    return then;
  }
  const named = id === undefined ? begun.at(-1) : ofRound.find(({ interview: i }) => i.id === id);
  if (!named && id !== undefined) throw notFound("interview", id, { do: "list_interviews" });
  if (!named) {
    const [ahead] = ofRound.filter(({ interview: i }) => i.status === "booked");
    if (ahead) throw notBegun("interview", ahead.interview.startsAt);
    const message = `round: no interview of ${round} is on record.`;
    throw new DomainError(
      "precondition_failed",
      message,
      "Give start, when it was, and interviewers, who was there.",
    );
  }
  const { status, startsAt: begins } = named.interview;
  if (status === "cancelled")
    throw new DomainError(
      "conflict",
      "interview: it was cancelled.",
      "Leave out interview and give start, if they met after all.",
    );
  if (begins > now) throw notBegun("interview", begins);
  if (startsAt && startsAt.getTime() !== begins.getTime())
    throw new DomainError(
      "conflict",
      `start: the interview began at ${begins.toISOString()}.`,
      "Leave out start.",
    );
  return named;
}

const notBegun = (field: string, begins: Date): DomainError =>
  new DomainError(
    "precondition_failed",
    `${field}: it begins at ${begins.toISOString()}, and what became of it is not known before.`,
    "Repeat the call once it has begun.",
  );

/** Whoever the call names, else whoever is on record, else the role's panel for the round. */
async function seatsOf(
  tx: Db,
  session: Session,
  record: ApplicationRecord,
  { round, interviewers }: OutcomeInput,
  current: InterviewWithSeats | undefined,
): Promise<Seats> {
  if (current && interviewers === undefined) return current.seats;
  const seats = await loadSeats(tx, session, record, round, interviewers);
  requireOnePerSeat(seats);
  return seats.flat().map(({ id: memberId, email, name }) => ({ memberId, email, name }));
}

const usualMinutes = (catalog: Catalog, { role }: ApplicationRecord, stage: Stage): number =>
  minutesOf(stage, catalog.forRole(role).interviews);

type Happened = {
  readonly startsAt: Date;
  readonly minutes: number;
  readonly now: Date;
  readonly by: string;
};

function outcomeOf(
  before: InterviewRow,
  { outcome, location, reason }: OutcomeInput,
  { startsAt, minutes, now, by }: Happened,
): InterviewRow {
  const why = reason?.trim();
  return {
    ...before,
    startsAt,
    endsAt: new Date(startsAt.getTime() + minutes * MINUTE),
    status: outcome,
    location: location ?? before.location,
    ...(why && { reason: why, changedBy: by }),
    updatedAt: now,
  };
}

const isSame = (before: InterviewRow, after: InterviewRow): boolean =>
  before.status === after.status &&
  before.endsAt.getTime() === after.endsAt.getTime() &&
  before.location === after.location &&
  before.reason === after.reason;

const emailsOf = (seats: Seats): string =>
  seats
    .map(({ email }) => email)
    .sort()
    .join(" ");
