/**
 * Where a place lies: the ISO code of the country (or EU, or an area of several, such as EMEA), for the United States and
 * Canada the code of the state, and the city where one is named.
 */
export type Region = { readonly country: string; readonly state?: string; readonly city?: string };

const BOROUGHS = {
  "New York City": [
    "New York City",
    ...["Manhattan", "Brooklyn", "Queens", "Bronx", "Staten Island", "Long Island City"],
  ],
} as const satisfies Record<string, readonly string[]>;

/** Where a rule holds; `within` is a city with the boroughs that are part of it. */
export type Territory = Omit<Region, "city"> & { readonly within?: keyof typeof BOROUGHS };

/** What areas of several countries take in, as far as rules or figures are kept for it as a whole. */
const AREAS: Record<string, string> = { EUROPE: "EU", EMEA: "EU", AMERICAS: "US" };

const EU_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(
  " ",
);

/** Whether two regions can be the same place as far as each is told; cities are not compared. */
export const agree = (a: Region, b: Region): boolean =>
  a.country === b.country && (a.state === undefined || b.state === undefined || a.state === b.state);

/** Whether a country, or an area of several, is a country or takes it in. */
export const takesIn = (country: string, wanted: string): boolean =>
  country === wanted || AREAS[country] === wanted;

/** Whether a region lies in a territory. What is open to Europe is open to the Union. */
export function liesIn({ country, state, city }: Region, territory: Territory): boolean {
  const { within } = territory;
  if (territory.state !== undefined && state !== territory.state) return false;
  if (within !== undefined && !BOROUGHS[within].some((part) => part === city)) return false;
  return takesIn(country, territory.country) || (territory.country === "EU" && EU_MEMBERS.includes(country));
}
