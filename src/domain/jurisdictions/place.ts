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
  location.split(/\s+or\s+|[/;•·\n]/).flatMap((piece) => joined(places, piece) ?? inPiece(places, piece));

/** Whether a location has words that could name a place, known or not. "Remote (hybrid possible)" has none. */
export const namesPlace = (places: Places, location: string): boolean => partsOf(places, location).length > 0;

/** Places joined by "and", unless that is part of a name ("Trinidad and Tobago"). */
function joined(places: Places, piece: string): Region[] | undefined {
  const each = piece.split(/\s+(?:and|&)\s+/).map((name) => inPiece(places, name));
  return each.length > 1 && each.every((regions) => regions.length > 0) ? each.flat() : undefined;
}

const reads = ({ readings }: Part, ...kinds: Reading["as"][]): boolean =>
  readings.some((reading) => kinds.includes(reading.as));

function inPiece(places: Places, piece: string): Region[] {
  const parts = partsOf(places, piece);
  const [first, end] = [parts[0], parts[parts.length - 1]];
  // Some locations go from the large to the small: "USA, NY, New York", "Germany, Berlin".
  if (first && end && reads(first, "country") && !reads(first, "state", "city") && reads(end, "city"))
    parts.reverse();
  return grouped(parts).flatMap((group) => regionFrom(group) ?? []);
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
    if (group && !(apart && isCity)) group.push(part);
    else groups.push([part]);
  }
  return groups;
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
