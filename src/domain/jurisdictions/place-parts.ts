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
  location
    .replace(TIME_ZONE, " ")
    .replace(/\b(?:[A-Z]\.){2}/g, (initials) => initials.replaceAll(".", ""))
    .replace(/\b([A-Z]{2,3})-(?=[A-Z])/g, "$1, ") // US-CA-San Francisco
    .split(/[,|():[\]]|\s[-–—]+\s?|\s?[-–—]+\s/)
    .map((part) => bare(places, part))
    .filter((part) => part !== "")
    .map((part) => read(places, part));

/** A clock says when people work, and not where. */
const TIME_ZONE = new RegExp(
  [
    "(?:(?:UTC|GMT)\\s?[+-−–±]?\\s?\\d{0,2}(?::\\d\\d)?|\\b[ECMP][SD]?T\\b|\\bC?E[SE]?T\\b|\\bAE[SD]T\\b|\\b[IJ]ST\\b)",
    "(?:[\\p{L}/+-]+ )?\\btime[ -]?zones?\\b(?:\\s?[+-±]\\s?\\d+ ?h?(?:ours)?)?",
    "\\b(?:Eastern|Central|Mountain|Pacific|European|US|UK) (?:business |working |office )?(?:hours|time)\\b",
  ].join("|"),
  "gu",
);

/** Words of a location that name no place. */
const NOISE = new Set(
  [
    "remote remotely hybrid onsite on-site in-office office fully partly mostly only first friendly",
    "anywhere worldwide global globally distributed based flexible optional preferred day days week a per",
    "wfh home work working from within in at near the of greater metro metropolitan area region downtown",
    "to between and or plus hours core overlap hq headquarters possible allowed time timezone timezones zone zones",
  ].flatMap((words) => words.split(" ")),
);

function bare({ named }: Places, part: string): string {
  const whole = part.trim();
  if (named(whole).length > 0) return whole;
  const words = whole.replace(/\bremote-|-remote\b/gi, "").split(/\s+/);
  // "REMOTE IN EUROPE": among capitals a word is a word.
  const shouts = words.length > 1 && whole === whole.toUpperCase();
  return words
    .filter((word) => !/\d/.test(word) && ((isCode(word) && !shouts) || !NOISE.has(word.toLowerCase())))
    .join(" ");
}

/** Two letters among other words are a code only in capitals. */
const isCode = (word: string): boolean => /^[A-Z]{2}$/.test(word);

/** Small letters are a code too, unless they are a word: "berlin, de", and not "to" or "i.e". */
const mayBeCode = (text: string): boolean => isCode(text) || (/^[a-z]{2}$/.test(text) && !WORDS.has(text));
const WORDS = new Set(
  "am an as at be by do el go he hi id if in is it la le ma me my no of oh ok on or pa so to up we".split(
    " ",
  ),
);

const DIRECTION =
  /^(?:new|old|north|south|east|west|northern|southern|eastern|western|upper|lower|upstate)$/i;

/** Reads a part as one name, or as a city followed by its state or country: "Austin TX", "Paris France". */
function read({ named, coded }: Places, text: string): Part {
  const whole = [...named(text), ...(mayBeCode(text) ? coded(text) : [])];
  if (whole.length > 0) return { text, readings: whole };
  const words = text.split(" ");
  for (const size of [3, 2, 1].filter((n) => n < words.length)) {
    const front = words.slice(0, -size).join(" ");
    const end = words.slice(-size).join(" ");
    const cities = named(front).filter(({ as }) => as === "city");
    const codes = isCode(end) || cities.length > 0 ? coded(end) : [];
    const behind = [...named(end).filter(({ as }) => as !== "city"), ...codes];
    const direction = DIRECTION.test(front);
    // After a direction only a state counts: "Northern California" is in California, but "New England" is not in
    // England.
    const readings = direction ? behind.filter(({ as }) => as === "state") : behind;
    if (readings.length === 0) continue;
    // "NY USA" is the state, and "Austin TX US" the city in it.
    const inner = read({ named, coded }, front);
    const isIn = (one: Reading) => one.state !== undefined && readings.some((reading) => agree(one, reading));
    if (inner.readings.some(isIn)) return inner;
    const agreed = cities.filter((city) => readings.some((reading) => agree(city, reading)));
    return { text, ...(direction ? {} : { city: front }), readings: agreed.length > 0 ? agreed : readings };
  }
  return { text, readings: [] };
}
