import { describe, expect, it } from "vitest";
import type { PanelState } from "../../../src/domain/panel/panel.ts";
import { pendingTasks, type TaskContext } from "../../../src/domain/pipeline/tasks.ts";
import { stages } from "../../support/builders.ts";

const day = (n: number) => new Date(Date.UTC(2026, 10, n, 9));
const seat = (member: string, round: string, submitted = false) => ({
  member,
  round,
  submitted,
  onTeam: true,
  assignedAt: day(20),
});
const owed = (stage: string, panel: Partial<PanelState>, more: Partial<TaskContext> = {}) =>
  pendingTasks(
    {
      ref: "MLE-1",
      role: { stages, status: "open" },
      position: { stage, status: "active", stageEnteredAt: day(22) },
      assessed: true,
      hasSubmission: true,
      assigned: "code",
      owner: "owner",
      panel: { seats: [], planned: [], voted: [], ...panel },
      ...more,
    },
    day(24),
  ).map(({ what, round, by, days }) => [what, round, ...by, days]);

describe("what is owed", () => {
  it.each([
    [
      "an assessment by the owner",
      () => owed("applied", {}, { assessed: false }),
      [["assessment", undefined, "owner", 2]],
    ],
    [
      "a card by each who has none, since they were assigned",
      () => owed("screen", { seats: [seat("a", "screen"), seat("b", "screen", true)] }),
      [["scorecards", "screen", "a", 4]],
    ],
    [
      "a card of a round that was passed",
      () => owed("incident", { seats: [seat("a", "screen")] }),
      [["scorecards", "screen", "a", 4]],
    ],
    ["no card of a round that lies ahead", () => owed("screen", { seats: [seat("a", "incident")] }), []],
    [
      "no card by whoever has left",
      () => owed("screen", { seats: [{ ...seat("a", "screen"), onTeam: false }] }),
      [],
    ],
    [
      "a submission beside the cards",
      () => owed("exercise", { seats: [seat("a", "exercise")] }, { hasSubmission: false }),
      [
        ["submission", undefined, "owner", 2],
        ["scorecards", "exercise", "a", 4],
      ],
    ],
    [
      "a vote by each of the panel who has not voted, gate or no gate",
      () => owed("debrief", { seats: [seat("a", "screen", true), seat("b", "screen", true)], voted: ["a"] }),
      [["votes", undefined, "b", 2]],
    ],
    ["no vote before debrief", () => owed("screen", { seats: [seat("a", "screen", true)] }), []],
    [
      "nothing after the end",
      () =>
        owed(
          "screen",
          { seats: [seat("a", "screen")] },
          { position: { stage: "screen", status: "rejected", stageEnteredAt: day(22) } },
        ),
      [],
    ],
    [
      "the same while the role is on hold",
      () => owed("screen", { seats: [seat("a", "screen")] }, { role: { stages, status: "on_hold" } }),
      [["scorecards", "screen", "a", 4]],
    ],
    ...(["filled", "cancelled"] as const).map((status): [string, () => unknown, []] => [
      `nothing once the role is ${status}`,
      () => owed("applied", { seats: [seat("a", "screen")] }, { assessed: false, role: { stages, status } }),
      [],
    ]),
  ])("is %s", (_name, found, expected) => {
    expect(found()).toEqual(expected);
  });
});
