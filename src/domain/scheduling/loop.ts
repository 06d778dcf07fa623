import { dayStarts } from "./hours.ts";
import { type Interval, MINUTE } from "./interval.ts";
import type { CandidateTime, Interviewer } from "./parties.ts";
import { possibleSlots, type Slot } from "./slots.ts";
import { weekOf } from "./wall-clock.ts";

/** Minutes between two rounds, at least. */
const BREAK = 15;
/** Rounds that a candidate sits through on one day, at most. */
const ROUNDS_A_DAY = 2;
const PLANS = 3;

export type LoopRound = {
  readonly round: string;
  readonly minutes: number;
  readonly seats: readonly (readonly Interviewer[])[];
  /** When it is scheduled already: later rounds then come after it. */
  readonly scheduled?: Interval;
};

export type LoopRequest = {
  readonly window: Interval;
  readonly rounds: readonly LoopRound[];
  readonly candidate: CandidateTime;
  readonly zone: string;
};

type PlannedRound = Omit<Slot, "wave"> & { readonly round: string };
type Plan = readonly PlannedRound[];
/** The plans, soonest first, or the round for which no time is left. */
export type Loop = { readonly plans: readonly Plan[]; readonly stuck?: string };

/**
 * Rounds in their order inside one window: each after the one before and a break, at most two a day, within everybody's
 * weekly limit counting what the plan itself adds, at hours that are reasonable for the candidate where there are any.
 * Several plans, each beginning on a day of its own.
 */
export function planLoop(request: LoopRequest): Loop {
  const open = request.rounds.filter((round) => round.scheduled === undefined);
  const slots = new Map(
    open.map((round) => {
      const found = possibleSlots({ ...request, minutes: round.minutes, seats: round.seats });
      return [round.round, found.sort((a, b) => a.start - b.start)];
    }),
  );
  const days = dayStarts(request.zone, request.window);
  const plans: Plan[] = [];
  let stuck: string | undefined;
  for (let from = request.window.start; plans.length < PLANS; ) {
    const made = place(request, slots, days, from);
    if (typeof made === "string") {
      stuck ??= made;
      break;
    }
    const [first] = made;
    if (!first) break;
    plans.push(made);
    from = days.find((day) => day > first.start) ?? Number.POSITIVE_INFINITY;
    if (from >= request.window.end) break;
  }
  return { plans, ...(plans.length === 0 && stuck !== undefined ? { stuck } : {}) };
}

function place(
  { rounds }: LoopRequest,
  slots: ReadonlyMap<string, readonly Omit<Slot, "wave">[]>,
  days: readonly number[],
  from: number,
): PlannedRound[] | string {
  const planned: PlannedRound[] = [];
  const taken: Interval[] = rounds.flatMap((round) => round.scheduled ?? []);
  const people = new Map(rounds.flatMap((round) => round.seats.flat()).map((p) => [p.email, p]));
  const dayOf = (at: number) => days.findLastIndex((day) => day <= at);
  let earliest = from;
  for (const { round, scheduled } of rounds) {
    if (scheduled) {
      earliest = Math.max(earliest, scheduled.end + BREAK * MINUTE);
      continue;
    }
    const after = earliest;
    const fits = (slot: Omit<Slot, "wave">) =>
      slot.start >= after &&
      taken.filter((t) => dayOf(t.start) === dayOf(slot.start)).length < ROUNDS_A_DAY &&
      slot.interviewers.every((email) => isFree(people.get(email), slot, planned));
    const all = slots.get(round) ?? [];
    const chosen = all.find((slot) => slot.reasonable && fits(slot)) ?? all.find(fits);
    if (!chosen) return round;
    planned.push({ ...chosen, round });
    taken.push(chosen);
    earliest = chosen.end + BREAK * MINUTE;
  }
  return planned;
}

/** Whether the rounds that the plan gave this person so far leave room for another: buffer and weekly limit. */
function isFree(person: Interviewer | undefined, slot: Interval, planned: readonly PlannedRound[]): boolean {
  if (!person) return false;
  const theirs = planned.filter((p) => p.interviewers.includes(person.email));
  if (theirs.length === 0) return true;
  const buffer = person.bufferMinutes * MINUTE;
  if (theirs.some((p) => slot.start < p.end + buffer && p.start < slot.end + buffer)) return false;
  if (person.weeklyLimit === null) return true;
  const week = weekOf(slot.start, person.timezone);
  const inWeek = (i: Interval) => i.start >= week.start && i.start < week.end;
  const held = person.interviews.filter(inWeek).length + theirs.filter(inWeek).length;
  return held < person.weeklyLimit;
}
