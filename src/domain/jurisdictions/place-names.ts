import type { Region } from "./region.ts";

/** What a name may mean; `city` is the name on file. */
export type Reading = Region & { readonly as: "city" | "state" | "country" };

type City = string | { readonly name: string; readonly also: readonly string[] };
type Names = Readonly<Record<string, readonly string[]>>;

/** Names of places as the catalogue keeps them; countries and states are given by their codes. */
export type PlaceData = {
  /** What countries are called beside their English names, and areas of several. */
  readonly countries: Names;
  /** Parts of countries that posts name after a city. */
  readonly subdivisions: Names;
  /** Names of states, by country and state. */
  readonly states: Readonly<Record<string, Names>>;
  /** By country, or by country and state. */
  readonly cities: Readonly<Record<string, readonly City[] | Readonly<Record<string, readonly City[]>>>>;
};

/** The places that are known by name. */
export type Places = {
  /** What a name means, most likely first; empty for one not on file. */
  named(name: string): readonly Reading[];
  /** What a code of two letters means, most likely first. */
  coded(code: string): readonly Reading[];
};

/**
 * Puts names on file when a place is first read: reading the data and asking for the names of countries takes some 50 ms,
 * which no start should wait for.
 */
export function createPlaces(read: () => PlaceData): Places {
  let gazetteer: Gazetteer | undefined;
  const onFile = () => {
    gazetteer ??= makeGazetteer(read());
    return gazetteer;
  };
  return {
    named: (name) => onFile().names.get(folded(name)) ?? [],
    coded: (code) => onFile().codes.get(folded(code).toUpperCase()) ?? [],
  };
}

/** A name as it is looked up: lower case, without accents, full stops and spaces around. */
export const folded = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/[\p{M}.]/gu, "")
    .replace(/[’]/g, "'")
    .replace(/&/g, "and")
    .replace(/\bsaint\b/gi, "st")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();

type Readings = Map<string, Reading[]>;
type Gazetteer = { readonly names: Readings; readonly codes: Readings };

const add = (to: Readings, key: string, reading: Reading) =>
  void to.set(key, [...(to.get(key) ?? []), reading]);

/** What is read first is meant where nothing else decides: a city before its state, a state before a country. */
function makeGazetteer(data: PlaceData): Gazetteer {
  const gazetteer: Gazetteer = { names: new Map(), codes: new Map() };
  addCities(gazetteer, data);
  addStates(gazetteer, data);
  addCountries(gazetteer, data);
  return gazetteer;
}

function addCities({ names }: Gazetteer, { cities }: PlaceData): void {
  const addAll = (territory: Pick<Region, "country" | "state">, listed: readonly City[]) => {
    for (const entry of listed) {
      const { name: city, also } = typeof entry === "string" ? { name: entry, also: [] } : entry;
      for (const name of [city, ...also]) add(names, folded(name), { as: "city", ...territory, city });
    }
  };
  for (const [country, listed] of Object.entries(cities)) {
    if (isList(listed)) addAll({ country }, listed);
    else for (const [state, inState] of Object.entries(listed)) addAll({ country, state }, inState);
  }
}

const isList = <T>(listed: readonly T[] | Readonly<Record<string, readonly T[]>>): listed is readonly T[] =>
  Array.isArray(listed);

/** Codes that are a country's first, since more posts name it: Amsterdam before St. John's. */
const COUNTRY_FIRST = new Set(["NL", "PE", "SK"]);

const statesOf = ({ states }: PlaceData) =>
  Object.entries(states).flatMap(([country, inCountry]) =>
    Object.entries(inCountry).map(([state, names]) => ({ country, state, names })),
  );

function addStates({ names, codes }: Gazetteer, data: PlaceData): void {
  for (const { country, state, names: called } of statesOf(data)) {
    for (const name of called) add(names, folded(name), { as: "state", country, state });
    if (!COUNTRY_FIRST.has(state)) add(codes, state, { as: "state", country, state });
  }
}

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const displayNames = (style: "long" | "short") =>
  new Intl.DisplayNames("en", { type: "region", style, fallback: "none" });

function addCountries({ names, codes }: Gazetteer, data: PlaceData): void {
  const styles = [displayNames("long"), displayNames("short")];
  for (const code of LETTERS.flatMap((a) => LETTERS.map((b) => a + b))) {
    // A code that was given up ("DD") stands for what replaced it, and is not read as a code itself.
    const country = new Intl.Locale(`und-${code}`).region ?? code;
    const called = new Set(styles.flatMap((style) => style.of(code) ?? []));
    if (called.size === 0 || /^X[AB]$/.test(code)) continue;
    if (country !== code && code !== "UK") continue;
    add(codes, code, { as: "country", country });
    for (const name of called)
      if (country === code && folded(name).length > 2) add(names, folded(name), { as: "country", country });
  }
  for (const [country, called] of [...Object.entries(data.countries), ...Object.entries(data.subdivisions)])
    for (const name of called) add(names, folded(name), { as: "country", country });
  for (const { country, state } of statesOf(data))
    if (COUNTRY_FIRST.has(state)) add(codes, state, { as: "state", country, state });
}

/** A country, or an area of several, in English. */
export const countryName = (country: string): string =>
  /^[A-Z]{2}$/.test(country) ? (displayNames("long").of(country) ?? country) : country;
