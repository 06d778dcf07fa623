import { DAY } from "../days.ts";

/** A moment of a source; of some only the day is known. */
export type Moment = { readonly at: Date; readonly isDay: boolean };

const IS_DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A day has begun in the east before it has in UTC. */
const EAST_MS = 14 * 3_600_000;

/** What a source says of when something was. A day that is today's somewhere is no later than now. */
export function readMoment(text: string, now: Date): Moment | { readonly why: string } {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return { why: `${JSON.stringify(text)} is no date` };
  const isDay = IS_DAY.test(text);
  if (at.getTime() > now.getTime() + (isDay ? EAST_MS : 0)) return { why: `${text} lies in the future` };
  return { at: at > now ? now : at, isDay };
}

/** Whether one moment is after another; within one day it is not known where only the day is. */
export function isAfter(a: Moment, b: Moment): boolean {
  const slack = a.isDay || b.isDay ? DAY : 0;
  return a.at.getTime() - b.at.getTime() >= Math.max(1, slack);
}
