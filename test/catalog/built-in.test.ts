import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";

const catalog = loadCatalog({});
const templates = catalog.list().map(({ id }) => catalog.get(id));
describe.each(templates.map((t) => [t.id, t] as const))("%s", (_id, template) => {
  it("asks whole questions: a comma in a list has not cut one in two", () => {
    for (const { question, follow_ups, listen_for } of template.questions) {
      expect(question).toMatch(/^[A-Z].*[.?]$/);
      for (const follow of follow_ups) expect(follow).toMatch(/^[A-Z].*[.?]$/);
      for (const sign of listen_for) expect(sign).toMatch(/^[A-Z].*[^.?]$/);
    }
    for (const kit of template.interviews) for (const no of kit.do_not_ask) expect(no).toMatch(/^[A-Z]/);
  });

  it("asks every question in the kit of its round", () => {
    const asked = template.interviews.flatMap((kit) => kit.questions);
    expect(asked.sort()).toEqual(template.questions.map((q) => q.id).sort());
  });

  it("has a kit for every round, with four anchors that differ", () => {
    const rounds = template.stages.filter((s) => s.kind === "interview" || s.kind === "exercise");
    expect(template.interviews.map((kit) => kit.round)).toEqual(rounds.map((s) => s.id));
    for (const kit of template.interviews) expect(kit.criteria.length, kit.round).toBeGreaterThan(1);
    for (const { anchors } of template.interviews.flatMap((kit) => kit.criteria)) {
      expect(new Set(Object.values(anchors)).size).toBe(4);
    }
  });

  it("asks for code only what a change can show, and protects its checks", () => {
    for (const exercise of template.exercises.filter(({ form }) => form === "code")) {
      for (const { id, text, ...signals } of exercise.requirements) {
        expect(Object.values(signals).flat().length, `${id}: ${text}`).toBeGreaterThan(0);
      }
      expect(exercise.protected).toContain(".github/workflows/**");
    }
  });

  it("asks for a work sample without a repository what a person can see and hear", () => {
    for (const exercise of template.exercises.filter(({ form }) => form !== "code")) {
      const gate = template.stages.find(({ id }) => id === exercise.round)?.gate;
      expect(gate).toEqual(exercise.form === "written" ? ["scorecards", "submission"] : ["scorecards"]);
      expect(exercise.requirements.length).toBeGreaterThan(3);
      for (const requirement of exercise.requirements)
        expect(Object.keys(requirement)).toEqual(["id", "text"]);
    }
  });

  it("gives bands that rise, or says that there are none", () => {
    const { levels, note } = template.salary;
    for (const { low, high } of levels) expect(low).toBeLessThan(high);
    expect(levels.map((l) => l.low)).toEqual(levels.map((l) => l.low).sort((a, b) => a - b));
    if (levels.length === 0) expect(note ?? "nothing is made up").toMatch(/nothing is made up/);
  });
});
