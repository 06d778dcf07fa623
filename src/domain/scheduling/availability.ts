import { expandHours, type Hours, REASONABLE_HOURS } from "./hours.ts";
import { type Interval, merge, padded, subtract } from "./interval.ts";
import { weekOf } from "./wall-clock.ts";

/** When an interviewer works and what takes their time. */
export type Interviewer = {
  readonly email: string;
  readonly timezone: string;
  readonly hours: Hours;
  /** The most interviews in a calendar week; null for no limit. */
  readonly weeklyLimit: number | null;
  /** Minutes to be left free before and after an interview. */
  readonly bufferMinutes: number;
  /** From their calendar. */
  readonly busy: readonly Interval[];
  /** When they hold interviews, of any candidate. */
  readonly interviews: readonly Interval[];
};

/** When a candidate can come, as far as they stated it, and what takes their time. */
export type CandidateTime = {
  readonly timezone: string | null;
  /** As they stated them; null while they have not. */
  readonly hours: Hours | null;
  readonly interviews: readonly Interval[];
};

/** The weeks in which an interviewer has reached their weekly limit. */
export function fullWeeks({ weeklyLimit, interviews, timezone }: Interviewer): Interval[] {
  if (weeklyLimit === null) return [];
  const counts = new Map<number, { week: Interval; count: number }>();
  for (const { start } of interviews) {
    const week = weekOf(start, timezone);
    counts.set(week.start, { week, count: (counts.get(week.start)?.count ?? 0) + 1 });
  }
  return [...counts.values()].filter(({ count }) => count >= weeklyLimit).map(({ week }) => week);
}

/** When an interviewer could hold another interview: working hours without what is taken, its buffer, and full weeks. */
export function freeTime(person: Interviewer, window: Interval): Interval[] {
  const { hours, timezone, busy, interviews, bufferMinutes, weeklyLimit } = person;
  if (weeklyLimit === 0) return [];
  const taken = [...busy, ...interviews].map((interval) => padded(interval, bufferMinutes));
  return subtract(expandHours(hours, timezone, window), merge([...taken, ...fullWeeks(person)]));
}

/** When a candidate could come: what they stated, or any time while nothing is known, without their other interviews. */
export function candidateFreeTime(
  { hours, timezone, interviews }: CandidateTime,
  window: Interval,
): Interval[] {
  const stated = hours === null || timezone === null ? [window] : expandHours(hours, timezone, window);
  return subtract(stated, merge(interviews));
}

/** When it is reasonable to ask a candidate to come: what they stated, else the day without its early and late hours. */
export function comfortableTime({ hours, timezone }: CandidateTime, window: Interval): Interval[] {
  if (timezone === null || hours !== null) return [window];
  return expandHours(REASONABLE_HOURS, timezone, window);
}
