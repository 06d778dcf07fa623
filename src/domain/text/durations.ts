import { NUMBER_WORDS } from "./figures.ts";

const WORD = [...NUMBER_WORDS.keys()].join("|");
const NUMBER = `\\d{1,4}(?:[.,]\\d{1,2})?|an?|(?:${WORD})(?:-(?:${WORD}))?`;
const HOURS = "hours?|hrs?|h";
const MINUTES = "minutes?|mins?|m";
const DURATION = new RegExp(
  [
    "\\b(?<half>half an hour|half[- ]hour)\\b",
    "\\b(?<day>(?:full|whole|all|entire|one)[\\s-]days?|day[- ]long)\\b",
    "\\b(?<halfDay>half[\\s-](?:a[\\s-])?day)\\b",
    [
      "\\b(?<from>\\d{1,2})(?::(?<fromMinute>\\d\\d))?\\s?(?<fromHalf>am|pm)?\\s?(?:to|until|[-–—])",
      "\\s?(?<to>\\d{1,2})(?::(?<toMinute>\\d\\d))?\\s?(?<toHalf>am|pm)\\b",
    ].join(""),
    `\\b(?<hours>\\d{1,2})\\s?h(?:ours?|rs?)?\\s?(?:and\\s)?(?<rest>\\d{2})(?:\\s?(?:${MINUTES}))?\\b`,
    [
      `\\b(?:(?:${NUMBER})\\s?(?:-|–|—|to|or)\\s?)?(?<number>${NUMBER})`,
      `(?<andHalf> and a half|½| ½)?[\\s-]*(?<unit>${HOURS}|${MINUTES}|['′’](?!\\w))(?!\\w)(?<tail> and a half)?`,
    ].join(""),
    "\\((?<bare>15|20|25|30|40|45|50|60|75|90|120)\\)",
  ].join("|"),
  "gi",
);
/** Without one of these no text names a duration; it is tried first, for it is cheap. */
const HINT = /\d|\b(?:hours?|hrs?|days?|day-long|minutes?|mins?)\b/i;
const TOTAL_AFTER = new RegExp(
  [
    String.raw`^[^\w.]{0,3}(?:(?:in all|in total|total|overall|altogether|together|all told|all in|start to finish|`,
    String.raw`end to end|of your time)\b|for (?:everything|the whole|all of it))`,
  ].join(""),
  "i",
);
const TOTAL_BEFORE = new RegExp(
  [
    String.raw`\b(?:altogether|in total|totals?|total (?:of|time)|in all|adds? up to|sums? to|comes? to|(?:the )`,
    String.raw`?whole (?:thing|process|loop)|all of it|everything|(?:the|our) (?:\w+ )?(?:loop|process|interviews?|`,
    String.raw`rounds|steps|stages) (?:is|are|takes?|runs?|lasts?|needs?|fits? in))\b[^.;(:]{0,30}$|`,
    String.raw`\b(?:interviews?|process|loop|plan|stages|rounds|steps|selection|hiring) \((?:about |around |`,
    "roughly |~ ?|total |in total )?$",
  ].join(""),
  "i",
);
const TIMES = new RegExp(
  [
    String.raw`\b(?<times>\d|two|three|four|five|six|seven|eight)(?:[\s-](?!to\b)[a-z-]+){0,3}[\s-](?:interviews?|`,
    String.raw`conversations?|rounds?|sessions?|calls?|talks?|meetings?|chats?|panels?|slots|blocks)\s?(?:(?:of|at|`,
    String.raw`lasting|,|\(|each|x|×)\s?(?:each |about |around |roughly |up to )?)+$`,
  ].join(""),
  "i",
);
const X_TIMES = /(?:^|[^\w])(?<times>\d|two|three|four|five|six)\s?(?:x|×)\s?$/i;
const EACH_AFTER = /^[\s,)]{0,2}(?:each|apiece|every|per (?:round|interview|session))/i;
const TIMES_BEFORE = new RegExp(
  [
    String.raw`\b(?<times>\d|two|three|four|five|six|seven|eight)(?:[\s-][a-z-]+){0,3}[\s-](?:interviews?|`,
    String.raw`conversations?|rounds?|sessions?|calls?|talks?|meetings?|chats?|panels?)\b[^.;]{0,30}$`,
  ].join(""),
  "i",
);
const TIMES_RIGHT_BEFORE = /(?<!\w)(?<times>\d|two|three|four|five|six|seven|eight)(?:\s[a-z-]{4,20})?\s$/i;
const ROUND_AFTER =
  /^[\s-](?:[a-z-]+[\s-]){0,2}(?:interviews|conversations|rounds|sessions|calls|talks|meetings|chats|panels)\b/i;
/** Spans that are no part of a loop: an answer "within 24 hours", working hours, a week. */
const NO_ROUND_AFTER = new RegExp(
  [
    String.raw`^[\s-]?(?:a|per|\/)\s?(?:week|month|day|night)|^ (?:of (?:notice|you|us|each)|later|after you|`,
    "response|turnaround|notice|ahead|earlier)",
  ].join(""),
  "i",
);
const NO_ROUND_BEFORE = new RegExp(
  [
    String.raw`\b(?:within|reply in|answer in|respond in|hear back in|back (?:to you )?(?:in|within)|under|every|`,
    String.raw`last|next|notice of)\s(?:about |at most )?$`,
  ].join(""),
  "i",
);
/** "Half a day (3 h)": what follows says it better. */
const RESTATED = /^[^.;(]{0,60}(?:\((?:about |max\.? |up to )?|, )\d{1,3} ?(?:h|hours?|hrs?|min\w*|m)\b/i;
const FULL_DAY = 8 * 60;
const LONGEST_ROUND = 40 * 60;

type Durations = {
  /** What is said to be the whole, else null. */
  readonly total: number | null;
  readonly sum: number;
  readonly longest: number;
  readonly count: number;
};

/** Minutes named in a text: "45 min", "1h30", "five rounds of 50 minutes", "9am to 5pm", "four hours in total", "a full day". */
export function minutesIn(text: string): Durations {
  let total: number | null = null;
  let [sum, longest, count] = [0, 0, 0];
  if (!HINT.test(text)) return { total, sum, longest, count };
  for (const match of text.matchAll(DURATION)) {
    const each = minutesOf(match.groups ?? {});
    const before = text.slice(Math.max(0, match.index - 80), match.index);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 80);
    if ((match.groups?.day || match.groups?.halfDay) && RESTATED.test(after)) continue;
    if (each > LONGEST_ROUND || NO_ROUND_AFTER.test(after) || NO_ROUND_BEFORE.test(before)) continue;
    count += 1;
    const times = timesOf(before, after);
    // "The process (three hours)" is the whole, "three rounds (60 min each)" is not.
    const isWhole = TOTAL_BEFORE.test(before) && times === 1 && !EACH_AFTER.test(after);
    if (TOTAL_AFTER.test(after) || isWhole) total = (total ?? 0) + each;
    else {
      sum += each * times;
      longest = Math.max(longest, each);
    }
  }
  return { total, sum, longest, count };
}

/** How often a duration is had: "two 45-minute calls", "3 rounds of 60 min", "4 x 1h", "five interviews, 50 minutes each". */
function timesOf(before: string, after: string): number {
  const match =
    X_TIMES.exec(before) ??
    (EACH_AFTER.test(after) ? TIMES_BEFORE.exec(before) : TIMES.exec(before)) ??
    (ROUND_AFTER.test(after) ? TIMES_RIGHT_BEFORE.exec(before) : null);
  const times = match?.groups?.times?.toLowerCase();
  return times === undefined ? 1 : numberOf(times);
}

/** `1,5`, `an`, `five` and `forty-five`. */
function numberOf(written: string): number {
  const words = written.toLowerCase();
  if (/^\d/.test(words)) return Number(words.replace(",", "."));
  return words.split("-").reduce((sum, word) => sum + (NUMBER_WORDS.get(word) ?? 1), 0);
}

type Groups = Readonly<Record<string, string | undefined>>;

function minutesOf(g: Groups): number {
  if (g.half) return 30;
  if (g.day) return FULL_DAY;
  if (g.halfDay) return FULL_DAY / 2;
  if (g.bare) return Number(g.bare);
  if (g.hours) return Number(g.hours) * 60 + Number(g.rest);
  if (g.to)
    return clock(g.to, g.toMinute, g.toHalf) - clock(g.from, g.fromMinute, g.fromHalf ?? startHalf(g));
  const n = numberOf(g.number ?? "") + (g.andHalf || g.tail ? 0.5 : 0);
  return /^h/i.test(g.unit ?? "") ? n * 60 : n;
}

const clock = (hour: string | undefined, minute: string | undefined, half: string | undefined): number =>
  ((Number(hour) % 12) + (/pm/i.test(half ?? "") ? 12 : 0)) * 60 + Number(minute ?? 0);

/** "9 to 5pm" begins in the morning, "1 to 3pm" after noon. */
const startHalf = ({ from, to, toHalf }: Groups): string | undefined =>
  Number(from) % 12 < Number(to) % 12 ? toHalf : "am";
