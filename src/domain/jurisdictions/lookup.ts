import { NOTICES, RETENTION } from "./duties.ts";
import { PAY_RANGE } from "./pay-range.ts";
import { namedPlaces } from "./place.ts";
import type { Places } from "./place-names.ts";
import { liesIn, type Region } from "./region.ts";
import type { LegalRule } from "./rule.ts";

/** Every rule on file, for tests and for showing what is covered. */
export const LEGAL_RULES: readonly LegalRule[] = [...PAY_RANGE, ...NOTICES, ...RETENTION];

export type Standing = "upcoming" | "in_force" | "ended";
/** A rule with its status on a given day. */
export type Duty = Omit<LegalRule, "where"> & { readonly status: Standing };

/** The places that a job post names, and whether it can be answered from anywhere in the United States. */
type MatchedPlaces = { readonly regions: readonly Region[]; readonly anywhereInUs: boolean };

/** Where the work of a role is done. */
type Whereabouts = { readonly location: string | null; readonly remote: boolean };

/**
 * The places of a role that are certain, and the areas. A remote role of a place in the United States reaches every
 * state; one that names no place says nothing about a country.
 */
export function matchPlaces(places: Places, { location, remote }: Whereabouts): MatchedPlaces {
  const named = location === null ? [] : namedPlaces(places, location);
  const regions = named.flatMap(({ region, certain }) =>
    region !== null && (certain || region.country.length > 2) ? [region] : [],
  );
  return { regions, anywhereInUs: remote && regions.some(({ country }) => country === "US") };
}

/**
 * What is to be asked before the law can be named: the words of a place that can mean several or is not known, or
 * nothing where a remote role names none. Null where the place is certain.
 */
export function unclearPlace(places: Places, { location, remote }: Whereabouts): { quote?: string } | null {
  const named = location === null ? [] : namedPlaces(places, location);
  if (named.some(({ certain }) => certain)) return null;
  const [first] = named;
  if (first) return { quote: first.quote };
  return remote ? {} : null;
}

/** The status of a rule on a day. The first and the last day are included. */
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

/** Every rule that applies at these places, with its status today. Rules that have ended are left out. */
export const dutiesIn = (matched: MatchedPlaces, today: string): Duty[] =>
  LEGAL_RULES.filter((rule) => covers(matched, rule) && standingOn(rule, today) !== "ended").map(
    ({ where: _where, ...rule }) => ({ ...rule, status: standingOn(rule, today) }),
  );

/**
 * The rules in force that require a pay range in the post, or before the first talk. Empty where no rule is on file.
 * Guidance, not legal advice.
 */
export const payRangesInForce = (places: Places, role: Whereabouts, today: string): Duty[] =>
  dutiesIn(matchPlaces(places, role), today).filter(
    (duty) => duty.kind === "pay_range" && duty.status === "in_force",
  );

/** From which day a rule holds, in words. A day that nobody has checked is marked as such. */
export function sinceWhen({
  status,
  valid_from,
  date_verified,
}: Pick<Duty, "status" | "valid_from" | "date_verified">): string {
  const day = `${valid_from}${date_verified ? "" : " (date not verified)"}`;
  return status === "upcoming" ? `upcoming, from ${day}` : `since ${day}`;
}
