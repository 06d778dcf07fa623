import { describe, expect, it } from "vitest";
import { requireYearlyPay } from "../../../src/domain/roles/yearly-pay.ts";

const check =
  (compMin: number | null, compMax: number | null, currency = "EUR") =>
  () =>
    requireYearlyPay({ compMin, compMax, currency });

describe("the pay of a role", () => {
  it("is refused where thousands were left out", () =>
    expect(check(95, 120_000)).toThrow(/comp_min: EUR 95/));
  it("is refused where a month's pay stands for a year's", () =>
    expect(check(4_500, 5_500)).toThrow(/comp_min: EUR 4500 is no year's pay/));
  it("is refused with its ends the wrong way round", () =>
    expect(check(120_000, 95_000)).toThrow(/comp_min \(120000\) is above comp_max \(95000\)/));
  it("is refused where the ends cannot both be meant", () =>
    expect(check(9_500, 120_000)).toThrow(/cannot both/));
  it.each([
    [95_000, 120_000, "EUR"],
    [400_000, 900_000, "INR"],
    [5_000_000, 9_000_000, "JPY"],
    [null, 90_000, "GBP"],
    [null, null, "USD"],
  ])("of %s to %s %s is taken", (min, max, currency) => expect(check(min, max, currency)).not.toThrow());
});
