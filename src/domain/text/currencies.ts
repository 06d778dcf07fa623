type Currency = {
  /** Below this nobody is paid for a year of full-time work: some half of the lowest wages. */
  readonly least?: number;
  /** How many make a dollar, near enough to tell a salary from a slip; 1 where not given. */
  readonly aDollar?: number;
  /** How it is written beside its code, in capitals. */
  readonly signs?: readonly string[];
};

/** The currencies that are read, by their codes. */
export const CURRENCIES: Readonly<Record<string, Currency>> = {
  USD: { least: 10_000, signs: ["$", "US$"] },
  EUR: { least: 6_000, signs: ["€", "EURO", "EUROS"] },
  GBP: { least: 10_000, signs: ["£"] },
  CAD: { least: 15_000, signs: ["C$", "CA$"] },
  CHF: { least: 20_000, signs: ["FR"] },
  AUD: { least: 20_000, signs: ["A$", "AU$"] },
  NZD: { least: 20_000, signs: ["NZ$"] },
  SGD: { least: 12_000, signs: ["S$"] },
  HKD: { least: 60_000, signs: ["HK$"] },
  INR: { least: 100_000, aDollar: 100, signs: ["₹", "RS"] },
  SEK: { least: 100_000 },
  NOK: { least: 120_000 },
  DKK: { least: 100_000 },
  PLN: { least: 30_000, signs: ["ZŁ"] },
  JPY: { least: 1_200_000, aDollar: 150, signs: ["¥"] },
  CNY: { least: 15_000, signs: ["RMB", "CN¥"] },
  KRW: { least: 12_000_000, aDollar: 1_400, signs: ["₩"] },
  BRL: { least: 10_000, signs: ["R$"] },
  MXN: { least: 40_000 },
  ZAR: { least: 30_000 },
  AED: { least: 20_000 },
  SAR: {},
  ILS: { least: 40_000, signs: ["₪"] },
  CZK: { least: 150_000, aDollar: 22, signs: ["KČ"] },
  HUF: { least: 1_500_000, aDollar: 350, signs: ["FT"] },
  RON: { least: 20_000 },
  TRY: { least: 100_000, signs: ["₺"] },
  PHP: { least: 60_000, aDollar: 58, signs: ["₱"] },
  MYR: {},
  NGN: { least: 300_000, aDollar: 1_500, signs: ["₦"] },
};

const LEAST_ELSEWHERE = 1_000;

/** The least that is paid for a year of full-time work in a currency. */
export const leastYearlyPay = (currency: string): number => CURRENCIES[currency]?.least ?? LEAST_ELSEWHERE;

const WIDEST = 10; // times the lower end

/** Why two ends are no range of pay: the wrong way round, or so far apart that thousands were left out; null for a range. */
export function rangeFault(min: number, max: number): "reversed" | "too_wide" | null {
  if (min > max) return "reversed";
  return max > min * WIDEST ? "too_wide" : null;
}

const BY_SIGN = new Map(
  Object.entries(CURRENCIES).flatMap(([code, { signs = [] }]) => signs.map((sign) => [sign, code] as const)),
);

/** The code of a currency as it is written; crowns alone may be of several countries. */
export function currencyWritten(written: string): string {
  const plain = written.replace(/[\s.]/g, "").toUpperCase();
  const code = Object.keys(CURRENCIES).find((one) => plain.includes(one));
  return code ?? BY_SIGN.get(plain) ?? (plain === "KR" ? "kr" : plain);
}
