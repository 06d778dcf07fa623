import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { checkPost } from "../../../src/domain/role-check/check.ts";
import { adjustmentFor, isAbroad } from "../../../src/domain/roles/pay-places.ts";

const catalog = loadCatalog({});
const { places, get } = catalog;
const lexicon = catalog.lexicon();
const template = get("mlops-engineer");
const withSalary = (changed: object) => ({ ...template, salary: { ...template.salary, ...changed } });

describe("places of pay", () => {
  it("reads the country of the figures from the template", () => {
    const german = withSalary({ currency: "EUR", country: "DE" });
    expect(["Berlin, DE", "London", "Seattle"].map((place) => isAbroad(places, german, place))).toEqual([
      ...[false, true, true],
    ]);
  });

  it("takes dollars for those of the United States, and of another currency assumes nothing", () => {
    const { country: _country, ...salary } = template.salary;
    expect(isAbroad(places, { ...template, salary }, "London")).toBe(true);
    expect(isAbroad(places, { ...template, salary: { ...salary, currency: "EUR" } }, "London")).toBe(false);
  });

  it("finds a place that only the template knows by its name, in no other place's", () => {
    const [hub] = template.salary.adjustments;
    const own = withSalary({ adjustments: [{ ...hub, places: ["Zorkburg", "Texas"] }] });
    const hasAdjustment = (location: string) => adjustmentFor(places, own, location) !== undefined;
    expect(["zorkburg (hybrid)", "Austin, TX", "Zorkburg, ME", "Denver"].map(hasAdjustment)).toEqual([
      ...[true, true, false, false],
    ]);
  });

  it("holds no post abroad against the band of the United States", () => {
    const text =
      "Senior MLOps Engineer, model serving\n\nYou will run KServe for us. The salary is $90,000 to $120,000 a year, and that is what we pay.";
    const rules = (location: string) =>
      checkPost(text, {
        template,
        places,
        lexicon,
        today: "2026-11-24",
        level: "senior",
        location,
        remote: false,
      }).findings.map((f) => f.rule);
    expect(rules("Austin, TX")).toContain("comp_below_band");
    expect(rules("Toronto, CA")).not.toContain("comp_below_band");
  });
});
