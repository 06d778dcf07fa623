import { DomainError } from "../errors.ts";
import { leastYearlyPay, rangeFault } from "../text/currencies.ts";

type YearlyPay = {
  readonly compMin: number | null;
  readonly compMax: number | null;
  readonly currency: string;
};

/**
 * Checks the pay of a role.
 * @throws DomainError `invalid` for ends the wrong way round, for an amount that is no year's pay, and for ends so far
 *   apart that thousands were left out. It names the field and what to give instead.
 */
export function requireYearlyPay({ compMin, compMax, currency }: YearlyPay): void {
  const fault = compMin === null || compMax === null ? null : rangeFault(compMin, compMax);
  if (fault === "reversed") {
    throw new DomainError(
      "invalid",
      `comp_min (${compMin}) is above comp_max (${compMax}).`,
      "Give both, the lower one as comp_min.",
    );
  }
  for (const [field, amount] of [
    ["comp_min", compMin],
    ["comp_max", compMax],
  ] as const) {
    if (amount !== null) requireYearsPay(field, amount, currency);
  }
  if (fault === "too_wide") {
    throw new DomainError(
      "invalid",
      `comp_min (${compMin}) and comp_max (${compMax}) cannot both be a year's pay.`,
      "Give both in whole units a year.",
    );
  }
}

/** "95" is 95,000; "4,500" is a month's pay, twelve times as much a year. */
const meant = (field: string, amount: number, currency: string): string =>
  amount < 1_000
    ? `Give whole units a year; for ${amount} thousand, ${field}: ${amount * 1_000}.`
    : `Give pay for a year in whole units of ${currency}; for ${amount} a month, ${field}: ${amount * 12}.`;

/** How many of a period are paid in a year of full-time work. */
const A_YEAR = { year: 1, month: 12, week: 52, day: 260, hour: 2_080 } as const;

/** Pay for a period as pay for a year of full-time work, and how many periods that counts. */
export const yearlyOf = (amount: number, period: keyof typeof A_YEAR): { yearly: number; times: number } => ({
  yearly: amount * A_YEAR[period],
  times: A_YEAR[period],
});

/**
 * Checks the yearly pay of an offer.
 * @throws DomainError `invalid` for an amount that is no year's pay, with what was probably meant.
 */
export function requireYearsPay(field: string, amount: number, currency: string): void {
  if (amount >= leastYearlyPay(currency)) return;
  throw new DomainError(
    "invalid",
    `${field}: ${currency} ${amount} is no year's pay.`,
    meant(field, amount, currency),
  );
}
