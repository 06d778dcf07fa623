import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { statedPay } from "../../../src/domain/role-check/stated-pay.ts";
import { sentenceOf } from "../../../src/domain/text/finder.ts";

const lexicon = loadLexicon();
const read = (text: string) =>
  statedPay(lexicon, [{ ...sentenceOf(text), section: "about", where: "line 1" }]);
const told = (text: string) => {
  const { pay } = read(text);
  return pay && `${pay.min} to ${pay.max} ${pay.currency}`;
};

describe("the pay that a post states", () => {
  it.each([
    ["$150,000 - $190,000 base", "150000 to 190000 USD"],
    ["$150k-190k", "150000 to 190000 USD"],
    ["$150-190k", "150000 to 190000 USD"],
    ["Salary: 150-190k USD", "150000 to 190000 USD"],
    ["The salary is between $150,000 and $190,000 a year", "150000 to 190000 USD"],
    ["Base salary of $150,000–$185,000, 401(k) with match", "150000 to 185000 USD"],
    ["£90k to £110k", "90000 to 110000 GBP"],
    ["EUR 80.000 - 95.000", "80000 to 95000 EUR"],
    ["salary 95.000,00 € to 110.000,00 €", "95000 to 110000 EUR"],
    ["CHF 130'000 - 150'000 salary", "130000 to 150000 CHF"],
    ["C$140k-170k", "140000 to 170000 CAD"],
    ["₹40-60 lakhs a year", "4000000 to 6000000 INR"],
    ["Budget: ₹26–36 LPA", "2600000 to 3600000 INR"],
    ["150-250k + equity", "150000 to 250000 null"],
    ["150-250k+ + equity", "150000 to 250000 null"],
    ["40-55 LPA", "4000000 to 5500000 INR"],
    ["Salary: 1.2 crore", "12000000 to 12000000 INR"],
    ["¥9,000,000 - ¥14,000,000", "9000000 to 14000000 JPY"],
    ["R$ 7.000 a R$ 12.000/mês", "84000 to 144000 BRL"],
    ["70 000 € to 85 000 € salary", "70000 to 85000 EUR"],
    ["€70.000 - €85.000", "70000 to 85000 EUR"],
    ["$81,200 - $121,800 CAD", "81200 to 121800 CAD"],
    ["USD $176,000~$207,000", "176000 to 207000 USD"],
    ["191 300 zł - 258 700 zł", "191300 to 258700 PLN"],
    ["Day rate: £500", "130000 to 130000 GBP"],
    ["$38 - $46 per hour", "79040 to 95680 USD"],
    ["OTE $240k, base $160k-$190k", "160000 to 190000 USD"],
    ["$85/hour", "176800 to 176800 USD"],
    ["€650 per day", "169000 to 169000 EUR"],
    ["SEK 60 000 per month salary", "720000 to 720000 SEK"],
    ["Salary range: $165K–$205K (plus $5k signing bonus)", "165000 to 205000 USD"],
  ])("of %j is read", (text, pay) => expect(told(text)).toBe(pay));

  it.each([
    "We raised $40M",
    "our $2m cloud bill",
    "The GPU bill is $180k a month",
    "Cut the training bill, which is $300,000 - $350,000 a year",
    "a $2,000 learning budget",
    "401K, dental and vision",
    "401(k) with a match of 4%",
    "a $20k signing bonus",
    "up to $4,000 a year in a health reimbursement account",
    "we passed $150k ARR",
    "We serve 150 to 200 models",
    "an on-call allowance of $400",
  ])("is not %j", (text) => expect(read(text)).toEqual({ pay: null, odd: null }));

  it.each([
    ["Salary $210,000 - $150,000", "the wrong way round"],
    ["Salary $165 - $205", "no year's pay"],
    ["Salary $1,000,000 - $90,000,000", "cannot be meant"],
  ])("of %j is told apart, for it cannot be a year's", (text, why) => {
    const { pay, odd } = read(text);
    expect(pay).toBeNull();
    expect(odd?.why).toContain(why);
    expect(text).toContain(odd?.quote);
  });

  it.each([
    ["$38 - $46 per hour", "hour", undefined],
    ["salary of €4,500 per month", "month", undefined],
    ["Salary: up to £90k", null, "up_to"],
    ["Salary from $120,000 a year", "year", "from"],
  ])("of %j has its span and its end", (text, period, bound) => {
    const { pay } = read(text);
    expect([pay?.period, pay?.bound]).toEqual([period, bound]);
  });

  it("is the sound amount where another one cannot be meant", () => {
    expect(told("Salary $165 - $205, that is base pay of $165,000 to $205,000")).toBe("165000 to 205000 USD");
  });
});
