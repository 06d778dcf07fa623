const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = `(${[
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?",
  "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
].join("|")})\\.?`;
const DAY = "(\\d{1,2})(?:st|nd|rd|th)?(?!\\d)";
const YEAR = "(?:,? (\\d{4})(?!\\d))?";
const DAY_FIRST = new RegExp(`\\b${DAY}(?: of)? ${MONTH}\\b${YEAR}`, "gi");
const MONTH_FIRST = new RegExp(`\\b${MONTH} ${DAY}${YEAR}`, "gi");
const ISO = /\b(\d{4})-(\d{2})-(\d{2})(?!\d)/g;
const MONTH_OF_YEAR = new RegExp(`\\b${MONTH}(?:,? |-|/)(?:['’]?(\\d{2})|(\\d{4}))(?![\\d:])`, "gi");
const YEAR_AND_MONTH = /(?<![\d./-])((?:19|20)\d\d)[-/](\d{1,2})(?![\d/-])/g;
const THREE_FIGURES = /(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])/g;
const TWO_FIGURES = /(?<![\d./-])(\d{1,2})[/.-]((?:19|20)\d\d|\d{2})(?![\d/-]|\.\d)/g;
const BARE_YEAR = /(?<![\d./-])((?:19|20)\d\d)(?![\d/-]|\.\d)/g;

/** A day that a text names, perhaps without its year. Places count from the start of the text; months from 1. */
export type NamedDay = {
  readonly from: number;
  readonly to: number;
  readonly year?: number;
  readonly month: number;
  readonly day: number;
};

const monthOf = (name = ""): number =>
  /^\d/.test(name) ? Number(name) : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

/** Every day that a text names by the name of its month, or as 2027-06-30. */
export function namedDays(text: string): NamedDay[] {
  const read = (match: RegExpMatchArray, day = "", month = "", year?: string): NamedDay => ({
    ...spanOf(match),
    month: monthOf(month),
    day: Number(day),
    ...(year !== undefined && { year: Number(year) }),
  });
  return [
    ...[...text.matchAll(DAY_FIRST)].map((m) => read(m, m[1], m[2], m[3])),
    ...[...text.matchAll(MONTH_FIRST)].map((m) => read(m, m[2], m[1], m[3])),
    ...[...text.matchAll(ISO)].map((m) => read(m, m[3], m[2], m[1])),
  ];
}

const spanOf = (match: RegExpMatchArray): { from: number; to: number } => {
  const from = match.index ?? 0;
  return { from, to: from + match[0].length };
};

/** A date as exactly as a text says it: `2027-06-30`, `2027-06` or `2027`. */
export type StatedDate = { readonly from: number; readonly to: number; readonly date: string };

/**
 * The first date of a text that names its year: "2027-06-30", "30 June 2027", "June 2027", "06/2027", "6/27", "2027". Where
 * the order of day and month is not plain, as in 06/07/2027, only the year is said.
 */
export function firstDate(text: string): StatedDate | undefined {
  const dates = [
    ...namedDays(text).map(({ from, to, year, month, day }) => stated({ from, to }, year, month, day)),
    ...[...text.matchAll(MONTH_OF_YEAR)].map((m) => stated(spanOf(m), yearOf(m[2] ?? m[3]), monthOf(m[1]))),
    ...[...text.matchAll(YEAR_AND_MONTH)].map((m) => stated(spanOf(m), Number(m[1]), Number(m[2]))),
    ...[...text.matchAll(THREE_FIGURES)].map(figures),
    ...[...text.matchAll(TWO_FIGURES)].map((m) => stated(spanOf(m), yearOf(m[2]), Number(m[1]))),
    ...[...text.matchAll(BARE_YEAR)].map((m) => stated(spanOf(m), Number(m[1]))),
  ].flatMap((date) => date ?? []);
  return dates.toSorted((a, b) => a.from - b.from || b.to - a.to)[0];
}

const yearOf = (written = ""): number => (written.length === 2 ? 2000 + Number(written) : Number(written));

/** With full stops the day comes first; with other signs only a figure over twelve tells it. */
function figures(match: RegExpMatchArray): StatedDate | undefined {
  const [first, second, year] = [Number(match[1]), Number(match[3]), yearOf(match[4])];
  const span = spanOf(match);
  if (match[2] === "." || first > 12) return stated(span, year, second, first);
  if (second > 12 || first === second) return stated(span, year, first, second);
  return stated(span, year);
}

const two = (n: number): string => String(n).padStart(2, "0");

function stated(
  place: { readonly from: number; readonly to: number },
  year?: number,
  month?: number,
  day?: number,
): StatedDate | undefined {
  if (year === undefined || year < 1950 || year > 2100) return undefined;
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > 31)) return undefined;
  return {
    ...place,
    date: [String(year), ...[month, day].flatMap((n) => (n === undefined ? [] : two(n)))].join("-"),
  };
}

/** Whether a date lies wholly before a day. A month or a year ends with its last day. */
export const isOver = (date: string, today: string): boolean => today.slice(0, date.length) > date;
