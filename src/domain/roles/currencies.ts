/**
 * A currency: how posts write it, the countries that pay in it, and the least that is a year's full-time pay in it, near
 * enough to tell a salary from a monthly figure or a slip of thousands.
 */
type Currency = {
  readonly code: string;
  readonly signs: readonly string[];
  readonly countries: readonly string[];
  readonly least: number;
};

const currency = (code: string, least: number, countries: string, signs = ""): Currency => ({
  code,
  least,
  countries: countries.split(" ").filter((one) => one !== ""),
  signs: signs.split(" ").filter((one) => one !== ""),
});

const CURRENCIES: readonly Currency[] = [
  currency("USD", 12_000, "US PR", "$ US$"),
  currency("EUR", 12_000, "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK", "€ EURO EUROS"),
  currency("GBP", 12_000, "GB", "£"),
  currency("CHF", 20_000, "CH LI", "FR"),
  currency("CAD", 15_000, "CA", "C$ CA$ CAD$"),
  currency("AUD", 15_000, "AU", "A$ AU$"),
  currency("NZD", 15_000, "NZ", "NZ$"),
  currency("SGD", 15_000, "SG", "S$"),
  currency("HKD", 60_000, "HK", "HK$"),
  currency("INR", 100_000, "IN", "₹ RS"),
  currency("JPY", 1_000_000, "JP", "¥ YEN"),
  currency("CNY", 20_000, "CN", "RMB"),
  currency("KRW", 10_000_000, "KR", "₩"),
  currency("SEK", 100_000, "SE"),
  currency("NOK", 100_000, "NO"),
  currency("DKK", 100_000, "DK"),
  currency("PLN", 30_000, "PL", "ZŁ"),
  currency("CZK", 150_000, "CZ", "KČ"),
  currency("HUF", 2_000_000, "HU", "FT"),
  currency("RON", 20_000, "RO", "LEI"),
  currency("BRL", 12_000, "BR", "R$"),
  currency("MXN", 60_000, "MX", "MX$"),
  currency("ZAR", 40_000, "ZA"),
  currency("ILS", 50_000, "IL", "₪"),
  currency("AED", 30_000, "AE"),
  currency("TRY", 100_000, "TR", "₺"),
  currency("NGN", 500_000, "NG", "₦"),
  currency("PHP", 100_000, "PH", "₱"),
  currency("TWD", 200_000, "TW", "NT$"),
  currency("THB", 100_000, "TH", "฿"),
];

const bySign = new Map(CURRENCIES.flatMap((one) => [one.code, ...one.signs].map((sign) => [sign, one.code])));

/** What posts write beside an amount, longest first: codes, and signs. */
export const CURRENCY_SIGNS: readonly string[] = [...bySign.keys()].sort((a, b) => b.length - a.length);

/** The code of a sign or code as it is written, without blanks and full stops; undefined for one that is not known. */
export const currencyOf = (sign: string): string | undefined =>
  bySign.get(sign.replace(/[\s.]/g, "").toUpperCase());

/** The currency that a country pays in. */
export const currencyIn = (country: string): string | undefined =>
  CURRENCIES.find(({ countries }) => countries.includes(country))?.code;

/** From the least to the most that can be meant as a year's pay, in whole units of the currency. */
export function yearlyBounds(code: string | null): { readonly least: number; readonly most: number } {
  const least = CURRENCIES.find((one) => one.code === code)?.least ?? 12_000;
  return { least, most: least * 400 };
}

/** A range ends at most at so many times its lower end. */
const WIDEST = 10;

/** Why an amount cannot be a year's pay. */
export type PayFault = "wrong_way_round" | "too_little" | "cannot_be_meant";

/** Why a range cannot be a year's pay; undefined for one that can. */
export function payFault(min: number, max: number, code: string | null): PayFault | undefined {
  const { least, most } = yearlyBounds(code);
  if (min > max) return "wrong_way_round";
  if (max < least) return "too_little";
  return max > most || min < max / WIDEST ? "cannot_be_meant" : undefined;
}
