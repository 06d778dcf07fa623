import { CANADIAN_PROVINCES, CITIES, COUNTRY_ALIASES, SUBDIVISIONS, US_STATES } from "./gazetteer.ts";
import type { Region } from "./region.ts";

/** What a name may mean; `city` is the name in the gazetteer. */
export type Reading = Region & { readonly as: "city" | "state" | "country" };

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
const listed = (names: string): string[][] => names.split(", ").map((name) => name.split("/"));

/** Codes that are a country's first, since more posts name it: Amsterdam before St. John's. */
const COUNTRY_FIRST = new Set(["NL", "PE", "SK"]);
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

let made: Gazetteer | undefined;
/** Made when a place is first read: it takes some 40 ms, which no start should wait for. */
const gazetteer = (): Gazetteer => {
  made ??= makeGazetteer();
  return made;
};

/** What is read first is meant where nothing else decides: a city before its state, a state before a country. */
function makeGazetteer(): Gazetteer {
  const all: Gazetteer = { names: new Map(), codes: new Map() };
  addCities(all);
  addStates(all);
  addCountries(all);
  return all;
}

function addCities({ names }: Gazetteer): void {
  for (const [where, cities] of Object.entries(CITIES)) {
    const [country = "", state] = where.split("-");
    for (const [city = "", ...others] of listed(cities))
      for (const name of [city, ...others])
        add(names, folded(name), { as: "city", country, ...(state === undefined ? {} : { state }), city });
  }
}

function addStates({ names, codes }: Gazetteer): void {
  for (const [country, states] of [
    ["US", listed(US_STATES)],
    ["CA", listed(CANADIAN_PROVINCES)],
  ] as const)
    for (const [first = "", ...others] of states) {
      const state = first.slice(0, 2);
      for (const name of [first.slice(3), ...others])
        add(names, folded(name), { as: "state", country, state });
      if (!COUNTRY_FIRST.has(state)) add(codes, state, { as: "state", country, state });
    }
}

const displayNames = (style: "long" | "short") =>
  new Intl.DisplayNames("en", { type: "region", style, fallback: "none" });

function addCountries({ names, codes }: Gazetteer): void {
  const styles = [displayNames("long"), displayNames("short")];
  for (const code of LETTERS.flatMap((a) => LETTERS.map((b) => a + b))) {
    // A code that was given up ("DD") stands for what replaced it, and is not read as a code itself.
    const country = new Intl.Locale(`und-${code}`).region ?? code;
    const said = new Set(styles.flatMap((style) => style.of(code) ?? []));
    if (said.size === 0 || /^X[AB]$/.test(code)) continue;
    if (country !== code && code !== "UK") continue;
    add(codes, code, { as: "country", country });
    for (const name of said)
      if (country === code && folded(name).length > 2) add(names, folded(name), { as: "country", country });
  }
  for (const [country, aliases] of [...Object.entries(COUNTRY_ALIASES), ...Object.entries(SUBDIVISIONS)])
    for (const name of aliases.split(", ")) add(names, folded(name), { as: "country", country });
  for (const [first = ""] of listed(CANADIAN_PROVINCES)) {
    const state = first.slice(0, 2);
    if (COUNTRY_FIRST.has(state)) add(codes, state, { as: "state", country: "CA", state });
  }
}

/** What a name means, most likely first; empty for one not on file. */
export const named = (name: string): readonly Reading[] => gazetteer().names.get(folded(name)) ?? [];

/** What a code of two letters means, most likely first. */
export const coded = (code: string): readonly Reading[] =>
  gazetteer().codes.get(folded(code).toUpperCase()) ?? [];

/** A country, or an area of several, in English. */
export const countryName = (country: string): string =>
  /^[A-Z]{2}$/.test(country) ? (displayNames("long").of(country) ?? country) : country;
