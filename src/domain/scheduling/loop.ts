import type { CandidateTime, Interviewer } from "./availability.ts";
import { dayStarts } from "./hours.ts";
import { type Interval, MINUTE } from "./interval.ts";
import { type PossibleSlot, possibleSlots } from "./slots.ts";
import { weekOf } from "./wall-clock.ts";

/** The least break between two rounds, in minutes. */
const BREAK_MINUTES = 15;
/** The most rounds for a candidate on one day. */
const MAX_ROUNDS_PER_DAY = 2;
const MAX_PLANS = 3;

export type LoopRound = {
  readonly round: string;
  readonly minutes: number;
  readonly seats: readonly (readonly Interviewer[])[];
  /** The time of a round that is already scheduled. Later rounds come after it. */
  readonly scheduled?: Interval;
};

export type LoopRequest = {
  readonly window: Interval;
  readonly rounds: readonly LoopRound[];
  readonly candidate: CandidateTime;
  readonly zone: string;
};

type PlannedRound = PossibleSlot & { readonly round: string };
type LoopPlan = readonly PlannedRound[];
/** The plans, earliest first. `stuck` is the round for which no time was found, if there is no plan. */
export type LoopPlans = { readonly plans: readonly LoopPlan[]; readonly stuck?: string };

/**
 * Plans rounds in their order inside one window. Each round comes after the one before and a break, with at most two a
 * day. Weekly limits count the rounds of the plan too. Hours that are reasonable for the candidate are preferred.
 * Several plans are returned, each beginning on another day.
 */
export function planLoop(request: LoopRequest): LoopPlans {
  const open = request.rounds.filter((round) => round.scheduled === undefined);
  const slots = new Map(
    open.map((round) => {
      const possible = possibleSlots({ ...request, minutes: round.minutes, seats: round.seats });
      return [round.round, possible.sort((a, b) => a.start - b.start)];
    }),
  );
  const days = dayStarts(request.zone, request.window);
  const plans: LoopPlan[] = [];
  for (let from = request.window.start; plans.length < MAX_PLANS; ) {
    const placed = placeRounds(request, slots, days, from);
    if ("stuck" in placed) return plans.length === 0 ? { plans, stuck: placed.stuck } : { plans };
    const [first] = placed.plan;
    if (!first) break;
    plans.push(placed.plan);
    from = days.find((day) => day > first.start) ?? Number.POSITIVE_INFINITY;
    if (from >= request.window.end) break;
  }
  return { plans };
}

/** One plan that begins no earlier than `from`, or the first round for which there is no time. */
function placeRounds(
  { rounds }: LoopRequest,
  slots: ReadonlyMap<string, readonly PossibleSlot[]>,
  days: readonly number[],
  from: number,
): { readonly plan: LoopPlan } | { readonly stuck: string } {
  const planned: PlannedRound[] = [];
  const taken: Interval[] = rounds.flatMap((round) => round.scheduled ?? []);
  const people = new Map(rounds.flatMap((round) => round.seats.flat()).map((p) => [p.email, p]));
  const dayOf = (at: number) => days.findLastIndex((day) => day <= at);
  let earliest = from;
  for (const { round, scheduled } of rounds) {
    if (scheduled) {
      earliest = Math.max(earliest, scheduled.end + BREAK_MINUTES * MINUTE);
      continue;
    }
    const after = earliest;
    const fits = (slot: PossibleSlot) =>
      slot.start >= after &&
      taken.filter((t) => dayOf(t.start) === dayOf(slot.start)).length < MAX_ROUNDS_PER_DAY &&
      slot.interviewers.every((email) => isFree(people.get(email), slot, planned));
    const all = slots.get(round) ?? [];
    const chosen = all.find((slot) => slot.reasonable && fits(slot)) ?? all.find(fits);
    if (!chosen) return { stuck: round };
    planned.push({ ...chosen, round });
    taken.push(chosen);
    earliest = chosen.end + BREAK_MINUTES * MINUTE;
  }
  return { plan: planned };
}

/** Whether the person can hold another round beside those of this plan, by their buffer and weekly limit. */
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
