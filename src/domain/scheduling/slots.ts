import { DomainError } from "../errors.ts";
import {
  type CandidateTime,
  candidateFreeTime,
  comfortableTime,
  freeTime,
  type Interviewer,
} from "./availability.ts";
import { dayStarts } from "./hours.ts";
import { holds, type Interval, intersect, MINUTE, merge } from "./interval.ts";
import { weekOf } from "./wall-clock.ts";

/** Interviews start on the quarter of an hour. */
const STEP_MS = 15 * MINUTE;
/** How many times of one day are offered before times of the next day. */
const SLOTS_PER_WAVE = 3;
/** The least distance between the first offered starts of a day. */
const MIN_SPACING_MS = 120 * MINUTE;
/** From this many interviews on a day, an interviewer's times on that day are offered later. */
const INTERVIEWS_ON_A_FULL_DAY = 2;
/** Added to the wave of times that are early or late for the candidate, so that they come last. */
const UNREASONABLE_WAVE = 10_000;

export type SlotRequest = {
  readonly window: Interval;
  readonly minutes: number;
  /** Each seat lists people of whom one has to be there. */
  readonly seats: readonly (readonly Interviewer[])[];
  readonly candidate: CandidateTime;
  /** The time zone by which days are separated. */
  readonly zone: string;
};

export type PossibleSlot = Interval & {
  readonly interviewers: readonly string[];
  /** False when the time is early or late for the candidate. */
  readonly reasonable: boolean;
};

/** A possible time with its rank. A lower wave is offered first. */
export type Slot = PossibleSlot & { readonly wave: number };

/**
 * Every time at which the interview could be held, best first. Early days come first, with a few times of each day
 * before more times of the same day. Last come times that are early or late for the candidate. Days on which an
 * interviewer holds several interviews come later.
 */
export function findSlots(request: SlotRequest): Slot[] {
  const days = dayStarts(request.zone, request.window);
  const byDay = new Map<number, PossibleSlot[]>();
  let day = 0;
  for (const slot of possibleSlots(request)) {
    while ((days[day + 1] ?? Number.POSITIVE_INFINITY) <= slot.start) day += 1;
    byDay.set(day, [...(byDay.get(day) ?? []), slot]);
  }
  const people = request.seats.flat();
  const ranked = [...byDay].flatMap(([index, slots]) => {
    const today = { start: days[index] ?? 0, end: days[index + 1] ?? Number.POSITIVE_INFINITY };
    const fullOnTheDay = new Set(
      people
        .filter((p) => p.interviews.filter((i) => holds([today], i)).length >= INTERVIEWS_ON_A_FULL_DAY)
        .map((p) => p.email),
    );
    return rankDay(slots, fullOnTheDay);
  });
  return ranked.sort((a, b) => a.wave - b.wave || a.start - b.start);
}

function rankDay(slots: readonly PossibleSlot[], fullOnTheDay: ReadonlySet<string>): Slot[] {
  const good = slots.filter((slot) => slot.reasonable);
  const spaced: PossibleSlot[] = [];
  for (const slot of good) {
    const last = spaced.at(-1);
    if (!last || slot.start >= Math.max(last.end, last.start + MIN_SPACING_MS)) spaced.push(slot);
  }
  const first = new Set(spaced);
  const ordered = [...spaced, ...good.filter((slot) => !first.has(slot))];
  const late = slots.filter((slot) => !slot.reasonable);
  const wave = (slot: PossibleSlot, place: number) =>
    Math.floor(place / SLOTS_PER_WAVE) + (slot.interviewers.some((email) => fullOnTheDay.has(email)) ? 1 : 0);
  return [
    ...ordered.map((slot, place) => ({ ...slot, wave: wave(slot, place) })),
    ...late.map((slot, place) => ({ ...slot, wave: UNREASONABLE_WAVE + wave(slot, place) })),
  ];
}

/**
 * Every possible time in order, with its interviewers. If several people could take a seat, the one with the fewest
 * interviews that week takes it.
 */
export function possibleSlots({ window, minutes, seats, candidate }: SlotRequest): PossibleSlot[] {
  const people = new Map(seats.flat().map((person) => [person.email, person]));
  const free = new Map([...people].map(([email, person]) => [email, freeTime(person, window)]));
  let open = candidateFreeTime(candidate, window);
  for (const seat of seats) {
    const any = merge(seat.flatMap(({ email }) => free.get(email) ?? []));
    open = intersect(open, any);
  }
  const comfortable = comfortableTime(candidate, window);
  const load = loadInWeek(people, window);
  const narrowFirst = [...seats].sort((a, b) => a.length - b.length);
  const slots: PossibleSlot[] = [];
  for (const stretch of open) {
    for (let start = Math.ceil(stretch.start / STEP_MS) * STEP_MS; ; start += STEP_MS) {
      const time = { start, end: start + minutes * MINUTE };
      if (time.end > stretch.end) break;
      const interviewers = chooseInterviewers(narrowFirst, time, free, load);
      if (interviewers) slots.push({ ...time, interviewers, reasonable: holds(comfortable, time) });
    }
  }
  return slots;
}

/** How many interviews somebody holds in the week that contains a moment. */
type Load = (email: string, at: number) => number;

/** One free person for each seat. Undefined when a seat cannot be filled. */
function chooseInterviewers(
  seats: readonly (readonly Interviewer[])[],
  time: Interval,
  free: ReadonlyMap<string, readonly Interval[]>,
  load: Load,
): string[] | undefined {
  const chosen: string[] = [];
  for (const seat of seats) {
    let best: string | undefined;
    for (const { email } of seat) {
      if (chosen.includes(email) || !holds(free.get(email) ?? [], time)) continue;
      if (best === undefined || load(email, time.start) < load(best, time.start)) best = email;
    }
    if (best === undefined) return undefined;
    chosen.push(best);
  }
  return chosen;
}

function loadInWeek(people: ReadonlyMap<string, Interviewer>, window: Interval): Load {
  const byPerson = new Map(
    [...people.values()]
      .filter(({ interviews }) => interviews.length > 0)
      .map(({ email, timezone, interviews }) => {
        const weeks: { end: number; count: number }[] = [];
        for (let at = window.start; at < window.end; at = weeks.at(-1)?.end ?? window.end) {
          const week = weekOf(at, timezone);
          const count = interviews.filter((i) => i.start >= week.start && i.start < week.end).length;
          weeks.push({ end: week.end, count });
        }
        return [email, weeks];
      }),
  );
  return (email, at) => byPerson.get(email)?.find((week) => at < week.end)?.count ?? 0;
}

/** The cursor of a slot, for the next page. */
export const slotCursor = ({ wave, start }: Slot): string =>
  Buffer.from(`${wave}.${start / MINUTE}`).toString("base64url");

/** Slots after a cursor. @throws DomainError `invalid` for a cursor that this server did not make. */
export function slotsAfter<S extends Slot>(slots: readonly S[], cursor: string): S[] {
  const [, wave, minute] = /^(\d{1,6})\.(\d{1,10})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (wave === undefined) {
    const hint = "Pass next_cursor from the last page, or leave it out to start over.";
    throw new DomainError("invalid", "cursor: not one of ours.", hint);
  }
  const last = { wave: Number(wave), start: Number(minute) * MINUTE };
  return slots.filter(
    (slot) => slot.wave > last.wave || (slot.wave === last.wave && slot.start > last.start),
  );
}
