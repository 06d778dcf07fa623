import type { Catalog } from "../../catalog/load.ts";
import { DAY } from "../../domain/days.ts";
import { DomainError, notFound } from "../../domain/errors.ts";
import { MINUTE } from "../../domain/scheduling/interval.ts";
import { minutesOf, requireRound } from "../../domain/scheduling/interview.ts";
import { parseMoment } from "../../domain/scheduling/wall-clock.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import {
  type InterviewRow,
  type InterviewWithSeats,
  listInterviews,
} from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { loadApplication } from "../load-application.ts";
import type { Session } from "../session.ts";
import { type Attendee, ownZone, seatsOf } from "./attendees.ts";
import { requireActive } from "./find-interview-times.ts";

export type ScheduleInput = {
  readonly application: string;
  readonly round: string;
  readonly interviewers?: readonly string[] | undefined;
  readonly start?: string | undefined;
  readonly minutes?: number | undefined;
  readonly location?: string | undefined;
  /** The interview that is to be changed or cancelled; without it a new one is made. */
  readonly interview?: string | undefined;
  readonly cancel?: boolean | undefined;
  readonly override?: boolean | undefined;
  readonly reason?: string | undefined;
};

/** What is to be, settled before anything is locked. */
export type Plan = {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly location: string | null;
  readonly people: readonly Attendee[];
  /** The interview that is changed, as it was when the plan was made. */
  readonly before?: InterviewWithSeats;
};

const FURTHEST_DAYS = 365;

/** Settles what an interview is to be, from the call, the interview that it changes, the panel and the kit. */
export async function planOf(
  db: Db,
  session: Session,
  catalog: Catalog,
  input: ScheduleInput,
): Promise<Plan> {
  const record = await loadApplication(db, session, input.application);
  const stage = requireRound(record.role.stages, input.round);
  requireActive(record);
  const before =
    input.interview === undefined ? undefined : await requireInterview(db, session, record, input);
  const old = before?.interview;
  const startsAt = startOf(input, session, old, await ownZone(db, session));
  const minutes =
    input.minutes ??
    (old
      ? (old.endsAt.getTime() - old.startsAt.getTime()) / MINUTE
      : minutesOf(stage, catalog.get(record.role.template).interviews));
  const named = input.interviewers ?? before?.seats.map((seat) => seat.email);
  const seats = await seatsOf(db, session, record, stage.id, named);
  const undecided = seats.find((seat) => seat.length > 1);
  if (undecided) {
    const who = undecided.map((person) => person.email).join(" or ");
    throw new DomainError("invalid", `interviewers: ${who}?`, "Name the one who comes.");
  }
  return {
    startsAt,
    endsAt: new Date(startsAt.getTime() + minutes * MINUTE),
    location: input.location ?? old?.location ?? null,
    people: seats.flat(),
    ...(before ? { before } : {}),
  };
}

function startOf(
  { start }: ScheduleInput,
  { now }: Session,
  old: InterviewRow | undefined,
  zone: string | undefined,
): Date {
  if (start === undefined && old === undefined)
    throw new DomainError("invalid", "start: missing.", "find_interview_times proposes times.");
  const at =
    start === undefined
      ? (old as InterviewRow).startsAt.getTime()
      : parseMoment(start, { field: "start", zone });
  if (at % MINUTE !== 0) throw new DomainError("invalid", "start: has seconds.", "Give a whole minute.");
  if (at > now.getTime() + FURTHEST_DAYS * DAY)
    throw new DomainError("invalid", "start: more than a year ahead.", "Check the year.");
  return new Date(at);
}

/** The interview that is named, else the newest of the round. */
export async function requireInterview(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  input: ScheduleInput,
): Promise<InterviewWithSeats> {
  const all = await listInterviews(db, session.workspaceId, record.application.id);
  const ofRound = all.filter(({ interview }) => interview.round === input.round);
  const named = ofRound.find(({ interview }) => interview.id === input.interview);
  const chosen =
    input.interview === undefined
      ? (ofRound.find(({ interview: i }) => i.status === "scheduled" && i.endsAt > session.now) ??
        ofRound.at(-1))
      : named;
  if (!chosen) {
    const hint = "get_candidate with include: interviews lists them.";
    if (input.interview !== undefined) throw notFound("interview", input.interview, hint);
    throw new DomainError(
      "precondition_failed",
      `round: no interview is scheduled for ${input.round}.`,
      hint,
    );
  }
  if (!input.cancel && chosen.interview.status === "cancelled") {
    const hint = "Leave out interview to schedule a new one.";
    throw new DomainError("conflict", "interview: it was cancelled.", hint);
  }
  return chosen;
}
