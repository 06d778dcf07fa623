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

const NAMES = new Map<string, Reading[]>();
const CODES = new Map<string, Reading[]>();
const add = (to: Map<string, Reading[]>, key: string, reading: Reading) =>
  void to.set(key, [...(to.get(key) ?? []), reading]);
const listed = (names: string): string[][] => names.split(", ").map((name) => name.split("/"));

// What is read first is meant where nothing else decides: a city before its state, a state before a country.
for (const [where, names] of Object.entries(CITIES)) {
  const [country = "", state] = where.split("-");
  for (const [city = "", ...others] of listed(names))
    for (const name of [city, ...others])
      add(NAMES, folded(name), { as: "city", country, ...(state === undefined ? {} : { state }), city });
}

/** Codes that are a country's first, since more posts name it: Amsterdam before St. John's. */
const COUNTRY_FIRST = new Set(["NL", "PE", "SK"]);
const provinces = listed(CANADIAN_PROVINCES);
for (const [country, states] of [
  ["US", listed(US_STATES)],
  ["CA", provinces],
] as const)
  for (const [first = "", ...others] of states) {
    const state = first.slice(0, 2);
    for (const name of [first.slice(3), ...others]) add(NAMES, folded(name), { as: "state", country, state });
    if (!COUNTRY_FIRST.has(state)) add(CODES, state, { as: "state", country, state });
  }

const NAMED = (["long", "short"] as const).map(
  (style) => new Intl.DisplayNames("en", { type: "region", style, fallback: "none" }),
);
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
for (const code of LETTERS.flatMap((a) => LETTERS.map((b) => a + b))) {
  // A code that was given up ("DD") stands for what replaced it, and is not read as a code itself.
  const country = new Intl.Locale(`und-${code}`).region ?? code;
  const names = new Set(NAMED.flatMap((named) => named.of(code) ?? []));
  if (names.size === 0 || /^X[AB]$/.test(code)) continue;
  if (country !== code && code !== "UK") continue;
  add(CODES, code, { as: "country", country });
  for (const name of names)
    if (country === code && folded(name).length > 2) add(NAMES, folded(name), { as: "country", country });
}
for (const [country, names] of [...Object.entries(COUNTRY_ALIASES), ...Object.entries(SUBDIVISIONS)])
  for (const name of names.split(", ")) add(NAMES, folded(name), { as: "country", country });
for (const [first = ""] of provinces) {
  const state = first.slice(0, 2);
  if (COUNTRY_FIRST.has(state)) add(CODES, state, { as: "state", country: "CA", state });
}

/** What a name means, most likely first; empty for one not on file. */
export const named = (name: string): readonly Reading[] => NAMES.get(folded(name)) ?? [];

/** What a code of two letters means, most likely first. */
export const coded = (code: string): readonly Reading[] => CODES.get(folded(code).toUpperCase()) ?? [];

/** A country, or an area of several, in English. */
export const countryName = (country: string): string =>
  /^[A-Z]{2}$/.test(country) ? (NAMED[0]?.of(country) ?? country) : country;
