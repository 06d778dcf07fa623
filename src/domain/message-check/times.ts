import { DAY as DAY_MS } from "../days.ts";
import { namedDays } from "../text/dates.ts";
import { type Rule, textOf } from "./rule.ts";

/** What makes a date the end of something that the reader should still do; `was due` only tells what was. */
const DUE =
  /(?<!\bwas )\bdue\b|\bdeadline\b|\bsubmit\b|\bhand (?:it |this )?in\b|\bno later than\b|\b(?:by|until|before)(?: the)?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day)?,? *$/i;
const ZONE_NAMES =
  "UTC|GMT|CES?T|EES?T|WES?T|BST|MSK|TRT|[ECMP][SD]?T|AK[SD]T|HST|N[SD]T|BRT|ART|CLT|COT|WAT|CAT|EAT|SAST|GST|IST|PKT|NPT|ICT|WIB|PHT|MYT|SGT|HKT|JST|KST|A[EC][SD]T|AWST|NZ[SD]T";
// After a minus stands the end of a range as often as an offset, so only a plus is taken for one.
const ZONE = new RegExp(
  `\\b(?:${ZONE_NAMES})\\b|\\d ?(?:Z|${ZONE_NAMES})\\b|\\+\\d{2}:?\\d{2}\\b|\\b[A-Z][a-z]+(?:/[A-Z][A-Za-z_]+)+|\\b[A-Z][a-z]+ time\\b`,
);
const ISO_MOMENT = /\b\d{4}-\d{2}-\d{2}T[\d:.]{4,15}(?:Z|[+-]\d{2}:?\d{2})/g;
const ALL_TIMES = new RegExp(
  `\\b(?:all )?times (?:are |given )*(?:in|at) .{0,20}(?:${ZONE_NAMES}|[A-Z][a-z]+ time)\\b`,
);
const CLOCK =
  /(?<![\d:.,])(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:[ \u202f]?[ap]\.?m\b)?|(?:1[0-2]|0?[1-9])(?:[ \u202f]?[ap]\.?m\b| o'clock))(?![\d:])/gi;
const ZONE_WITHIN = 40;

type Dated = { readonly quote: string; readonly from: number; readonly to: number; readonly ends: number };

/** Every date of a text, and the last moment at which it is that day anywhere, or the moment that is named. */
function datesIn(text: string, now: Date): Dated[] {
  return namedDays(text).map(({ from, to, year, month, day }) => {
    const years = year === undefined ? nearestYears(now) : [year];
    const starts = years.map((y) => Date.UTC(y, month - 1, day));
    const start = starts.reduce((a, b) =>
      Math.abs(b - now.getTime()) < Math.abs(a - now.getTime()) ? b : a,
    );
    return {
      quote: text.slice(from, to),
      from,
      to,
      ends: start + momentOf(text.slice(to, to + ZONE_WITHIN)),
    };
  });
}

/** A date without a year is taken for the nearest. */
const nearestYears = (now: Date): number[] => [-1, 0, 1].map((n) => now.getUTCFullYear() + n);

/** Milliseconds after the start of the day in UTC at which it is over; without a zone, when it is over everywhere. */
function momentOf(after: string): number {
  const clock = /^(?:,| at|T)? ?(\d{1,2}):(\d{2}) ?(?:UTC|GMT|Z)(?![+-])/.exec(after);
  return clock ? (Number(clock[1]) * 60 + Number(clock[2]) + 1) * 60_000 : DAY_MS * 1.5;
}

/** A text without the dates that are still to come and without clock times: what is proposed is no claim. */
export function withoutProposals(text: string, now: Date): string {
  const ahead = datesIn(text, now).filter(({ ends }) => ends >= now.getTime());
  const blanked = ahead.reduce(
    (rest, { from, to }) => rest.slice(0, from) + " ".repeat(to - from) + rest.slice(to),
    text,
  );
  return blanked.replace(CLOCK, " ");
}

function pastDueDates(text: string, now: Date): string[] {
  return datesIn(text, now)
    .filter(({ from, ends }) => {
      const before = /[^.?!\n]*$/.exec(text.slice(Math.max(0, from - 60), from))?.[0] ?? "";
      return ends < now.getTime() && DUE.test(before);
    })
    .map(({ quote }) => quote);
}

function timesWithoutZone(original: string): string[] {
  // What the candidate wrote about a night on call is no appointment.
  const text = original.replace(/"[^"\n]{0,300}"/g, '""').replace(ISO_MOMENT, " ");
  if (ALL_TIMES.test(text)) return [];
  return [...text.matchAll(CLOCK)].flatMap((match) => {
    const at = match.index + match[0].length;
    const after = text.slice(at - 1, at + ZONE_WITHIN).split("\n")[0] ?? "";
    return ZONE.test(after) ? [] : [match[0]];
  });
}

/** Whether the dates and times in a message can be kept. */
export const TIME_RULES: readonly Rule[] = [
  {
    id: "due_past",
    severity: "error",
    why: "It asks for something by a date that is over.",
    find: (draft, { now }) => pastDueDates(textOf(draft), now),
  },
  {
    id: "time_without_zone",
    severity: "error",
    why: "A time without its zone is an hour or a day off for somebody; write it as 14:00 CET or 14:00 UTC+1.",
    find: (draft) => timesWithoutZone(textOf(draft)),
  },
];
