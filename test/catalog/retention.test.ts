import { describe, expect, it } from "vitest";
import { loadRetention } from "../../src/catalog/retention.ts";
import { RETENTION } from "../../src/domain/jurisdictions/duties.ts";

const { duties, longest } = loadRetention();
const rules = [...duties, ...longest];

describe("how long records are kept, on file", () => {
  it("has a law, a source and the day on which it was looked up, once each", () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { law, source, looked_up } of rules) {
      expect(law).not.toBe("");
      expect(new URL(source).protocol).toBe("https:");
      expect(looked_up).toMatch(/^2026-11-\d\d$/);
    }
  });

  it("says the same as what a check of a role tells about the same law", () => {
    const months: Record<string, string> = {
      "1 year": "12 months",
      "3 years": "36 months",
      "4 years": "48 months",
    };
    for (const told of RETENTION) {
      const rule = duties.find(({ id }) => id === told.id || `retention_${id}` === told.id);
      expect(rule, told.id).toBeDefined();
      const [length] = /\d+ years?/.exec(told.text) ?? [];
      expect(rule?.keep).toBe(months[length ?? ""]);
      expect(rule?.valid_from).toBe(told.valid_from);
      expect(rule?.place).toBe(told.place);
    }
  });
});
