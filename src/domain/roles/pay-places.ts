import { regionOf, regionsOf } from "../jurisdictions/place.ts";
import { folded, type Places } from "../jurisdictions/place-names.ts";
import { partsOf } from "../jurisdictions/place-parts.ts";
import { liesIn, type Region, takesIn } from "../jurisdictions/region.ts";
import type { RoleTemplate } from "./role-template.ts";

export type Adjustment = RoleTemplate["salary"]["adjustments"][number];

/**
 * The country that the bands are for. Null when the template does not say; a band in dollars is then for the United
 * States.
 */
export const homeOf = ({ salary }: RoleTemplate): string | null =>
  salary.country ?? (salary.currency === "USD" ? "US" : null);

/** Whether every place that a location names is outside the country of the figures. */
export function isAbroad(places: Places, template: RoleTemplate, location: string | null): boolean {
  const home = homeOf(template);
  const regions = location === null ? [] : regionsOf(places, location);
  return home !== null && regions.length > 0 && !regions.some(({ country }) => takesIn(country, home));
}

/**
 * The pay adjustment for a location: that of its first place with one. Only the listed cities have one. A state does
 * not count as its city: "Albany, New York" and "NY" are not New York City, and Oakland in Maine is not the one in
 * California.
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
  // A name that only the template knows is compared literally.
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
