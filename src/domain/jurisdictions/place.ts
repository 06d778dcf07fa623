import type { Places, Reading } from "./place-names.ts";
import { type Part, partsOf } from "./place-parts.ts";
import { agree, type Region } from "./region.ts";

/**
 * The first place that a location names. Null when it names no known place ("Remote", "Atlantis"). The part after a
 * comma counts more than the part before it: "Oakland, ME" is in Maine.
 */
export const regionOf = (places: Places, location: string): Region | null =>
  regionsOf(places, location)[0] ?? null;

/** Every place in a location that names several: "New York or Berlin", "Remote (US/Canada)", "Seattle, Denver". */
export const regionsOf = (places: Places, location: string): Region[] =>
  location
    .split(/\s+or\s+(?=\S)|(?<!,)\sOR\s(?!or\b)(?=\S+ |\p{Lu}{3})|[;•·\n]/u)
    .flatMap(
      (piece) =>
        countriesIn(places, piece) ??
        piece.split("/").flatMap((one) => joined(places, one) ?? inPiece(places, one)),
    );

/** Codes in a row, of which one can only be a country: "DE/UK/CH" is not in Delaware. */
function countriesIn({ coded }: Places, piece: string): Region[] | undefined {
  const [row] = /\b[A-Z]{2}(?:\s?[/,|+&]\s?[A-Z]{2})+\b/.exec(piece) ?? [];
  const read = row?.split(/[^A-Z]+/).map((code) => coded(code)) ?? [];
  const isCountryOnly = (readings: readonly Reading[]) =>
    readings.length > 0 && readings.every(({ as }) => as === "country");
  if (read.length < 2 || !read.some(isCountryOnly)) return undefined;
  const countries = read.map((readings) => readings.find(({ as }) => as === "country"));
  return countries.flatMap((region) => (region ? [{ country: region.country }] : []));
}

/** Whether a location has words that could name a place, known or not. "Remote (hybrid possible)" has none. */
export const namesPlace = (places: Places, location: string): boolean => partsOf(places, location).length > 0;

/** Places joined by "and", unless that is part of a name ("Trinidad and Tobago"). */
function joined(places: Places, piece: string): Region[] | undefined {
  const each = piece.split(/\s+(?:and|[&+])\s+/i).map((name) => inPiece(places, name));
  return each.length > 1 && each.every((regions) => regions.length > 0) ? each.flat() : undefined;
}

const reads = ({ readings }: Part, ...kinds: Reading["as"][]): boolean =>
  readings.some((reading) => kinds.includes(reading.as));

function inPiece(places: Places, piece: string): Region[] {
  const all = partsOf(places, piece);
  // "Denver, Colorado, United States, AMER": an area says nothing beside a place in it.
  const parts = all.some(isCertain)
    ? all.filter((part) => part.readings.length === 0 || isCertain(part))
    : all;
  const [first, end] = [parts[0], parts[parts.length - 1]];
  // Some locations go from the large to the small: "USA, NY, New York", "Germany, Berlin".
  if (first && end && reads(first, "country") && !reads(first, "state", "city") && reads(end, "city"))
    parts.reverse();
  return grouped(parts).flatMap((group) => regionFrom(group) ?? []);
}

/** Whether a part names a country, or a place in one, and not an area of several. */
const isCertain = ({ readings }: Part): boolean => readings.some(({ country }) => country.length === 2);

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
    if (group && !(apart && isCity) && !isNext(group, part)) group.push(part);
    else groups.push([part]);
  }
  return groups;
}

/** "California, Oregon" and "France, Spain": a second state or country begins a second place. */
function isNext(group: readonly Part[], part: Part): boolean {
  const kind = reads(part, "state") ? "state" : "country";
  if (!reads(part, kind) || reads(part, "city") || part.text === "DC") return false; // Washington, DC
  const alike = group.filter((one) => reads(one, kind) && !reads(one, "city"));
  const agrees = (one: Part) => one.readings.some((a) => part.readings.some((b) => agree(a, b)));
  return alike.length > 0 && !group.some(agrees);
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
