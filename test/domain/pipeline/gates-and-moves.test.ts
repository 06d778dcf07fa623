import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../src/domain/errors.ts";
import type { ApplicationStatus, Position } from "../../../src/domain/pipeline/application.ts";
import { planMove, targetsOf, unmetGates } from "../../../src/domain/pipeline/gates-and-moves.ts";
import { remedyText } from "../../../src/mcp/text/remedy.ts";
import { stages } from "../../support/builders.ts";

const panel = (submitted: number, of: number, cast = 0, voters = 0) => ({
  scorecards: {
    submitted,
    of,
    missing: Array.from({ length: of - submitted }, (_, n) => `p${n}@example.test`),
  },
  votes: { cast, of: voters, missing: [] },
});
const NOTHING = { assessed: false, hasSubmission: false, panel: panel(0, 1, 0, 1) };
const ALL = { assessed: true, hasSubmission: true, panel: panel(2, 2, 2, 2) };
const at = (stage: string, status: ApplicationStatus = "active"): Position => ({ stage, status });

function refusalOf(plan: () => unknown): DomainError {
  try {
    plan();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error("the move should have been refused");
}

describe("planMove", () => {
  it.each([
    ["the next stage with its gate met", at("applied"), ALL, { to: "screen" }, at("screen")],
    ["back, whatever is missing", at("exercise"), NOTHING, { to: "applied" }, at("applied")],
    [
      "withdrawn from anywhere, without a reason",
      at("incident"),
      NOTHING,
      { to: "withdrawn" },
      at("incident", "withdrawn"),
    ],
    [
      "rejected with a reason",
      at("screen"),
      NOTHING,
      { to: "rejected", reason: "Not this lane" },
      at("screen", "rejected"),
    ],
    ["hired from the last stage", at("offer"), ALL, { to: "hired" }, at("offer", "hired")],
    ["reopened where it ended", at("incident", "rejected"), ALL, { to: "incident" }, at("incident")],
    ["reopened before where it ended", at("incident", "hired"), ALL, { to: "applied" }, at("applied")],
    [
      "past a gate with a reason",
      at("applied"),
      NOTHING,
      { to: "screen", override: true, reason: "Known to us" },
      at("screen"),
    ],
    [
      "over stages with a reason",
      at("applied"),
      ALL,
      { to: "debrief", override: true, reason: "Former colleague" },
      at("debrief"),
    ],
  ])("plans %s", (_name, current, progress, request, to) => {
    expect(planMove(stages, current, progress, request)).toMatchObject({ kind: "move", to });
  });

  it.each([
    ["a stage", at("screen"), "screen"],
    ["an end", at("screen", "rejected"), "rejected"],
  ])("stays when it is there already: %s", (_name, current, to) => {
    expect(planMove(stages, current, NOTHING, { to })).toEqual({ kind: "stay" });
  });

  it.each([
    ["rejected", { to: "rejected", reason: "x" }, at("screen")],
    ["offer", { to: "offer" }, at("debrief")],
    ["hired", { to: "hired" }, at("offer")],
  ])("calls %s a decision", (_name, request, current) => {
    expect(planMove(stages, current, ALL, request)).toMatchObject({ decision: true });
  });

  it.each([
    ["screen", { to: "screen" }, at("applied")],
    ["withdrawn", { to: "withdrawn" }, at("applied")],
  ])("calls %s no decision", (_name, request, current) => {
    expect(planMove(stages, current, ALL, request)).toMatchObject({ decision: false });
  });

  it.each([
    [
      "an unknown stage, naming all",
      at("applied"),
      ALL,
      { to: "onsite" },
      "invalid",
      /applied, screen.*withdrawn/,
    ],
    [
      "a stale from, naming the real one",
      at("incident"),
      ALL,
      { to: "exercise", from: "screen" },
      "conflict",
      /from: "incident"/,
    ],
    [
      "a gate, naming the call that meets it",
      at("applied"),
      NOTHING,
      { to: "screen" },
      "precondition_failed",
      /score_candidate/,
    ],
    [
      "the exercise without a submission",
      at("exercise"),
      { ...ALL, hasSubmission: false },
      { to: "on_call_fit" },
      "precondition_failed",
      /summarize_submission/,
    ],
    [
      "a round with a card missing, naming whose",
      at("screen"),
      { ...ALL, panel: panel(1, 2) },
      { to: "architecture" },
      "precondition_failed",
      /submit_scorecard/,
    ],
    [
      "debrief before half the panel has voted",
      at("debrief"),
      { ...ALL, panel: panel(0, 0, 1, 3) },
      { to: "offer" },
      "precondition_failed",
      /cast_vote/,
    ],
    [
      "a jump, naming what it skips",
      at("applied"),
      ALL,
      { to: "incident" },
      "precondition_failed",
      /override/,
    ],
    ["hiring before the last stage", at("screen"), ALL, { to: "hired" }, "precondition_failed", /override/],
    [
      "a rejection without a reason",
      at("screen"),
      ALL,
      { to: "rejected", reason: "  " },
      "invalid",
      /reason/,
    ],
    [
      "an override without a reason",
      at("applied"),
      NOTHING,
      { to: "screen", override: true },
      "invalid",
      /reason/,
    ],
    [
      "one end after another",
      at("screen", "rejected"),
      ALL,
      { to: "hired" },
      "precondition_failed",
      /undo_move/,
    ],
    [
      "reopening further than it got",
      at("screen", "rejected"),
      ALL,
      { to: "offer" },
      "precondition_failed",
      /applied, screen/,
    ],
  ])("refuses %s", (_name, current, progress, request, code, hint) => {
    const error = refusalOf(() => planMove(stages, current, progress, request));
    expect(error.code).toBe(code);
    expect(error.remedy ? remedyText(error.remedy) : error.hint).toMatch(hint);
  });

  it("takes only a stale from as stale", () => {
    expect(planMove(stages, at("screen"), ALL, { to: "architecture", from: "screen" })).toMatchObject({
      kind: "move",
    });
  });

  it("never lands anywhere illegal, whatever is asked in whatever order", () => {
    const places = targetsOf(stages);
    const request = fc.record({
      to: fc.constantFrom(...places),
      reason: fc.option(fc.constant("because"), { nil: undefined }),
      override: fc.option(fc.boolean(), { nil: undefined }),
    });
    const progress = fc.record({
      assessed: fc.boolean(),
      hasSubmission: fc.boolean(),
      panel: fc.constantFrom(panel(0, 2, 0, 2), panel(1, 2, 1, 2), panel(2, 2, 2, 2)),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(request, progress), { maxLength: 40 }), (asked) => {
        let here = at("applied");
        for (const [wanted, has] of asked) {
          let plan: ReturnType<typeof planMove>;
          try {
            plan = planMove(stages, here, has, wanted);
          } catch {
            continue;
          }
          if (plan.kind === "stay") continue;
          const from = stages.findIndex((s) => s.id === here.stage);
          const to = stages.findIndex((s) => s.id === plan.to.stage);
          expect(to).toBeGreaterThanOrEqual(0);
          const freely = plan.unmet.length === 0;
          if (to > from + 1 || (to > from && here.status !== "active"))
            expect(freely && !wanted.override).toBe(false);
          if (to > from && here.stage === "applied" && !has.assessed) expect(freely).toBe(false);
          if (to > from && here.stage === "screen" && has.panel.scorecards.missing.length > 0)
            expect(freely).toBe(false);
          if (to > from && here.stage === "debrief" && has.panel.votes.cast === 0) expect(freely).toBe(false);
          if (plan.to.status === "rejected") expect(wanted.reason).toBeTruthy();
          if (!freely) expect(wanted.override && wanted.reason).toBeTruthy();
          here = plan.to;
        }
      }),
    );
  });
});

describe("owedAt", () => {
  it.each([
    ["an assessment at the start", at("applied"), NOTHING, ["assessment"]],
    ["nothing once it is in", at("applied"), ALL, []],
    ["cards and a submission at the exercise", at("exercise"), NOTHING, ["scorecards", "submission"]],
    ["nothing at a round that nobody was assigned to", at("screen"), { ...ALL, panel: panel(0, 0) }, []],
    ["votes at debrief", at("debrief"), { ...ALL, panel: panel(0, 0, 0, 1) }, ["votes"]],
    ["nothing at debrief once half have voted", at("debrief"), { ...ALL, panel: panel(0, 0, 1, 2) }, []],
    ["nothing after the end", at("applied", "rejected"), NOTHING, []],
  ])("names %s", (_name, position, progress, owed) => {
    expect(unmetGates(stages, position, progress).map((o) => o.rule)).toEqual(owed);
  });
});
