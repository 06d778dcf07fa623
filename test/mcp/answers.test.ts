import { describe, expect, it } from "vitest";
import { tools } from "../../src/mcp/tools/index.ts";
import { requireSameFacts } from "../support/same-facts.ts";
import { unnamed } from "../support/strict.ts";

describe("the schema of every answer", () => {
  it.each(tools.map((tool) => [tool.name, tool.output] as const))("%s names every field", (_name, output) => {
    expect(unnamed(output)).toEqual([]);
  });
});

describe("the text and the structured content of an answer", () => {
  const facts = { ref: "MLE-7", due: "2026-12-01T09:00:00Z", days: 3, by: ["ines@example.test"] };

  it("are told apart by a reference, a day, a figure or an address that only one has", () => {
    const text = "MLE-7 is due 2026-12-01, by ines@example.test, for 3 days.";
    expect(() => requireSameFacts("test", { text, facts })).not.toThrow();
    for (const [of, other] of [
      ["MLE-7", "MLE-8"],
      ["2026-12-01", "2026-12-02"],
      ["3 days", "4 days"],
      ["ines@", "kofi@"],
    ] as const)
      expect(() => requireSameFacts("test", { text: text.replace(of, other), facts }), of).toThrow(
        /is not in/,
      );
  });
});
