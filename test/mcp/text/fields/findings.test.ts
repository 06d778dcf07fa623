import { describe, expect, it } from "vitest";
import { RULES } from "../../../../src/domain/role-check/rules.ts";
import { fixText } from "../../../../src/mcp/text/fields/findings.ts";

describe("how a finding is mended", () => {
  it("names the call that helps, for the rules that have one", () => {
    const helped = RULES.flatMap(({ id, severity, where, why, fix }) => {
      const text = fixText({ rule: id, severity, where, why, fix });
      const [call] = /\b[a-z]+(?:_[a-z]+)+\b(?= \(section lanes\)| gives| shows)/.exec(text) ?? [];
      return call === undefined ? [] : [[id, call]];
    });
    expect(Object.fromEntries(helped)).toEqual({
      lane_missing: "get_role_template",
      comp_missing: "benchmark_salary",
      comp_below_band: "benchmark_salary",
      comp_by_title: "benchmark_salary",
    });
  });
});
