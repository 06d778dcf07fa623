import { DAYS_AHEAD } from "../../calendar/read.ts";
import type { Catalog } from "../../catalog/load.ts";
import { DAY } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import { parseHours } from "../../domain/scheduling/hours.ts";
import { type Interval, MINUTE } from "../../domain/scheduling/interval.ts";
import { loopRounds, minutesOf, requireRound } from "../../domain/scheduling/interview.ts";
import { type LoopRound, planLoop } from "../../domain/scheduling/loop.ts";
import type { Interviewer } from "../../domain/scheduling/parties.ts";
import { findSlots, slotCursor, slotsAfter } from "../../domain/scheduling/slots.ts";
import { isoIn, localTime, parseMoment } from "../../domain/scheduling/wall-clock.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listInterviews } from "../../store/scheduling/interviews.ts";
import { loadApplication } from "../load-application.ts";
import type { Session } from "../session.ts";
import { type Attendee, ownZone, seatsOf, type Times, timesOf } from "./attendees.ts";
import type { Calendars } from "./calendars.ts";

export type FindTimes = {
  readonly application: string;
  /** A round of the role, or `loop` for all that are left, in order. */
  readonly round: string;
  readonly interviewers?: readonly string[] | undefined;
  readonly from: string;
  readonly to: string;
  readonly minutes?: number | undefined;
  readonly candidate_hours?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

type SlotView = {
  readonly round: string;
  readonly start: string;
  readonly end: string;
  readonly interviewers: readonly { email: string; local: string }[];
  readonly candidate_local: string | null;
  readonly reasonable: boolean;
  /** Which of the proposals for a whole loop it belongs to. */
  readonly plan?: number;
};
export type FoundTimes = {
  readonly slots: readonly SlotView[];
  readonly total: number;
  readonly next_cursor: string | null;
  readonly notes: readonly string[];
};

const LOOP = "loop";
const PAGE = 20;
const LONGEST_DAYS = 62;

type Deps = { readonly catalog: Catalog; readonly calendars: Calendars };
type Wanted = {
  readonly round: string;
  readonly minutes: number;
  readonly seats: Attendee[][];
  readonly scheduled?: Interval;
};

export function createInterviewTimes({ catalog, calendars }: Deps) {
  return {
    /**
     * Times at which everybody can, best first; for `loop`, plans that hold every round that is left in order.
     * @throws DomainError naming the argument, or whose hours are not on record
     */
    async find(session: Session, input: FindTimes): Promise<FoundTimes> {
      const stated =
        input.candidate_hours === undefined
          ? undefined
          : parseHours(input.candidate_hours, "candidate_hours");
      const {
        found: record,
        wanted,
        own,
      } = await session.read(async (db) => {
        const record = await loadApplication(db, session, input.application);
        requireActive(record);
        const booked = await listInterviews(db, session.workspaceId, record.application.id);
        const wanted: Wanted[] = [];
        for (const one of roundsFor(record, catalog, input)) {
          const held = booked.find(
            ({ interview: i }) => i.round === one.round && i.status === "scheduled" && i.endsAt > session.now,
          );
          const scheduled =
            held && input.round === LOOP
              ? { start: held.interview.startsAt.getTime(), end: held.interview.endsAt.getTime() }
              : undefined;
          const seats = scheduled ? [] : await seatsOf(db, session, record, one.round, input.interviewers);
          wanted.push({ ...one, seats, ...(scheduled ? { scheduled } : {}) });
        }
        return { found: record, wanted, own: await ownZone(db, session) };
      });
      const people = [...new Map(wanted.flatMap((w) => w.seats.flat()).map((p) => [p.id, p])).values()];
      requireKnown(people);
      const candidateZone = stated?.timezone ?? record.candidate.timezone ?? undefined;
      requireCandidateZone(stated !== undefined, candidateZone, record);
      const zone = own ?? candidateZone ?? people[0]?.row?.timezone ?? "UTC";
      const window = windowOf(input, session, zone);
      const known = await calendars.busyOf(session, people);
      const times = await session.read((db) =>
        timesOf(db, session, record, { people, calendars: known, window, candidateHours: stated }),
      );
      const notes = [...known.values()].flatMap(({ note }) => note ?? []);
      if (candidateZone === undefined)
        notes.push(
          "The candidate's time zone is not on record: put it into candidate_hours to see their clock.",
        );
      return input.round === LOOP
        ? loopAnswer({ wanted, times, window, zone, notes })
        : roundAnswer(input, { wanted, times, window, zone, notes });
    },
  };
}

type Gathered = {
  readonly wanted: readonly Wanted[];
  readonly times: Times;
  readonly window: Interval;
  readonly zone: string;
  readonly notes: readonly string[];
};

function roundAnswer(input: FindTimes, { wanted, times, window, zone, notes }: Gathered): FoundTimes {
  const [only] = wanted;
  if (!only) return { slots: [], total: 0, next_cursor: null, notes };
  const { round, minutes } = only;
  const slots = findSlots({
    window,
    minutes,
    seats: knownSeats(only, times),
    candidate: times.candidate,
    zone,
  });
  const left = input.cursor === undefined ? slots : slotsAfter(slots, input.cursor);
  const page = left.slice(0, input.limit ?? PAGE);
  const last = page.at(-1);
  const more = left.length > page.length && last !== undefined;
  const none =
    slots.length === 0 ? ["Nobody's time fits: widen from and to, shorten minutes, or name others."] : [];
  return {
    slots: page.map((slot) => viewSlot({ ...slot, round }, times, zone)),
    total: slots.length,
    next_cursor: more ? slotCursor(last) : null,
    notes: [...notes, ...none],
  };
}

function loopAnswer({ wanted, times, window, zone, notes }: Gathered): FoundTimes {
  const rounds = wanted.map(
    ({ round, minutes, scheduled, ...seats }): LoopRound => ({
      round,
      minutes,
      seats: knownSeats(seats, times),
      ...(scheduled ? { scheduled } : {}),
    }),
  );
  const { plans, stuck } = planLoop({ window, rounds, candidate: times.candidate, zone });
  const slots = plans.flatMap((plan, n) => plan.map((p) => ({ ...viewSlot(p, times, zone), plan: n + 1 })));
  const said = [
    ...wanted.filter((w) => w.scheduled).map((w) => `${w.round} is scheduled already and left as it is.`),
    ...(stuck === undefined
      ? []
      : [`No time is left for ${stuck} inside the window: widen it, or name others.`]),
  ];
  return { slots, total: slots.length, next_cursor: null, notes: [...notes, ...said] };
}

const knownSeats = ({ seats }: Pick<Wanted, "seats">, { people }: Times): Interviewer[][] =>
  seats.map((seat) => seat.map(({ email }) => people.get(email) as Interviewer));

function viewSlot(
  slot: Interval & { round: string; interviewers: readonly string[]; reasonable: boolean },
  { people, candidate }: Times,
  zone: string,
): SlotView {
  const shown = candidate.timezone ?? zone;
  return {
    round: slot.round,
    start: isoIn(slot.start, shown),
    end: isoIn(slot.end, shown),
    interviewers: slot.interviewers.map((email) => ({
      email,
      local: localTime(slot.start, (people.get(email) as Interviewer).timezone),
    })),
    candidate_local: candidate.timezone === null ? null : localTime(slot.start, candidate.timezone),
    reasonable: slot.reasonable,
  };
}

function roundsFor({ role, application }: ApplicationRecord, catalog: Catalog, input: FindTimes) {
  const kits = catalog.get(role.template).interviews;
  if (input.round !== LOOP) {
    const stage = requireRound(role.stages, input.round, [LOOP]);
    return [{ round: stage.id, minutes: input.minutes ?? minutesOf(stage, kits) }];
  }
  if (input.minutes !== undefined)
    throw new DomainError(
      "invalid",
      "minutes: the rounds of the loop have lengths of their own.",
      "Leave it out.",
    );
  return loopRounds(role.stages, application.stage).map((s) => ({
    round: s.id,
    minutes: minutesOf(s, kits),
  }));
}

function windowOf({ from, to }: FindTimes, { now }: Session, zone: string): Interval {
  const start = Math.max(parseMoment(from, { field: "from", zone, day: "start" }), now.getTime() + MINUTE);
  const end = parseMoment(to, { field: "to", zone, day: "end" });
  if (end <= now.getTime()) throw new DomainError("invalid", `to: ${to} is past.`, "Look for times to come.");
  if (end <= start) throw new DomainError("invalid", "to: not after from.", "Give from and to in order.");
  if (end - start > LONGEST_DAYS * DAY || end > now.getTime() + DAYS_AHEAD * DAY) {
    const most = `At most ${LONGEST_DAYS} days in one call, and ${DAYS_AHEAD} days ahead.`;
    throw new DomainError("invalid", "to: too far away.", most);
  }
  return { start, end };
}

function requireKnown(people: readonly Attendee[]): void {
  const missing = people.filter((person) => !person.row).map((person) => person.email);
  if (missing.length === 0) return;
  throw new DomainError(
    "precondition_failed",
    `interviewers: nothing is on record about when ${missing.join(", ")} can.`,
    `At a terminal: greenflag member availability ${missing[0]} --timezone Europe/Berlin --hours "mon-fri 09:00-17:00".`,
  );
}

function requireCandidateZone(
  stated: boolean,
  zone: string | undefined,
  { application }: ApplicationRecord,
): void {
  if (!stated || zone !== undefined) return;
  throw new DomainError(
    "invalid",
    `candidate_hours: whose clock? ${application.ref} has no time zone on record.`,
    "Put the zone in front: Europe/Lisbon mon-fri 17:00-20:00.",
  );
}

/** @throws DomainError `precondition_failed` for an application that has ended */
export function requireActive({ application }: ApplicationRecord): void {
  if (application.status === "active") return;
  throw new DomainError(
    "precondition_failed",
    `application: ${application.ref} is ${application.status}; there is nothing to schedule.`,
    "undo_move takes the last move back.",
  );
}
