import type { Places, Reading } from "./place-names.ts";
import { type Part, partsOf, WORD_CODES } from "./place-parts.ts";
import { agree, type Region } from "./region.ts";

/** A place as a text names it. `region` is null for a name that is not known here. */
export type NamedPlace = {
  /** Its words in the text. */
  readonly quote: string;
  readonly region: Region | null;
  /** Whether it can mean no other country: not so for "CA" or "Georgia" alone, an area of several, or an unknown name. */
  readonly certain: boolean;
};

/**
 * The first place that a location names. Null when it names no known place ("Remote", "Atlantis"). The part after a
 * comma counts more than the part before it: "Oakland, ME" is in Maine.
 */
export const regionOf = (places: Places, location: string): Region | null =>
  regionsOf(places, location)[0] ?? null;

/** Every known place in a location that names several: "New York or Berlin", "Remote (US/Canada)", "Seattle, Denver". */
export const regionsOf = (places: Places, location: string): Region[] =>
  namedPlaces(places, location).flatMap(({ region }) => region ?? []);

const BETWEEN = /\s+or\s+|\s+OR\s+(?=\p{L})(?!USA?\b|United)|\s+\+\s+|(?<=\p{Lu}{2})\s+to\s+|[/;•·\n]/u;

/** Every place that a location names, in order, known or not. */
export function namedPlaces(places: Places, location: string): NamedPlace[] {
  const pieces = location.split(BETWEEN);
  const named = pieces
    .flatMap((piece) => joined(places, piece) ?? inPiece(places, piece))
    .filter(
      ({ quote, region }) => (region !== null || /\p{Lu}/u.test(quote)) && !isWordAlone(quote, location),
    );
  const codes = named.filter(({ quote }) => /^\p{Lu}{2,3}$/u.test(quote));
  const asCountries =
    codes.length > 1 && codes.some(({ region }) => region !== null && region.state === undefined);
  if (!asCountries) return named;
  // "DE/UK/CH" are countries, for one of them is no state.
  return named.map((place) => {
    const country = codes.includes(place)
      ? places.coded(place.quote).find(({ as }) => as === "country")
      : undefined;
    return country ? { ...place, region: { country: country.country }, certain: true } : place;
  });
}

/** Whether a location has words that could name a place, known or not. "Remote (hybrid possible)" has none. */
export const namesPlace = (places: Places, location: string): boolean => partsOf(places, location).length > 0;

/** "OK" and "IN" alone are words; not so in "Remote, OR". */
const isWordAlone = (quote: string, location: string): boolean =>
  quote.toUpperCase() !== "US" && WORD_CODES.has(quote.toUpperCase()) && !location.includes(`, ${quote}`);

/** Places joined by "and", unless that is part of a name ("Trinidad and Tobago"). */
function joined(places: Places, piece: string): NamedPlace[] | undefined {
  const each = piece.split(/,?\s+(?:and|AND|&)\s+|&/).map((name) => inPiece(places, name));
  const known = each.every((named) => named.some(({ region }) => region !== null));
  return each.length > 1 && known ? each.flat() : undefined;
}

const reads = ({ readings }: Part, ...kinds: Reading["as"][]): boolean =>
  readings.some((reading) => kinds.includes(reading.as));

function inPiece(places: Places, piece: string): NamedPlace[] {
  const all = partsOf(places, piece);
  const last = all[all.length - 1];
  // "Denver, Colorado, United States, AMER" says no more than without its end.
  const parts = all.length > 2 && last && isArea(last) ? all.slice(0, -1) : all;
  const [first, end] = [parts[0], parts[parts.length - 1]];
  // Some locations go from the large to the small: "USA, NY, New York", "Germany, Berlin".
  if (
    first &&
    end &&
    !isArea(first) &&
    reads(first, "country") &&
    !reads(first, "state", "city") &&
    reads(end, "city")
  )
    parts.reverse();
  return grouped(parts).map((group) => {
    const region = regionFrom(group) ?? null;
    return { quote: quoteOf(piece, group), region, certain: region !== null && isCertain(group, region) };
  });
}

const isArea = ({ readings }: Part): boolean =>
  readings.length > 0 && readings.every(({ country }) => country.length > 2);

/** A code or a name alone that is a state here and a country there does not say which: "CA", "DE", "Georgia". */
function isCertain(group: readonly Part[], { country }: Region): boolean {
  if (country.length > 2) return false;
  const [only, ...more] = group;
  if (only === undefined || more.length > 0 || only.city !== undefined || reads(only, "city")) return true;
  return new Set(only.readings.map((reading) => reading.country)).size < 2;
}

/** The words of a group as they stand in the piece. */
function quoteOf(piece: string, group: readonly Part[]): string {
  const spans = group.map(({ text }) => ({
    from: piece.indexOf(text),
    to: piece.indexOf(text) + text.length,
  }));
  if (spans.some(({ from }) => from < 0)) return piece.trim();
  return piece.slice(Math.min(...spans.map(({ from }) => from)), Math.max(...spans.map(({ to }) => to)));
}

/**
 * Groups the parts of one place each. "Seattle, Denver" is two places: a known city starts a new group unless it can
 * lie in the same state or country as the part before it.
 */
function grouped(parts: readonly Part[]): Part[][] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const group = groups[groups.length - 1];
    const before = group?.findLast((p) => reads(p, "city", "state"))?.readings ?? [];
    const apart = before.length > 0 && !before.some((a) => part.readings.some((b) => agree(a, b)));
    // "Rome, New York" is one place in the state, but "Denver, New York" names two cities.
    const isCity =
      reads(part, "city") &&
      (!reads(part, "state") || before.some((a) => a.country === part.readings[0]?.country));
    if (group && !(apart && isCity) && !isNext(group[group.length - 1], part)) group.push(part);
    else groups.push([part]);
  }
  return groups;
}

/** Whether a part is the next entry of a list of states or countries: "California, Oregon, Texas", "France, Spain". */
function isNext(before: Part | undefined, part: Part): boolean {
  const [a, b] = [before?.readings[0], part.readings[0]];
  if (before === undefined || a === undefined || b === undefined) return false;
  if (isArea(before) !== isArea(part)) return true;
  const sameForm = (before.text.length === 2) === (part.text.length === 2); // "Washington, DC" is one place
  const bothStates = reads(before, "state") && b.as === "state" && sameForm;
  const bothCountries = a.as === "country" && b.as === "country";
  const bothCities =
    a.as === "city" && b.as === "city" && a.city !== b.city && !reads(part, "state", "country");
  if (bothCities) return true;
  return (
    (bothStates || bothCountries) && !before.readings.some((x) => part.readings.some((y) => agree(x, y)))
  );
}

/**
 * The region of a group. The last part decides. The parts before it choose between its meanings ("Toronto, CA") and add
 * state and city.
 */
function regionFrom(parts: readonly Part[]): Region | undefined {
  const end = parts[parts.length - 1];
  // An unknown last part may be a quarter of a city that stands before it. After a state it means too little.
  const isLastKnown = end !== undefined && end.readings.length > 0;
  const last = isLastKnown ? end : parts.findLast((part) => reads(part, "city"));
  if (!last) return undefined;
  const others = parts.filter((part) => part !== last).reverse();
  const meanings = last.readings.filter(({ as }) => {
    if (!isLastKnown) return as === "city";
    return as !== "city" || parts.length === 1 || !reads(last, "state");
  });
  const support = (meaning: Region) =>
    others.filter(({ readings }) => readings.some((reading) => agree(meaning, reading))).length;
  const [meant] = meanings.toSorted((a, b) => support(b) - support(a));
  if (!meant) return undefined;
  let { state, city } = meant;
  for (const { readings } of others) {
    const reading = readings.find((r) => agree({ ...meant, ...(state ? { state } : {}) }, r));
    state ??= reading?.state;
    city ??= reading?.city;
  }
  const [first] = parts;
  const unknownCity =
    first && first !== last && !first.readings.some((r) => agree(meant, r)) ? first.text : undefined;
  city ??= last.city ?? unknownCity;
  return {
    country: meant.country,
    ...(state === undefined ? {} : { state }),
    ...(city === undefined ? {} : { city }),
  };
}
