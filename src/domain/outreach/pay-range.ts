/** Where the pay range must be told before the first talk, and since when. Guidance, not legal advice. */
type PayRangeRule = {
  readonly id: string;
  readonly valid_from: string;
  readonly source: string;
  readonly places: RegExp;
};

const EU_PLACES =
  "EU|European Union|Austria|Belgium|Bulgaria|Croatia|Cyprus|Czechia|Denmark|Estonia|Finland|France|Germany|Greece|Hungary|Ireland|Italy|Latvia|Lithuania|Luxembourg|Malta|Netherlands|Poland|Portugal|Romania|Slovakia|Slovenia|Spain|Sweden|Vienna|Brussels|Prague|Copenhagen|Tallinn|Helsinki|Paris|Berlin|Munich|Hamburg|Athens|Budapest|Dublin|Milan|Rome|Riga|Vilnius|Amsterdam|Warsaw|Krakow|Kraków|Lisbon|Porto|Bucharest|Bratislava|Ljubljana|Madrid|Barcelona|Stockholm";
const places = (names: string) => new RegExp(`(?<!\\p{L})(?:${names})(?!\\p{L})`, "u");

const RULES: readonly PayRangeRule[] = [
  {
    id: "eu_2023_970",
    valid_from: "2026-06-07",
    source: "Directive (EU) 2023/970, article 5",
    places: places(EU_PLACES),
  },
  {
    id: "us_ca_432_3",
    valid_from: "2023-01-01",
    source: "California Labor Code, section 432.3",
    places: places("California|CA|San Francisco|Los Angeles|San Diego|San Jose|Bay Area"),
  },
  {
    id: "us_co_equal_pay",
    valid_from: "2021-01-01",
    source: "Colorado Equal Pay for Equal Work Act, C.R.S. 8-5-201",
    places: places("Colorado|CO|Denver|Boulder"),
  },
  {
    id: "us_ny_194_b",
    valid_from: "2023-09-17",
    source: "New York Labor Law, section 194-b",
    places: places("New York|NY|NYC|Brooklyn"),
  },
  {
    id: "us_wa_49_58_110",
    valid_from: "2023-01-01",
    source: "Revised Code of Washington 49.58.110",
    places: places("Washington State|WA|Seattle|Bellevue|Redmond"),
  },
];

/** The rule that asks for the range in a first message about a role at this place on this day; undefined when none is known to. */
export function payRangeRule(location: string | null, on: Date): PayRangeRule | undefined {
  const day = on.toISOString().slice(0, 10);
  return location === null
    ? undefined
    : RULES.find((rule) => rule.valid_from <= day && rule.places.test(location));
}
