import { describe, expect, it } from "vitest";
import type { PanelState } from "../../../src/domain/panel/panel.ts";
import { pendingTasks, type TaskContext } from "../../../src/domain/pipeline/tasks.ts";
import { interviewOf, panelOf, stages } from "../../support/builders.ts";

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
      position: { stage, status: "active", importedAt: null, stageEnteredAt: day(22) },
      assessed: true,
      hasSubmission: true,
      assigned: "code",
      owner: "owner",
      panel: panelOf(panel),
      ...more,
    },
    day(24),
  ).map(({ what, round, by, days }) => [what, round, ...by, days]);

/** A round whose interview was held on the 21st. */
const held = (round: string) => ({ interviews: [interviewOf(round, day(21))] });
const inOn = (round: string, n: number) => ({ firstCards: [{ round, at: day(n) }] });

describe("what is owed", () => {
  it.each([
    [
      "an assessment by the owner",
      () => owed("applied", {}, { assessed: false }),
      [["assessment", undefined, "owner", 2]],
    ],
    [
      "a card by each who has none, since the interview ended",
      () => owed("screen", { seats: [seat("a", "screen"), seat("b", "screen", true)], ...held("screen") }),
      [["scorecards", "screen", "a", 3]],
    ],
    [
      "a card of a round that was passed and took place",
      () =>
        owed("incident", {
          seats: [seat("a", "screen"), seat("b", "architecture")],
          interviews: [interviewOf("screen", day(21)), interviewOf("incident", day(25), "booked")],
        }),
      [["scorecards", "screen", "a", 3]],
    ],
    [
      "no card of a round that lies ahead",
      () =>
        owed("screen", {
          seats: [seat("a", "incident")],
          interviews: [interviewOf("screen", day(21)), interviewOf("incident", day(22))],
        }),
      [],
    ],
    [
      "no card by whoever has left",
      () => owed("screen", { seats: [{ ...seat("a", "screen"), onTeam: false }], ...held("screen") }),
      [],
    ],
    [
      "a card since the first one, where no interview is on record",
      () =>
        owed("screen", { seats: [seat("a", "screen"), seat("b", "screen", true)], ...inOn("screen", 23) }),
      [["scorecards", "screen", "a", 1]],
    ],
    [
      "a card since the seat was given, where that was after the interview",
      () => owed("screen", { seats: [{ ...seat("a", "screen"), assignedAt: day(23) }], ...held("screen") }),
      [["scorecards", "screen", "a", 1]],
    ],
    [
      "an interview to be booked, before any, since the stage was entered",
      () => owed("screen", { seats: [seat("a", "screen")] }),
      [["booking", "screen", "owner", 2]],
    ],
    [
      "nothing while an interview is booked ahead, not even while it goes on",
      () =>
        owed("screen", {
          seats: [seat("a", "screen")],
          interviews: [interviewOf("screen", day(24), "booked")],
        }),
      [],
    ],
    [
      "a card once what was booked is over, whether somebody said so or not",
      () =>
        owed("screen", {
          seats: [seat("a", "screen")],
          interviews: [interviewOf("screen", day(23), "booked")],
        }),
      [["scorecards", "screen", "a", 1]],
    ],
    ...(["no_show", "cancelled"] as const).map((status): [string, () => unknown, unknown[]] => [
      `another booking after ${status}, since then`,
      () =>
        owed("screen", {
          seats: [seat("a", "screen")],
          interviews: [interviewOf("screen", day(23), status)],
        }),
      [["booking", "screen", "owner", 1]],
    ]),
    [
      "an interview for an exercise that is done before the interviewers",
      () => owed("exercise", { seats: [seat("a", "exercise")] }, { assigned: "role_play" }),
      [["booking", "exercise", "owner", 2]],
    ],
    [
      "a card of an exercise since it was handed in",
      () => owed("exercise", { seats: [seat("a", "exercise")], handedInAt: day(22) }),
      [["scorecards", "exercise", "a", 2]],
    ],
    [
      "no card of an exercise about which an interview is ahead",
      () =>
        owed("exercise", {
          seats: [seat("a", "exercise")],
          ...{ handedInAt: day(22), interviews: [interviewOf("exercise", day(25), "booked")] },
        }),
      [],
    ],
    [
      "a submission, and no card before it is in",
      () => owed("exercise", { seats: [seat("a", "exercise")] }, { hasSubmission: false }),
      [["submission", undefined, "owner", 2]],
    ],
    [
      "a vote by each of the panel who has not voted, gate or no gate",
      () => owed("debrief", { seats: [seat("a", "screen", true), seat("b", "screen", true)], voted: ["a"] }),
      [["votes", undefined, "b", 2]],
    ],
    [
      "no vote before debrief",
      () => owed("screen", { seats: [seat("a", "screen", true)], ...held("screen") }),
      [],
    ],
    [
      "nothing after the end",
      () =>
        owed(
          "screen",
          { seats: [seat("a", "screen")], ...held("screen") },
          { position: { stage: "screen", status: "rejected", importedAt: null, stageEnteredAt: day(22) } },
        ),
      [],
    ],
    [
      "the same while the role is on hold",
      () =>
        owed(
          "screen",
          { seats: [seat("a", "screen")], ...held("screen") },
          { role: { stages, status: "on_hold" } },
        ),
      [["scorecards", "screen", "a", 3]],
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

it("says when each is due: a card a day after the interview, everything else at once", () => {
  const panel = panelOf({ seats: [seat("a", "screen")], interviews: [interviewOf("screen", day(21))] });
  const tasks = pendingTasks(
    {
      ...{ ref: "MLE-1", role: { stages, status: "open" }, assessed: true, hasSubmission: true },
      ...{ assigned: null, owner: "owner", panel },
      position: { stage: "architecture", status: "active", importedAt: null, stageEnteredAt: day(22) },
    },
    day(24),
  );
  expect(tasks).toMatchObject([
    { what: "booking", round: "architecture", due: "2026-11-22T09:00:00.000Z", step: { act: "book" } },
    { what: "scorecards", round: "screen", due: "2026-11-22T10:00:00.000Z", step: { act: "submit_card" } },
  ]);
});
