import { regionOf, regionsOf } from "../jurisdictions/place.ts";
import { folded, type Places } from "../jurisdictions/place-names.ts";
import { partsOf } from "../jurisdictions/place-parts.ts";
import { liesIn, type Region, takesIn } from "../jurisdictions/region.ts";
import type { RoleTemplate } from "./role-template.ts";

export type Adjustment = RoleTemplate["salary"]["adjustments"][number];

/** The country whose pay the bands are; null where the template does not say. Dollars are those of the United States. */
export const homeOf = ({ salary }: RoleTemplate): string | null =>
  salary.country ?? (salary.currency === "USD" ? "US" : null);

/** Whether every place that a location names is outside the country of the figures. */
export function isAbroad(places: Places, template: RoleTemplate, location: string | null): boolean {
  const home = homeOf(template);
  const regions = location === null ? [] : regionsOf(places, location);
  return home !== null && regions.length > 0 && !regions.some(({ country }) => takesIn(country, home));
}

/**
 * The adjustment of a place, of the first that has one: the cities of its list and no others. A state is not its city:
 * "Albany, New York" and "NY" are not the city of New York, nor is Oakland in Maine that of California.
 */
export function adjustmentFor(
  places: Places,
  template: RoleTemplate,
  location: string | null,
): Adjustment | undefined {
  if (location === null) return undefined;
  const listed = template.salary.adjustments.filter(({ kind }) => kind === "location");
  const regions = regionsOf(places, location);
  for (const region of regions) {
    const adjustment = listed.find((entry) => entry.places.some((place) => isPlace(places, region, place)));
    if (adjustment) return adjustment;
  }
  // A name that only the template knows is compared as it stands.
  const words = regions.length === 0 ? partsOf(places, location).map(({ text }) => folded(text)) : [];
  return listed.find((entry) => entry.places.some((place) => words.includes(folded(place))));
}

function isPlace(places: Places, region: Region, place: string): boolean {
  const listed = regionOf(places, place);
  if (!listed) return false;
  const { city, ...territory } = listed;
  const sameCity = city === undefined || (region.city !== undefined && folded(region.city) === folded(city));
  return sameCity && liesIn(region, territory);
}
