import { describe, expect, it } from "vitest";
import { loadPlaces } from "../../../src/catalog/places.ts";
import { dutiesIn, matchPlaces, payRangesInForce } from "../../../src/domain/jurisdictions/lookup.ts";
import { lawLines } from "../../../src/mcp/text/law.ts";

const places = loadPlaces();
const rangesIn = (location: string) => payRangesInForce(places, { location, remote: false }, "2026-11-24");

describe("the law of a place, for reading", () => {
  it("tells laws that differ in nothing but place, size, day and source in one line", () => {
    const lines = lawLines(
      dutiesIn(matchPlaces(places, { location: "Remote, US", remote: true }), "2026-11-24"),
    );
    expect(lines).toHaveLength(2);
    const [, listed = ""] =
      /^A post states the pay range: (.*)\. These dates are not verified\.$/.exec(lines[0] ?? "") ?? [];
    for (const place of [
      "California (15 or more employees, since 2023-01-01; SB 1162, Labor Code 432.3), Colorado (1 or more employees,",
      "Delaware (26 or more employees, upcoming, from 2027-09-26; HB 105 of 2025, 19 Del. C. 709C)",
      "Washington (15 or more employees, since 2023-01-01; Equal Pay and Opportunities Act, RCW 49.58.110)",
    ])
      expect(listed).toContain(place);
    expect(listed).toMatch(/^California .*Washington \([^()]*\)$/);
  });

  it("gives one such law a line of its own, and says that its date is not verified", () => {
    expect(lawLines(rangesIn("Denver, CO"))).toEqual([
      expect.stringMatching(
        /^Colorado, since 2021-01-01 \(date not verified\): A post states the pay range \(employers with 1 or more employees\)\. Source: Equal Pay for Equal Work Act, /,
      ),
    ]);
  });

  it("says which dates are not verified where some are", () => {
    const half = lawLines(
      rangesIn("Denver, CO or Oakland, CA").map((duty) => ({
        ...duty,
        date_verified: duty.place === "Colorado",
      })),
    );
    expect(half[0]).toMatch(
      /California \(.*2023-01-01 \(date not verified\);.*\), Colorado \(.*since 2021-01-01; [^()]*\)\.$/,
    );
  });
});
