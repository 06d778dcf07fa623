import { DomainError } from "../errors.ts";

/** Below this nobody is paid for a year of full-time work, by currency: some half of the lowest wages. */
const LEAST_A_YEAR: Readonly<Record<string, number>> = {
  ...{ USD: 10_000, CAD: 15_000, AUD: 20_000, NZD: 20_000, SGD: 12_000, HKD: 60_000 },
  ...{ EUR: 6_000, GBP: 10_000, CHF: 20_000, SEK: 100_000, NOK: 120_000, DKK: 100_000 },
  ...{
    PLN: 30_000,
    CZK: 150_000,
    HUF: 1_500_000,
    RON: 20_000,
    TRY: 100_000,
    ILS: 40_000,
    AED: 20_000,
    ZAR: 30_000,
  },
  ...{
    INR: 100_000,
    JPY: 1_200_000,
    CNY: 15_000,
    KRW: 12_000_000,
    PHP: 60_000,
    BRL: 10_000,
    MXN: 40_000,
    NGN: 300_000,
  },
};
const LEAST_ELSEWHERE = 1_000;
const WIDEST = 10; // times the lower end

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
  if (compMin !== null && compMax !== null && compMin > compMax) {
    throw new DomainError(
      "invalid",
      `comp_min (${compMin}) is above comp_max (${compMax}).`,
      "Give both, the lower one as comp_min.",
    );
  }
  const least = LEAST_A_YEAR[currency] ?? LEAST_ELSEWHERE;
  for (const [field, amount] of [
    ["comp_min", compMin],
    ["comp_max", compMax],
  ] as const) {
    if (amount === null || amount >= least) continue;
    throw new DomainError(
      "invalid",
      `${field}: ${currency} ${amount} is no year's pay.`,
      meant(field, amount, currency),
    );
  }
  if (compMin !== null && compMax !== null && compMax > compMin * WIDEST) {
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
