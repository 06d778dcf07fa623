import { requireYearsPay, yearlyOf } from "../roles/yearly-pay.ts";
import type { OfferTerms } from "./offer.ts";

/** What stands out about the terms of an offer beside its role. */
export type OfferFinding =
  | ({
      readonly finding: "below_range" | "above_range";
      readonly by: number;
      readonly yearly: number;
      /** How many of the offer's periods were counted as a year. */
      readonly times: number;
    } & PayRange)
  /** Nothing to compare it with, or nothing to compare. */
  | { readonly finding: "range_not_set" | "base_not_set" }
  /** Amounts of two currencies are not compared. */
  | { readonly finding: "other_currency"; readonly currency: string; readonly role_currency: string }
  | { readonly finding: "last_day_past"; readonly day: string };

/** A role's pay for a year. An end is null while it is not set. */
type PayRange = { readonly min: number | null; readonly max: number | null; readonly currency: string };

type RolePay = {
  readonly compMin: number | null;
  readonly compMax: number | null;
  readonly currency: string;
};

/**
 * How an offer lies beside the pay of its role.
 * @throws DomainError `invalid` for a year's pay that is none: thousands left out, or a month's.
 */
export function offerFindings(terms: OfferTerms, role: RolePay, today: string): OfferFinding[] {
  const { expiresOn } = terms;
  const isPast = expiresOn !== null && expiresOn < today;
  return [
    ...payFindings(terms, role),
    ...(isPast ? [{ finding: "last_day_past", day: expiresOn } as const] : []),
  ];
}

function payFindings({ base, currency, period }: OfferTerms, role: RolePay): OfferFinding[] {
  if (base === null) return [{ finding: "base_not_set" }];
  if (period === "year") requireYearsPay("base", base, currency);
  const { compMin: min, compMax: max } = role;
  if (min === null && max === null) return [{ finding: "range_not_set" }];
  if (currency !== role.currency)
    return [{ finding: "other_currency", currency, role_currency: role.currency }];
  const { yearly, times } = yearlyOf(base, period);
  const beside = { yearly, times, min, max, currency };
  if (min !== null && yearly < min) return [{ finding: "below_range", by: min - yearly, ...beside }];
  if (max !== null && yearly > max) return [{ finding: "above_range", by: yearly - max, ...beside }];
  return [];
}
