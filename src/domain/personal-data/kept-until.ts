import { Temporal } from "temporal-polyfill";
import { dayOf } from "../days.ts";
import { type Period, partsOfPeriod } from "./retention-rule.ts";

const HOUR = 3_600_000;
/** The first place on earth where a day begins is so many hours ahead of UTC, and the last is so many behind. */
const FIRST_AHEAD = 14 * HOUR;
const LAST_BEHIND = 12 * HOUR;

/**
 * The last day of a period that begins at a moment. The day on which it begins is that of the place where it is the
 * latest: nobody knows for sure on whose clock a period runs, and a record that is kept a day longer can still be erased.
 * A month that is too short ends the period on its last day: a month after 31 January is 28 February.
 */
export function lastDayOf(period: Period, from: Date): string {
  const { amount, unit } = partsOfPeriod(period);
  const day = Temporal.PlainDate.from(dayOf(new Date(from.getTime() + FIRST_AHEAD)));
  return day.add({ [unit]: amount }).toString();
}

/** Whether a day is over everywhere on earth. */
export const isOver = (day: string, now: Date): boolean => day < dayOf(new Date(now.getTime() - LAST_BEHIND));

/** The later of two days. */
export const later = (a: string, b: string): string => (a > b ? a : b);
