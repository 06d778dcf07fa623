import type { Region } from "./region.ts";

/** One meaning of a place name. `city` is the city's name as it is on file. */
export type Reading = Region & { readonly as: "city" | "state" | "country" };

type City = string | { readonly name: string; readonly also: readonly string[] };
type Names = Readonly<Record<string, readonly string[]>>;

/** Names of places as the catalogue stores them. Countries and states are given by their codes. */
export type PlaceData = {
  /** Further names of countries, beside their English names, and names of areas of several countries. */
  readonly countries: Names;
  /** Names of parts of countries that posts write after a city. */
  readonly subdivisions: Names;
  /** Names of states, by country and state. */
  readonly states: Readonly<Record<string, Names>>;
  /** Cities by country, or by country and state. */
  readonly cities: Readonly<Record<string, readonly City[] | Readonly<Record<string, readonly City[]>>>>;
};

/** The known places. */
export type Places = {
  /** The meanings of a name, most likely first. Empty for an unknown name. */
  named(name: string): readonly Reading[];
  /** The meanings of a two-letter code, most likely first. */
  coded(code: string): readonly Reading[];
};

/**
 * Builds the lookup when a place is first looked up. Reading the data and asking for the names of countries takes some
 * 50 ms, which would slow down every start.
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

/** The form in which names are compared: lower case, without accents, full stops and surrounding spaces. */
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

/**
 * Builds the lookup. The order matters: a name with several meanings means a city before a state and a state before a
 * country.
 */
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

/**
 * Codes that mean the country before the state or province, because more posts mean the country: NL is the Netherlands
 * before Newfoundland and Labrador.
 */
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
    // A withdrawn code such as "DD" resolves to its successor, and is skipped below.
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

/** The English name of a country, or of an area of several. */
export const countryName = (country: string): string =>
  /^[A-Z]{2}$/.test(country) ? (displayNames("long").of(country) ?? country) : country;
