import { CALENDAR_DAYS_AHEAD } from "../../calendar/read.ts";
import type { Catalog } from "../../catalog/load.ts";
import { may, RUN } from "../../domain/access.ts";
import { DAY } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Interviewer } from "../../domain/scheduling/availability.ts";
import type { CalendarGap } from "../../domain/scheduling/conflict.ts";
import { parseHours } from "../../domain/scheduling/hours.ts";
import { type Interval, MINUTE } from "../../domain/scheduling/interval.ts";
import { loopRounds, minutesOf, requireActive, requireRound } from "../../domain/scheduling/interview.ts";
import { planLoop } from "../../domain/scheduling/loop.ts";
import { findSlots, type PossibleSlot, slotCursor, slotsAfter } from "../../domain/scheduling/slots.ts";
import { isoIn, localTime, parseMoment } from "../../domain/scheduling/wall-clock.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { type InterviewWithSeats, listInterviews } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { loadStanding } from "../load-application.ts";
import type { Session } from "../session.ts";
import { type Attendee, type AttendeeTimes, loadSeats, loadTimes, ownTimezone } from "./attendees.ts";
import type { Calendars } from "./calendars.ts";
import { type KeptZone, keepZone } from "./candidate-zone.ts";

export type FindTimesInput = {
  readonly application: string;
  /** A round of the role, or `loop` for all remaining rounds in order. */
  readonly round: string;
  readonly interviewers?: readonly string[] | undefined;
  readonly from: string;
  readonly to: string;
  readonly minutes?: number | undefined;
  readonly candidate_hours?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

type ProposedTime = {
  readonly round: string;
  readonly start: string;
  readonly end: string;
  readonly interviewers: readonly { readonly email: string; readonly local: string }[];
  readonly candidate_local: string | null;
  /** False when the time is early or late for the candidate. */
  readonly reasonable: boolean;
  /** The number of the plan that it belongs to, for a whole loop. */
  readonly plan?: number;
};

/** A note on the proposed times. */
export type TimesNote =
  | { readonly kind: "calendar"; readonly who: string; readonly calendar: CalendarGap }
  | { readonly kind: "candidate_zone_unknown" | "nobody_fits" }
  | { readonly kind: "already_scheduled" | "no_time_left"; readonly round: string };

export type ProposedTimes = KeptZone & {
  readonly slots: readonly ProposedTime[];
  readonly total: number;
  readonly next_cursor: string | null;
  readonly notes: readonly TimesNote[];
};

const LOOP = "loop";
const DEFAULT_LIMIT = 20;
const MAX_WINDOW_DAYS = 62;

/** A round to plan, with the people who may hold it. `scheduled` is its time, if it already has one. */
type OpenRound = {
  readonly round: string;
  readonly minutes: number;
  readonly seats: readonly (readonly Attendee[])[];
  readonly scheduled?: Interval;
};

/** The input for computing proposals. */
type Facts = {
  readonly rounds: readonly OpenRound[];
  readonly times: AttendeeTimes;
  readonly window: Interval;
  /** The time zone by which days are separated. */
  readonly zone: string;
};

type Deps = { readonly catalog: Catalog; readonly calendars: Calendars };

export function createInterviewTimes({ catalog, calendars }: Deps) {
  return {
    /**
     * Times at which everybody is free, best first. For `loop`, plans with all remaining rounds in order. The time zone of
     * `candidate_hours` is kept as the candidate's where none is on record and the member may run the pipeline.
     * @throws DomainError naming the argument, or the member without hours on record
     */
    async find(session: Session, input: FindTimesInput): Promise<ProposedTimes> {
      const { candidate_hours } = input;
      const candidateHours =
        candidate_hours === undefined ? undefined : parseHours(candidate_hours, "candidate_hours");
      const { record, rounds, timezone } = await session.read((db) => load(db, session, catalog, input));
      const interviewers = distinctPeople(rounds);
      requireHours(interviewers);
      const candidateZone = candidateHours?.timezone ?? record.candidate.timezone ?? undefined;
      if (candidateHours !== undefined) requireCandidateZone(candidateZone, record);
      const zone = timezone ?? candidateZone ?? interviewers[0]?.availability?.timezone ?? "UTC";
      const window = windowOf(input, session, zone);
      const busy = await calendars.busyOf(session, interviewers);
      const query = { interviewers, calendars: busy, window, candidateHours };
      const times = await session.read((db) => loadTimes(db, session, record, query));
      const facts = { rounds, times, window, zone };
      const proposed = input.round === LOOP ? proposeLoop(facts) : proposeRound(facts, input);
      const gaps = [...busy.values()].flatMap(({ email, gap }): TimesNote[] =>
        gap === undefined ? [] : [{ kind: "calendar", who: email, calendar: gap }],
      );
      const zoneNotes: TimesNote[] = candidateZone === undefined ? [{ kind: "candidate_zone_unknown" }] : [];
      const notes = [...gaps, ...zoneNotes, ...proposed.notes];
      const said = may(session.member, RUN) ? candidateHours?.timezone : undefined;
      if (said === undefined) return { ...proposed, notes };
      const stated = { application: input.application, zone: said };
      return { ...proposed, notes, ...(await session.write((tx) => keepZone(tx, session, stated))) };
    },
  };
}

async function load(db: Db, session: Session, catalog: Catalog, input: FindTimesInput) {
  const record = await loadStanding(db, session, input.application);
  requireActive(record.application);
  const interviews = await listInterviews(db, session.workspaceId, record.application.id);
  const rounds: OpenRound[] = [];
  for (const { round, minutes } of roundsAsked(record, catalog, input)) {
    const scheduled = input.round === LOOP ? scheduledTime(interviews, round, session.now) : undefined;
    rounds.push(
      scheduled
        ? { round, minutes, seats: [], scheduled }
        : { round, minutes, seats: await loadSeats(db, session, record, round, input.interviewers) },
    );
  }
  return { record, rounds, timezone: await ownTimezone(db, session) };
}

/** The time of a round's interview that is not over. */
function scheduledTime(
  interviews: readonly InterviewWithSeats[],
  round: string,
  now: Date,
): Interval | undefined {
  const ahead = interviews.find(
    ({ interview: i }) => i.round === round && i.status === "booked" && i.endsAt > now,
  );
  return ahead && { start: ahead.interview.startsAt.getTime(), end: ahead.interview.endsAt.getTime() };
}

const distinctPeople = (rounds: readonly OpenRound[]): Attendee[] => [
  ...new Map(rounds.flatMap(({ seats }) => seats.flat()).map((person) => [person.id, person])).values(),
];

function proposeRound({ rounds, times, window, zone }: Facts, input: FindTimesInput): ProposedTimes {
  const slots = rounds.flatMap(({ round, minutes, seats }) =>
    findSlots({ window, minutes, seats: withHours(seats, times), candidate: times.candidate, zone }).map(
      (slot) => ({ ...slot, round }),
    ),
  );
  const left = input.cursor === undefined ? slots : slotsAfter(slots, input.cursor);
  const page = left.slice(0, input.limit ?? DEFAULT_LIMIT);
  const last = page.at(-1);
  return {
    slots: page.map((slot) => proposedTime(slot, times, zone)),
    total: slots.length,
    next_cursor: last !== undefined && left.length > page.length ? slotCursor(last) : null,
    notes: slots.length === 0 ? [{ kind: "nobody_fits" }] : [],
  };
}

function proposeLoop({ rounds, times, window, zone }: Facts): ProposedTimes {
  const loop = rounds.map((round) => ({ ...round, seats: withHours(round.seats, times) }));
  const { plans, stuck } = planLoop({ window, rounds: loop, candidate: times.candidate, zone });
  const slots = plans.flatMap((plan, index) =>
    plan.map((slot) => ({ ...proposedTime(slot, times, zone), plan: index + 1 })),
  );
  const notes: TimesNote[] = rounds.flatMap(({ round, scheduled }) =>
    scheduled ? { kind: "already_scheduled" as const, round } : [],
  );
  if (stuck !== undefined) notes.push({ kind: "no_time_left", round: stuck });
  return { slots, total: slots.length, next_cursor: null, notes };
}

/** The seats with everybody's times. `requireHours` has checked that none is missing. */
const withHours = (
  seats: readonly (readonly Attendee[])[],
  { interviewers }: AttendeeTimes,
): Interviewer[][] =>
  seats.map((seat) =>
    seat.flatMap(({ email }) => {
      const person = interviewers.get(email);
      return person && "hours" in person ? person : [];
    }),
  );

function proposedTime(
  { round, start, end, interviewers, reasonable }: PossibleSlot & { readonly round: string },
  times: AttendeeTimes,
  zone: string,
): ProposedTime {
  const candidateZone = times.candidate.timezone;
  const shownIn = candidateZone ?? zone;
  return {
    round,
    start: isoIn(start, shownIn),
    end: isoIn(end, shownIn),
    interviewers: interviewers.flatMap((email) => {
      const person = times.interviewers.get(email);
      return person && "hours" in person ? { email, local: localTime(start, person.timezone) } : [];
    }),
    candidate_local: candidateZone === null ? null : localTime(start, candidateZone),
    reasonable,
  };
}

function roundsAsked({ role, application }: ApplicationRecord, catalog: Catalog, input: FindTimesInput) {
  const kits = catalog.forRole(role).interviews;
  if (input.round !== LOOP) {
    const stage = requireRound(role.stages, input.round, [LOOP]);
    return [{ round: stage.id, minutes: input.minutes ?? minutesOf(stage, kits) }];
  }
  if (input.minutes !== undefined) {
    const message = "minutes: the rounds of the loop have lengths of their own.";
    throw new DomainError("invalid", message, "Leave it out.");
  }
  return loopRounds(role.stages, application.stage).map((stage) => ({
    round: stage.id,
    minutes: minutesOf(stage, kits),
  }));
}

function windowOf({ from, to }: FindTimesInput, { now }: Session, zone: string): Interval {
  const start = Math.max(parseMoment(from, { field: "from", zone, day: "start" }), now.getTime() + MINUTE);
  const end = parseMoment(to, { field: "to", zone, day: "end" });
  if (end <= now.getTime()) throw new DomainError("invalid", `to: ${to} is past.`, "Look for times to come.");
  if (end <= start) throw new DomainError("invalid", "to: not after from.", "Give from and to in order.");
  if (end - start > MAX_WINDOW_DAYS * DAY || end > now.getTime() + CALENDAR_DAYS_AHEAD * DAY) {
    const hint = `At most ${MAX_WINDOW_DAYS} days in one call, and ${CALENDAR_DAYS_AHEAD} days ahead.`;
    throw new DomainError("invalid", "to: too far away.", hint);
  }
  return { start, end };
}

function requireHours(interviewers: readonly Attendee[]): void {
  const missing = interviewers.filter((person) => !person.availability).map((person) => person.email);
  const [member] = missing;
  if (member === undefined) return;
  const what = `interviewers: nothing is on record about when ${missing.join(", ")} can.`;
  throw new DomainError("precondition_failed", what, { do: "set_hours", member });
}

function requireCandidateZone(zone: string | undefined, { application }: ApplicationRecord): void {
  if (zone !== undefined) return;
  throw new DomainError(
    "invalid",
    `candidate_hours: whose clock? ${application.ref} has no time zone on record.`,
    "Put the zone in front: Europe/Lisbon mon-fri 17:00-20:00.",
  );
}
