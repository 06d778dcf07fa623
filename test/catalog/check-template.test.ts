import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkTemplate } from "../../src/catalog/check-template.ts";
import { loadLexicon } from "../../src/catalog/lexicon.ts";
import { own } from "./team-directory.ts";

const faultsOf = (change: (text: string) => string) => {
  const values: Record<string, unknown> = parse(own(change));
  const parsed = new Map(Object.entries(values).map(([key, value]) => [key, { value, file: "own.yaml" }]));
  const checked = checkTemplate("own", parsed, loadLexicon());
  return "faults" in checked ? checked.faults : [];
};

describe("checking a template", () => {
  it("finds nothing wrong with one that can be used", () => expect(faultsOf((text) => text)).toEqual([]));

  it("tells every wrong field at once, each with its place", () => {
    const faults = faultsOf((text) =>
      text
        .replace("key: BE", "key: be")
        .replace("goal_days: 3", "goal_days: soon")
        .replace("kind: debrief", "kind: party")
        .replace("polarity: green", "polarity: blue")
        .replace(/^title: .*\n/m, ""),
    );
    expect(faults.map(({ path }) => path)).toEqual([
      ...["title", "key", "stages[0].goal_days", "stages[4].kind", "rubric.flags[0].polarity"],
    ]);
    expect(faults[0]?.why).toBe("is missing");
    expect(faults[3]?.why).toMatch(/"application"\|"interview"/);
  });

  it("tells every contradiction at once", () => {
    const faults = faultsOf((text) =>
      text
        .replace("id: screen,", "id: applied,")
        .replace("questions: [service_in_use, draws]", "questions: [service_in_use, weather]")
        .replace("question: Which service of yours", "question: How old are you, and which service of yours"),
    );
    expect(faults.map(({ path }) => path)).toEqual([
      ...["stages", "interviews[0].round", "interviews[0].questions", "questions[0].round"],
      ...["questions[3].round", "questions[0].question"],
    ]);
  });
});
