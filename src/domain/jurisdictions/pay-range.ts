import type { LegalRule } from "./rule.ts";

/** The duty where a law requires the pay range in the post. The employers that it binds are added after it. */
export const IN_POST = "A post states the pay range";

/** The least number of employees, in words. */
export const orMore = (employees: number): string => `${employees} or more employees`;

const inPost = (
  code: string,
  place: string,
  employees: number,
  valid_from: string,
  source: string,
): LegalRule => ({
  id: `pay_range_us_${code.toLowerCase()}`,
  kind: "pay_range",
  place,
  where: [{ country: "US", state: code }],
  text: `${IN_POST} (employers with ${orMore(employees)}).`,
  min_employees: employees,
  valid_from,
  date_verified: false,
  source,
});

/**
 * Places whose law requires a pay range in the post itself. The dates of the states come from general knowledge and
 * were not checked at a source; the date of the directive was checked. Not included: laws that give the range only on
 * request or before an offer, laws of cities, and laws of countries outside the United States and the European Union.
 */
export const PAY_RANGE: readonly LegalRule[] = [
  inPost(
    "CO",
    "Colorado",
    1,
    "2021-01-01",
    "Equal Pay for Equal Work Act, C.R.S. 8-5-201; $500 to $10,000 a violation, and no remote post may except Colorado",
  ),
  inPost("CA", "California", 15, "2023-01-01", "SB 1162, Labor Code 432.3"),
  inPost("WA", "Washington", 15, "2023-01-01", "Equal Pay and Opportunities Act, RCW 49.58.110"),
  inPost("NY", "New York", 4, "2023-09-17", "Labor Law 194-b"),
  inPost("HI", "Hawaii", 50, "2024-01-01", "Act 203 of 2023"),
  inPost("DC", "District of Columbia", 1, "2024-06-30", "Wage Transparency Omnibus Amendment Act of 2023"),
  inPost(
    "MD",
    "Maryland",
    1,
    "2024-10-01",
    "Equal Pay for Equal Work: Wage Range Transparency, Labor and Employment 3-304.2",
  ),
  inPost("IL", "Illinois", 15, "2025-01-01", "HB 3129, 820 ILCS 112/10"),
  inPost("MN", "Minnesota", 30, "2025-01-01", "Minn. Stat. 181.173"),
  inPost("NJ", "New Jersey", 10, "2025-06-01", "Pay and Benefit Transparency Act, P.L. 2024 c. 91"),
  inPost("VT", "Vermont", 5, "2025-07-01", "Act 155 of 2024 (H. 704)"),
  inPost("MA", "Massachusetts", 25, "2025-10-29", "Frances Perkins Workplace Equity Act"),
  inPost("DE", "Delaware", 26, "2027-09-26", "HB 105 of 2025, 19 Del. C. 709C"),
  {
    id: "pay_range_eu",
    kind: "pay_range",
    place: "European Union (Italy, Malta, Slovakia, Lithuania)",
    where: [{ country: "IT" }, { country: "MT" }, { country: "SK" }, { country: "LT" }],
    text: "Candidates get the pay range before the interview, in the post or otherwise, and are not asked about former pay.",
    min_employees: null,
    valid_from: "2026-06-07",
    date_verified: true,
    source: "Directive (EU) 2023/970; transposed on time by these four",
  },
];
