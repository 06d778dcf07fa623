import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { ownStages, stageInsteadOf } from "../../../src/domain/roles/own-stages.ts";

const template = loadCatalog({}).get("mlops-engineer");
const { stages } = template;
const ids = stages.map(({ id }) => ({ id }));
const without = (...dropped: string[]) => ids.filter(({ id }) => !dropped.includes(id));

describe("a role's own stages", () => {
  it("stay as they are where an id alone is given", () => {
    expect(ownStages(stages, ids, template)).toEqual(stages);
  });

  it("are named, timed, gated and ordered as wanted, and usual for their kind where nothing is said", () => {
    const [applied, screen, ...others] = ids;
    const wanted = [
      ...[
        applied,
        { id: "case_study", kind: "interview", minutes: 90 },
        { ...screen, name: "First call", goal_days: 2 },
      ],
      ...others,
    ].filter((stage) => stage !== undefined);
    const [, added, renamed] = ownStages(stages, wanted as { id: string }[], template);
    expect(added).toEqual({
      id: "case_study",
      kind: "interview",
      name: "Case study",
      goal_days: 5,
      minutes: 90,
      gate: ["scorecards"],
    });
    expect(renamed).toMatchObject({ id: "screen", name: "First call", goal_days: 2, kind: "interview" });
  });

  it("come back from the template as they are there", () => {
    const dropped = ownStages(stages, without("exercise", "offer"), template);
    expect(ownStages(dropped, ids, template)).toEqual(stages);
  });

  it.each([
    ["the same id twice", [...ids.slice(0, 2), { id: "screen" }], /stages\[2\]\.id: "screen" stands twice/],
    [
      "an end as a stage",
      [...without("offer"), { id: "rejected", kind: "interview" }],
      /rejected is how an application ends/,
    ],
    [
      "an id that nobody knows",
      [...ids, { id: "screeen" }],
      /stages\[8\]\.id: "screeen" is none of applied, screen/,
    ],
    ["nothing but an offer", [{ id: "offer" }], /stages\[0\]\.kind: is offer, and nobody begins with one/],
    ["another kind", [{ id: "applied" }, { id: "screen", kind: "debrief" }], /screen is of kind interview/],
    ["a stage after the offer", [...ids, { id: "party", kind: "interview" }], /is offer, which comes last/],
    [
      "cards where nobody interviews",
      [{ id: "applied", gate: ["scorecards"] }, { id: "screen" }],
      /stages\[0\]\.gate\[0\]: waits for scorecards/,
    ],
    [
      "votes before any round",
      [{ id: "applied" }, { id: "debrief" }, { id: "screen" }],
      /stages\[1\]\.gate\[0\]: waits for votes/,
    ],
  ] as const)("are refused with %s", (_what, wanted, text) => {
    expect(() => ownStages(stages, wanted as never, template)).toThrow(text);
  });
});

describe("whoever stands in a dropped stage", () => {
  it.each([
    ["goes on to the next that stays", "architecture", ["architecture", "incident"], "exercise"],
    ["goes back where only the offer comes after", "debrief", ["debrief"], "on_call_fit"],
    [
      "starts at the first that stays where the first is dropped",
      "applied",
      ["applied", "screen"],
      "architecture",
    ],
  ])("%s", (_what, stage, dropped, to) => {
    expect(stageInsteadOf(stage, stages, ownStages(stages, without(...dropped), template))).toBe(to);
  });
});
