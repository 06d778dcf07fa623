import { NOTICES, RETENTION } from "./duties.ts";
import { PAY_RANGE } from "./pay-range.ts";
import type { LegalRule } from "./rule.ts";

/** Everything on file, for tests and for whoever asks what is covered. */
export const LEGAL_RULES: readonly LegalRule[] = [...PAY_RANGE, ...NOTICES, ...RETENTION];

export type Standing = "upcoming" | "in_force" | "ended";
/** A rule as it stands on a day. */
export type Duty = Omit<LegalRule, "codes" | "names"> & { readonly status: Standing };

/** Where a post can be read and answered from: a place, or anywhere in a country. */
export type Reach = { readonly location: string | null; readonly anywhereInUs: boolean };

/** A remote role without a place, or with only a country, reaches every state. */
export function matchPlaces(location: string | null, remote: boolean): Reach {
  const abroad =
    location !== null && /\b(?:europe|eu|uk|canada|germany|france|india|emea|apac)\b/i.test(location);
  return { location, anywhereInUs: remote && !abroad };
}

/** How a rule stands on a day: both ends are inclusive. */
export function standingOn(rule: LegalRule, day: string): Standing {
  if (day < rule.valid_from) return "upcoming";
  return rule.valid_until !== undefined && day > rule.valid_until ? "ended" : "in_force";
}

function covers({ codes, names }: LegalRule, location: string): boolean {
  const lower = location.toLowerCase();
  // "Washington, DC" is no place in the state of Washington, nor "New York" in a street's name.
  const inDc = /\bD\.?C\.?(?!\w)/.test(location);
  const named = names.some(
    (name) => !(inDc && name === "washington") && new RegExp(`(?<![\\w])${name}(?![\\w])`).test(lower),
  );
  return named || codes.some((code) => new RegExp(`(?<![A-Za-z])${code}(?![A-Za-z])`).test(location));
}

/** Every dated duty of the places, as of a day; what has ended is left out. */
export function dutiesIn({ location, anywhereInUs }: Reach, today: string): Duty[] {
  return LEGAL_RULES.filter(
    (rule) =>
      (location !== null && covers(rule, location)) ||
      (anywhereInUs && rule.kind === "pay_range" && rule.id.startsWith("pay_range_us_")),
  )
    .map(({ codes: _codes, names: _names, ...rule }) => ({
      ...rule,
      status: standingOn({ ...rule, codes: [], names: [] }, today),
    }))
    .filter((duty) => duty.status !== "ended");
}

/**
 * The rules by which a pay range must be told in a post, or before the first talk, about a role at a place on a day; none
 * where no rule is on file. Guidance, not legal advice.
 */
export const payRangesInForce = (location: string | null, remote: boolean, today: string): Duty[] =>
  dutiesIn(matchPlaces(location, remote), today).filter(
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
