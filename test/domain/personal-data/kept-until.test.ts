import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOver, lastDayOf } from "../../../src/domain/personal-data/kept-until.ts";
import { monthsAsPeriod, Period } from "../../../src/domain/personal-data/retention-rule.ts";

const period = (text: string) => Period.parse(text);
const at = (moment: string) => new Date(moment);

describe("the last day of a period", () => {
  it.each([
    ["6 months", "2026-03-15T09:00:00Z", "2026-09-15"],
    ["6 months", "2026-08-31T09:00:00Z", "2027-02-28"],
    ["6 months", "2027-08-31T09:00:00Z", "2028-02-29"],
    ["12 months", "2024-02-29T09:00:00Z", "2025-02-28"],
    ["48 months", "2024-02-29T09:00:00Z", "2028-02-29"],
    ["1 month", "2026-01-31T00:00:00Z", "2026-02-28"],
    ["4 weeks", "2026-02-02T09:00:00Z", "2026-03-02"],
    ["4 weeks", "2028-02-02T09:00:00Z", "2028-03-01"],
  ])("of %s from %s is %s", (keep, from, last) => {
    expect(lastDayOf(period(keep), at(from))).toBe(last);
  });

  it("is counted from the day that it is where the day begins first", () => {
    expect(lastDayOf(period("1 month"), at("2026-05-31T09:59:59Z"))).toBe("2026-06-30");
    expect(lastDayOf(period("1 month"), at("2026-05-31T10:00:00Z"))).toBe("2026-07-01");
  });

  it("is over once it is over everywhere on earth", () => {
    expect(isOver("2026-06-30", at("2026-07-01T11:59:59Z"))).toBe(false);
    expect(isOver("2026-06-30", at("2026-07-01T12:00:00Z"))).toBe(true);
    expect(isOver("2026-06-30", at("2026-06-30T12:00:00Z"))).toBe(false);
  });

  it("is never over before so many months have passed on any clock", () => {
    fc.assert(
      fc.property(
        fc.date({ min: at("2000-01-01T00:00:00Z"), max: at("2100-01-01T00:00:00Z"), noInvalidDate: true }),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: -12, max: 14 }),
        (from, months, offset) => {
          const last = lastDayOf(monthsAsPeriod(months), from);
          const local = (moment: Date) => new Date(moment.getTime() + offset * 3_600_000);
          const begun = local(from);
          const [year, month] = [begun.getUTCFullYear(), begun.getUTCMonth() + months];
          const lengthOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
          const day = new Date(Date.UTC(year, month, Math.min(begun.getUTCDate(), lengthOfMonth)));
          expect(last >= day.toISOString().slice(0, 10)).toBe(true);
          // The last moment of the local last day.
          const end = new Date(day.getTime() + 86_400_000 - 1 - offset * 3_600_000);
          expect(isOver(last, end)).toBe(false);
        },
      ),
    );
  });
});

describe("a period", () => {
  it.each(["6", "0 months", "6 years", "six months", "6  months", "-1 months"])(
    "is not written as %j",
    (text) => {
      expect(Period.safeParse(text).success).toBe(false);
    },
  );
});
