import { DAY, wholeDays } from "../days.ts";

/** So many days have to pass before somebody is written to again as after a pause. */
export const PAUSE_DAYS = 14;

const MONTHS_AS_MONTH = 11;
const NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/**
 * How long ago something was, in words that follow `we were in touch`: `in October`, `about two years ago`. Null where it
 * was only days ago.
 */
export function longAgo(at: Date, now: Date, zone: string | null): string | null {
  const days = wholeDays(at, now);
  if (days < PAUSE_DAYS) return null;
  const [then, today] = [monthIn(zone, at), monthIn(zone, now)];
  const months = (today.year - then.year) * 12 + today.month - then.month;
  if (months === 0) return "earlier this month";
  if (months <= MONTHS_AS_MONTH) return `in ${then.name}${then.year === today.year ? "" : ` ${then.year}`}`;
  const years = Math.round((now.getTime() - at.getTime()) / (365.25 * DAY));
  if (years <= 1) return "about a year ago";
  return `${NUMBERS[years - 2] ? `about ${NUMBERS[years - 2]}` : "more than ten"} years ago`;
}

function monthIn(zone: string | null, at: Date): { year: number; month: number; name: string } {
  const timeZone = zone ?? "UTC";
  const [year = 0, month = 0] = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
  })
    .format(at)
    .split("-")
    .map(Number);
  return { year, month, name: new Intl.DateTimeFormat("en-GB", { timeZone, month: "long" }).format(at) };
}
