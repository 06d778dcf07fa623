import { expandHours, type Hours, REASONABLE_HOURS } from "./hours.ts";
import { type Interval, merge, padded, subtract } from "./interval.ts";
import { weekOf } from "./wall-clock.ts";

/** An interviewer's working hours and the times that are taken. */
export type Interviewer = {
  readonly email: string;
  readonly timezone: string;
  readonly hours: Hours;
  /** The most interviews in a calendar week; null for no limit. */
  readonly weeklyLimit: number | null;
  /** Minutes to leave free before and after an interview. */
  readonly bufferMinutes: number;
  /** Busy times from their calendar. */
  readonly busy: readonly Interval[];
  /** The times of their interviews, with any candidate. */
  readonly interviews: readonly Interval[];
};

/** The hours that a candidate stated, and the times that are taken. */
export type CandidateTime = {
  readonly timezone: string | null;
  /** Null while the candidate has stated no hours. */
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

/**
 * When an interviewer could hold another interview: working hours minus busy times, interviews with their buffer, and
 * full weeks.
 */
export function freeTime(person: Interviewer, window: Interval): Interval[] {
  const { hours, timezone, busy, interviews, bufferMinutes, weeklyLimit } = person;
  if (weeklyLimit === 0) return [];
  const taken = [...busy, ...interviews].map((interval) => padded(interval, bufferMinutes));
  return subtract(expandHours(hours, timezone, window), merge([...taken, ...fullWeeks(person)]));
}

/**
 * When a candidate could come: the hours that they stated, or any time if they stated none, minus their other
 * interviews.
 */
export function candidateFreeTime(
  { hours, timezone, interviews }: CandidateTime,
  window: Interval,
): Interval[] {
  const stated = hours === null || timezone === null ? [window] : expandHours(hours, timezone, window);
  return subtract(stated, merge(interviews));
}

/**
 * When it is reasonable to invite a candidate: the hours that they stated, or else the day without early and late
 * hours.
 */
export function comfortableTime({ hours, timezone }: CandidateTime, window: Interval): Interval[] {
  if (timezone === null || hours !== null) return [window];
  return expandHours(REASONABLE_HOURS, timezone, window);
}
