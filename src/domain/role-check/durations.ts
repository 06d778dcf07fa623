const WORDS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  "forty-five": 45,
  fifty: 50,
  sixty: 60,
  "seventy-five": 75,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const NUMBER = `\\d{1,4}(?:\\.\\d)?|${Object.keys(WORDS)
  .sort((a, b) => b.length - a.length)
  .join("|")}`;
const DURATION = new RegExp(
  `\\b(?:(half an hour)|(?:(${NUMBER})( and a half)?[\\s-]*(hours?|hrs?|h|minutes?|mins?)\\b)|((?:full|whole|all|entire)[\\s-]day))`,
  "gi",
);
const TOTAL_AFTER = /^[^\w.]{0,3}(?:in all|in total|overall|altogether|together|all told)\b/i;
const TOTAL_BEFORE = /\b(?:altogether|in total|total of|in all)\b[^.,;:(]{0,20}$/i;
const FULL_DAY = 8 * 60;

type Durations = {
  /** What is said to be the whole, else null. */
  readonly total: number | null;
  readonly sum: number;
  readonly longest: number;
};

/** Minutes named in a text: "45 min", "1h", "half an hour", "two and a half hours in total", "a full-day onsite". */
export function minutesIn(text: string): Durations {
  let total: number | null = null;
  let sum = 0;
  let longest = 0;
  for (const match of text.matchAll(DURATION)) {
    const minutes = minutesOf(match);
    const end = match.index + match[0].length;
    if (
      TOTAL_AFTER.test(text.slice(end, end + 20)) ||
      TOTAL_BEFORE.test(text.slice(0, match.index).slice(-60))
    )
      total = (total ?? 0) + minutes;
    else {
      sum += minutes;
      longest = Math.max(longest, minutes);
    }
  }
  return { total, sum, longest };
}

function minutesOf([, half, number, andHalf, unit, day]: RegExpMatchArray): number {
  if (half !== undefined) return 30;
  if (day !== undefined || number === undefined || unit === undefined) return FULL_DAY;
  const n = (WORDS[number.toLowerCase()] ?? Number(number)) + (andHalf === undefined ? 0 : 0.5);
  return unit.toLowerCase().startsWith("h") ? n * 60 : n;
}

/** How many durations a text names. */
export const countDurations = (text: string): number => [...text.matchAll(DURATION)].length;
