import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitClauses } from "../../../src/domain/evidence/clauses.ts";

const split = (text: string) => splitClauses(text).map(({ start, end }) => text.slice(start, end));

describe("splitClauses", () => {
  it("keeps a wrapped bullet together, and bullets apart", () => {
    expect(split("- cut spend by 43%\n  from $92k to $52k\n- on call")).toEqual([
      "cut spend by 43%\n  from $92k to $52k",
      "on call",
    ]);
  });

  it("parts sentences, but not at figures, versions or abbreviations", () => {
    expect(split("Ran MLflow 2.9 and Airflow 2.7, e.g. Nightly jobs. Then we moved. It held.")).toEqual([
      "Ran MLflow 2.9 and Airflow 2.7, e.g. Nightly jobs",
      "Then we moved",
      "It held",
    ]);
  });

  it.each([
    ["# Skills\nPython", "skills"],
    ["EXPERIENCE\n- x", "experience"],
    ["Work\n====\nx", "work"],
    ["[ PROJECTS ]\n  * x", "projects"],
    ["Education\n\nBSc", "education"],
    ["# School\n## Courses\n- x", "school courses"],
    ["## School\n## Work\n- x", "work"],
  ])("knows that %j stands under %s", (text, heading) => {
    expect(splitClauses(text).map((c) => c.heading)).toEqual([heading]);
  });

  it("parts the rows of a table, and bullets that are letters", () => {
    expect(split("| Duty | 1 week in 6 |\n| Bill | 9k less |")).toEqual([
      "Duty | 1 week in 6",
      "Bill | 9k less",
    ]);
    expect(split("o Bill: 31k to 19k\no Not on call\n・Ran 7 models")).toEqual([
      "Bill: 31k to 19k",
      "Not on call",
      "Ran 7 models",
    ]);
  });

  it("gives spans that are in order, trimmed and inside the text, whatever it is", () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom("- a", "# b", "", "====", "c. D", "  e", "•", "1) f;", "\t"),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join("\n");
        let last = 0;
        for (const { start, end } of splitClauses(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          last = end;
        }
      }),
    );
  });
});
