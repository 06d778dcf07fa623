/**
 * Where a place is. `country` is the ISO code of the country, or EU, or an area of several countries such as EMEA.
 * `state` is a code and only set for the United States and Canada. `city` is set when the place names one.
 */
export type Region = { readonly country: string; readonly state?: string; readonly city?: string };

const BOROUGHS = {
  "New York City": [
    "New York City",
    ...["Manhattan", "Brooklyn", "Queens", "Bronx", "Staten Island", "Long Island City"],
  ],
} as const satisfies Record<string, readonly string[]>;

/** Where a rule holds. `within` is a city together with its boroughs. */
export type Territory = Omit<Region, "city"> & { readonly within?: keyof typeof BOROUGHS };

/** Areas of several countries, each with the territory that they include and for which there are rules or figures. */
const AREAS: Record<string, string> = { EUROPE: "EU", EMEA: "EU", EEA: "EU", AMERICAS: "US" };

const EU_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(
  " ",
);

/** Whether two regions can be the same place. A missing state agrees with every state; cities are not compared. */
export const agree = (a: Region, b: Region): boolean =>
  a.country === b.country && (a.state === undefined || b.state === undefined || a.state === b.state);

/** Whether `country` is the wanted country, or an area that includes it. */
export const takesIn = (country: string, wanted: string): boolean =>
  country === wanted || AREAS[country] === wanted;

/** Whether a region lies in a territory. A place open to all of Europe lies in the European Union. */
export function liesIn({ country, state, city }: Region, territory: Territory): boolean {
  const { within } = territory;
  if (territory.state !== undefined && state !== territory.state) return false;
  if (within !== undefined && !BOROUGHS[within].some((part) => part === city)) return false;
  if (territory.country !== "EU") return country === territory.country;
  return takesIn(country, "EU") || EU_MEMBERS.includes(country);
}
