import { uuidv7 } from "uuidv7";
import type { Invite } from "../../calendar/invite.ts";
import type { Catalog } from "../../catalog/load.ts";
import { DomainError } from "../../domain/errors.ts";
import { type Conflict, conflictsAt, requireNoConflict } from "../../domain/scheduling/conflicts.ts";
import { requireRound } from "../../domain/scheduling/interview.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import {
  type InterviewRow,
  type InterviewWithSeats,
  listInterviews,
  lockPeople,
  saveInterview,
} from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import { assignInterviewers } from "../panel/assign-interviewers.ts";
import type { Session } from "../session.ts";
import { timesOf } from "./attendees.ts";
import type { Calendars, Known } from "./calendars.ts";
import { requireActive } from "./find-interview-times.ts";
import {
  type InterviewView,
  inviteFor,
  type LocalTime,
  localTimes,
  viewInterview,
} from "./interview-views.ts";
import { type Plan, planOf, requireInterview, type ScheduleInput } from "./plan-booking.ts";

export type Scheduled = {
  readonly interview: InterviewView;
  readonly invite: Invite;
  readonly local_times: readonly LocalTime[];
  readonly conflicts: readonly Omit<Conflict, "weight">[];
  readonly note: string;
};

type Deps = { readonly catalog: Catalog; readonly calendars: Calendars };
export function createInterviews({ catalog, calendars }: Deps) {
  return {
    /**
     * Puts an interview on record, moves it, or cancels it, and writes the invitation that says so. Nobody is booked
     * twice: whoever schedules for the same people waits until this is done. The same call again changes nothing.
     * @throws DomainError for a time that cannot be, naming who cannot and why
     */
    async schedule(session: Session, input: ScheduleInput): Promise<Scheduled> {
      if (input.cancel) return session.write((tx) => cancel(tx, session, input));
      const plan = await session.read((db) => planOf(db, session, catalog, input));
      const known = await calendars.busyOf(session, plan.people);
      return session.write((tx) => save(tx, session, input, plan, known));
    },
  };
}

async function save(
  tx: Db,
  session: Session,
  input: ScheduleInput,
  plan: Plan,
  known: ReadonlyMap<string, Known>,
): Promise<Scheduled> {
  const { workspaceId, now, member } = session;
  const record = await loadApplicationForUpdate(tx, session, input.application);
  requireActive(record);
  const ids = plan.people.map((person) => person.id);
  await lockPeople(tx, workspaceId, record.candidate.id, ids);
  const all = await listInterviews(tx, workspaceId, record.application.id);
  const id = plan.before?.interview.id;
  const ofRound = all.filter(({ interview: i }) => i.round === input.round && i.status === "scheduled");
  const same = ofRound.find((one) => isSame(one, plan) && (id === undefined || one.interview.id === id));
  const current =
    id === undefined
      ? ofRound.find(({ interview: i }) => i.startsAt > now)
      : all.find(({ interview: i }) => i.id === id);
  const said = `${input.round} is already scheduled like this: nothing was changed.`;
  if (same) return answer(tx, session, record, same, [], said);
  if (id === undefined && current) throw alreadyScheduled(current);
  if (current && current.interview.sequence !== plan.before?.interview.sequence) throw changedMeanwhile();
  if (current && current.interview.startsAt <= now) throw hasBegun();
  if (plan.startsAt <= now) {
    const when = input.start ?? plan.startsAt.toISOString();
    throw new DomainError(
      "invalid",
      `start: ${when} is past.`,
      "find_interview_times proposes times to come.",
    );
  }
  const conflicts = await conflictsOf(tx, session, record, { plan, known, current });
  const override = input.override === true && requireReason(input.reason, "override");
  requireNoConflict(conflicts, override);
  const overridden = conflicts.filter((c) => c.weight === "override").map((c) => c.kind);
  const made: InterviewRow = {
    ...(current?.interview ?? newRow(record, input.round, session)),
    startsAt: plan.startsAt,
    endsAt: plan.endsAt,
    location: plan.location,
    sequence: current ? current.interview.sequence + 1 : 0,
    reason: overridden.length > 0 ? (input.reason ?? null) : null,
    changedBy: member.id,
    updatedAt: now,
  };
  await saveInterview(tx, made, ids);
  // Who holds the round owes its scorecard.
  await assignInterviewers(tx, session, record.application, input.round, ids);
  await session.record(tx, record.application.id, current ? "interview.change" : "interview.schedule", {
    ...eventOf(made),
    interviewers: ids,
    overridden,
  });
  const seats = plan.people.map(({ id: memberId, email, name }) => ({ memberId, email, name }));
  const done = current ? `${input.round} is moved or changed.` : `${input.round} is scheduled.`;
  return answer(tx, session, record, { interview: made, seats }, conflicts, done);
}

async function conflictsOf(
  tx: Db,
  session: Session,
  record: ApplicationRecord,
  {
    plan,
    known,
    current,
  }: { plan: Plan; known: ReadonlyMap<string, Known>; current: InterviewWithSeats | undefined },
): Promise<Conflict[]> {
  const time = { start: plan.startsAt.getTime(), end: plan.endsAt.getTime() };
  if (current && isSame(current, { ...plan, location: current.interview.location })) return [];
  const { people } = plan;
  const asked = { people, calendars: known, window: time, except: current?.interview.id };
  const times = await timesOf(tx, session, record, asked);
  const notes = [...known.entries()].flatMap(([id, { note }]): Conflict[] => {
    const email = people.find((person) => person.id === id)?.email ?? "";
    return note === undefined ? [] : [{ kind: "calendar", who: email, what: note, weight: "note" }];
  });
  const candidate = { ...times.candidate, ref: record.application.ref };
  return [...conflictsAt(time, [...times.people.values()], candidate), ...notes];
}

async function cancel(tx: Db, session: Session, input: ScheduleInput): Promise<Scheduled> {
  const { now } = session;
  const record = await loadApplicationForUpdate(tx, session, input.application);
  requireRound(record.role.stages, input.round);
  const reason = input.reason?.trim() ?? "";
  requireReason(reason, "cancel");
  const current = await requireInterview(tx, session, record, input);
  if (current.interview.status === "cancelled")
    return answer(
      tx,
      session,
      record,
      current,
      [],
      `${input.round} was cancelled already: nothing was changed.`,
    );
  if (current.interview.endsAt <= now)
    throw new DomainError(
      "precondition_failed",
      "interview: it is over and cannot be cancelled.",
      "add_document stores what happened.",
    );
  const { interview, seats } = current;
  const made = {
    ...interview,
    status: "cancelled" as const,
    sequence: interview.sequence + 1,
    reason,
    changedBy: session.member.id,
    updatedAt: now,
  };
  await saveInterview(
    tx,
    made,
    seats.map((seat) => seat.memberId),
  );
  await session.record(tx, record.application.id, "interview.cancel", eventOf(made));
  const done = `${input.round} is cancelled; nobody is told until you send them the invitation's cancellation.`;
  return answer(tx, session, record, { interview: made, seats }, [], done);
}

const newRow = (
  { application }: ApplicationRecord,
  round: string,
  { workspaceId, member, now }: Session,
): InterviewRow => {
  const id = uuidv7();
  return {
    workspaceId,
    id,
    applicationId: application.id,
    round,
    startsAt: now,
    endsAt: now,
    location: null,
    status: "scheduled",
    uid: `interview-${id}@greenflag`,
    sequence: 0,
    reason: null,
    scheduledBy: member.id,
    changedBy: member.id,
    createdAt: now,
    updatedAt: now,
  };
};

function isSame({ interview: i, seats }: InterviewWithSeats, plan: Omit<Plan, "before">): boolean {
  const sorted = (emails: readonly string[]) => [...emails].sort().join(" ");
  return (
    i.status === "scheduled" &&
    i.startsAt.getTime() === plan.startsAt.getTime() &&
    i.endsAt.getTime() === plan.endsAt.getTime() &&
    i.location === plan.location &&
    sorted(seats.map((s) => s.email)) === sorted(plan.people.map((p) => p.email))
  );
}

/** What the history keeps: ids, places and times, no person's words. */
const eventOf = ({ id, round, startsAt, endsAt, sequence }: InterviewRow) => ({
  interview: id,
  round,
  start: startsAt.toISOString(),
  end: endsAt.toISOString(),
  sequence,
});

async function answer(
  tx: Db,
  { workspaceId }: Session,
  record: ApplicationRecord,
  seated: InterviewWithSeats,
  conflicts: readonly Conflict[],
  note: string,
): Promise<Scheduled> {
  return {
    interview: viewInterview(seated, record.candidate.timezone),
    invite: await inviteFor(tx, workspaceId, record, seated),
    local_times: await localTimes(tx, workspaceId, record, seated),
    conflicts: conflicts.map(({ kind, who, what }) => ({ kind, who, what })),
    note,
  };
}

function requireReason(reason: string | undefined, argument: string): true {
  if (reason !== undefined && reason.trim() !== "") return true;
  throw new DomainError(
    "invalid",
    `reason: missing. ${argument} takes one.`,
    "Repeat the call with a reason in a sentence.",
  );
}

const alreadyScheduled = ({ interview: i }: InterviewWithSeats): DomainError =>
  new DomainError(
    "conflict",
    `round: ${i.round} is scheduled for ${i.startsAt.toISOString()} already (interview ${i.id}).`,
    `To change it, repeat the call with interview: ${JSON.stringify(i.id)}; to call it off, with cancel: true.`,
  );

const hasBegun = (): DomainError =>
  new DomainError(
    "precondition_failed",
    "interview: it has begun and stays as it was.",
    "Leave out interview to schedule another of the round.",
  );

const changedMeanwhile = (): DomainError =>
  new DomainError(
    "conflict",
    "interview: somebody changed it meanwhile.",
    "Look at it with get_candidate, then repeat.",
  );
