import type { Places, Reading } from "./place-names.ts";
import { agree } from "./region.ts";

/**
 * A part of a location with its possible meanings. `city` is a name in front of its state or country ("Cary" of "Cary
 * NC").
 */
export type Part = { readonly text: string; readonly city?: string; readonly readings: readonly Reading[] };

/**
 * The parts of a location that could name a place, in order, without words such as "remote" and "hybrid" and without
 * postcodes. Empty when nothing is left.
 */
export const partsOf = (places: Places, location: string): Part[] =>
  withoutTimeZones(location)
    .replace(/\b([A-Z]{2,3})-(?=[A-Z])/g, "$1, ") // US-CA-San Francisco
    .split(/[,|():[\]]|\s[-–—]+\s?|\s?[-–—]+\s/)
    .map((part) => bare(places, part))
    .filter((part) => part !== "")
    .map((part) => read(places, part));

/** Words of a location that name no place. */
const NOISE = new Set(
  [
    "remote remotely hybrid onsite on-site in-office office fully partly mostly only first friendly",
    "anywhere worldwide global globally distributed based flexible optional preferred day days week a per",
    "wfh home work working from within in at near the of greater metro metropolitan area region downtown",
    "hq headquarters possible allowed time timezone timezones zone zones hours overlap business and or to any",
    "location locations relocation offices eligible available ok okay welcome who i e ie eg only must be me",
  ].flatMap((words) => words.split(" ")),
);

const ZONE =
  "(?:UTC|GMT|CES?T|EES?T|WES?T|BST|IST|SGT|AES?T|[ECMP][SD]T|[ECMP]T(?=\\s?(?:hours|time|zone|overlap|/)))";
const ZONES = new RegExp(
  `\\b${ZONE}(?:\\s?(?:[+\u2212\u00b1-]|\u2013)\\s?\\d{1,2}(?::\\d\\d)?)?(?:\\s?(?:/|to|-|\u2013)\\s?(?=${ZONE}|[+-]?\\d)[+-]?\\d{0,2})?`,
  "g",
);
const NAMED_ZONES =
  /\b(?:(?:US|U\.S\.|USA|UK|EU|\p{Lu}\p{L}+)[ -])?(?:\p{Lu}\p{L}+[ /-])?(?:time[ -]?zones?|(?:working |business |office )?hours)\b/gu;

/** A time zone says when somebody works, not where: "UTC-5 to UTC-8", "EST hours" and "US time zones" name no place. */
const withoutTimeZones = (location: string): string => location.replace(NAMED_ZONES, " ").replace(ZONES, " ");

/** Codes that are English words: in a line in capitals they are a code only at the end of a name. */
export const WORD_CODES = new Set("AM AN AS AT BE BY DO HI ID IN IS IT ME MY NO OK OR SO TO US".split(" "));

function bare({ named }: Places, part: string): string {
  const whole = part.trim();
  if (named(whole).length > 0) return whole;
  return whole
    .replace(/\bremote-|-(?:remote|based|only|wide)\b/gi, "")
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word) && !/\d/.test(word))
    .filter((word, n, words) =>
      isCode(word) && !isWordInFront(word, n, words)
        ? true
        : !NOISE.has(word.toLowerCase().replace(/\./g, "")),
    )
    .join(" ");
}

const isWordInFront = (word: string, n: number, words: readonly string[]): boolean =>
  WORD_CODES.has(word) && word !== "US" && n < words.length - 1;

/** Two letters among other words are a code only in capitals. */
const isCode = (word: string): boolean => /^[A-Z]{2}$/.test(word);

const DIRECTION =
  /^(?:new|old|north|south|east|west|northern|southern|eastern|western|upper|lower|upstate)$/i;

/** Reads a part as one name, or as a city followed by its state or country: "Austin TX", "Paris France". */
function read({ named, coded }: Places, text: string): Part {
  const asWord = WORD_CODES.has(text.toUpperCase()) && !isCode(text) && text !== "us" && text !== "or";
  const whole = [...named(text), ...(asWord ? [] : coded(text))];
  if (whole.length > 0) return { text, readings: whole };
  const words = text.split(" ");
  for (const size of [3, 2, 1].filter((n) => n < words.length)) {
    const front = words.slice(0, -size).join(" ");
    const end = words.slice(-size).join(" ");
    const cities = named(front).filter(({ as }) => as === "city");
    const codes = isCode(end) || cities.length > 0 ? coded(end) : [];
    const behind = [...named(end).filter(({ as }) => as !== "city"), ...codes];
    const direction = DIRECTION.test(front);
    const states = [...named(front), ...(isCode(front) ? coded(front) : [])].filter(
      (state) => state.as === "state" && behind.some((country) => agree(country, state)),
    );
    if (states.length > 0) return { text, readings: states }; // "NY USA"
    // After a direction only a state counts: "Northern California" is in California, but "New England" is not in
    // England.
    const readings = direction ? behind.filter(({ as }) => as === "state") : behind;
    if (readings.length === 0) continue;
    const agreed = cities.filter((city) => readings.some((reading) => agree(city, reading)));
    return { text, ...(direction ? {} : { city: front }), readings: agreed.length > 0 ? agreed : readings };
  }
  return { text, readings: [] };
}
