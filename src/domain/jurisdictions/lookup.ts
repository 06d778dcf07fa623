import { NOTICES, RETENTION } from "./duties.ts";
import { PAY_RANGE } from "./pay-range.ts";
import { regionsOf } from "./place.ts";
import type { Places } from "./place-names.ts";
import { liesIn, type Region, takesIn } from "./region.ts";
import type { LegalRule } from "./rule.ts";

/** Everything on file, for tests and for whoever asks what is covered. */
export const LEGAL_RULES: readonly LegalRule[] = [...PAY_RANGE, ...NOTICES, ...RETENTION];

export type Standing = "upcoming" | "in_force" | "ended";
/** A rule as it stands on a day. */
export type Duty = Omit<LegalRule, "where"> & { readonly status: Standing };

/** Where a post can be read and answered from: the places that it names, or anywhere in the United States. */
type MatchedPlaces = { readonly regions: readonly Region[]; readonly anywhereInUs: boolean };

/** Where a role can be had. */
type Whereabouts = { readonly location: string | null; readonly remote: boolean };

/** A remote role reaches every state, unless all the places that it names are abroad. */
export function matchPlaces(places: Places, { location, remote }: Whereabouts): MatchedPlaces {
  const regions = location === null ? [] : regionsOf(places, location);
  const inUs = regions.length === 0 || regions.some(({ country }) => takesIn(country, "US"));
  return { regions, anywhereInUs: remote && inUs };
}

/** How a rule stands on a day: both ends are inclusive. */
export function standingOn(rule: Pick<LegalRule, "valid_from" | "valid_until">, day: string): Standing {
  if (day < rule.valid_from) return "upcoming";
  return rule.valid_until !== undefined && day > rule.valid_until ? "ended" : "in_force";
}

const covers = ({ regions, anywhereInUs }: MatchedPlaces, { kind, where }: LegalRule): boolean =>
  where.some(
    (territory) =>
      regions.some((region) => liesIn(region, territory)) ||
      (anywhereInUs && kind === "pay_range" && territory.country === "US"),
  );

/** Every dated duty of the places, as of a day; what has ended is left out. */
export const dutiesIn = (matched: MatchedPlaces, today: string): Duty[] =>
  LEGAL_RULES.filter((rule) => covers(matched, rule) && standingOn(rule, today) !== "ended").map(
    ({ where: _where, ...rule }) => ({ ...rule, status: standingOn(rule, today) }),
  );

/**
 * The rules by which a pay range must be told in a post, or before the first talk, about a role at a place on a day; none
 * where no rule is on file. Guidance, not legal advice.
 */
export const payRangesInForce = (places: Places, role: Whereabouts, today: string): Duty[] =>
  dutiesIn(matchPlaces(places, role), today).filter(
    (duty) => duty.kind === "pay_range" && duty.status === "in_force",
  );

/** Since when, or from when, a rule holds, in words; a day that nobody has checked says so. */
export function sinceWhen({
  status,
  valid_from,
  date_verified,
}: Pick<Duty, "status" | "valid_from" | "date_verified">): string {
  const day = `${valid_from}${date_verified ? "" : " (date not verified)"}`;
  return status === "upcoming" ? `upcoming, from ${day}` : `since ${day}`;
}
