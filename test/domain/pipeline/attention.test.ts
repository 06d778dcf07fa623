import { describe, expect, it } from "vitest";
import type { LastWords } from "../../../src/domain/outreach/waiting.ts";
import {
  type ApplicationState,
  type Attention,
  attentionTo,
  mostPressing,
} from "../../../src/domain/pipeline/attention.ts";
import { attentionToRole } from "../../../src/domain/pipeline/role-attention.ts";
import { searchClock } from "../../../src/domain/pipeline/search-clock.ts";
import { stages } from "../../support/builders.ts";

const day = (n: number) => new Date(Date.UTC(2026, 10, n, 9));
const NOW = day(24);
const stageOf = (id: string) => {
  const stage = stages.find((s) => s.id === id);
  if (!stage) throw new Error(`no stage ${id}`);
  return stage;
};
const never: LastWords = { appliedAt: day(4), heardAt: null, sentAt: null, sentPurpose: null };
const told: LastWords = { ...never, sentAt: day(20), sentPurpose: "schedule" };
/** Who stands somewhere for so many days; every goal of these stages is three days. */
const attention = (stage: string, days_in_stage: number, more: Partial<ApplicationState> = {}) =>
  attentionTo(
    { ref: "MLE-1", name: "Zoë", days_in_stage, out: null, words: told, ...more },
    stageOf(stage),
    0.5,
    NOW,
  );

describe("attention to one application", () => {
  it.each<[string, ReturnType<typeof attention>, Partial<Attention> | undefined]>([
    ["nothing within the goal and with an answer", attention("screen", 3), undefined],
    [
      "a warning past the goal",
      attention("screen", 3.1),
      { kind: "over_goal", severity: "warning", step: "work" },
    ],
    ["an error past twice the goal", attention("screen", 6.1), { kind: "over_goal", severity: "error" }],
    [
      "no more than a warning while the candidate has the exercise",
      attention("exercise", 9, { out: { since: day(15) } }),
      { kind: "over_goal", severity: "warning", step: { write: "exercise_reminder" } },
    ],
    [
      "the work while no exercise is given",
      attention("exercise", 9),
      { kind: "over_goal", severity: "error", step: "work" },
    ],
    ["nothing for an offer that is new", attention("offer", 1.9, { out: { since: null } }), undefined],
    [
      "an offer a day before it ages",
      attention("offer", 2, { out: { since: null } }),
      { kind: "offer_ageing", severity: "error", days_over: 0, step: { write: "offer_followup" } },
    ],
    [
      "the answer that is due, alone, where the stage is new",
      attention("screen", 0, { words: never }),
      { kind: "unanswered", severity: "warning", days_over: 17, step: { write: "status_update" } },
    ],
    [
      "nobody who was told to wait while their exercise is out",
      attention("exercise", 2, {
        out: { since: day(15) },
        words: { ...told, sentAt: day(17), sentPurpose: "status_update" },
      }),
      undefined,
    ],
    [
      "nobody whose exercise was given after they last wrote",
      attention("exercise", 2, { out: { since: day(15) }, words: never }),
      undefined,
    ],
    [
      "nobody who was told to wait for an offer that is out",
      attention("offer", 1, {
        out: { since: null },
        words: { ...told, sentAt: day(10), sentPurpose: "status_update" },
      }),
      undefined,
    ],
    [
      "whoever wrote last, exercise or not",
      attention("exercise", 2, {
        out: { since: day(15) },
        words: { ...told, sentAt: null, heardAt: day(16) },
      }),
      { kind: "unanswered", days_over: 5 },
    ],
  ])("is %s", (_name, found, expected) => {
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });

  it("is one entry for two delays of one application: the worse first, with the other in it", () => {
    expect(attention("screen", 9, { words: { ...never, appliedAt: day(14) } })).toMatchObject({
      ...{ kind: "over_goal", severity: "error", days_over: 6, step: "work" },
      delays: [
        { kind: "over_goal", stage: "screen", days: 9, goal_days: 3, waits_for: "us" },
        { kind: "unanswered", stage: "screen", days: 10, goal_days: 3, waits_for: "us" },
      ],
    });
    expect(attention("screen", 4, { words: never })).toMatchObject({
      ...{ kind: "unanswered", severity: "warning", days_over: 17, step: { write: "status_update" } },
      delays: [
        { kind: "unanswered", stage: "screen", days: 20, goal_days: 3, waits_for: "us" },
        { kind: "over_goal", stage: "screen", days: 4, goal_days: 3, waits_for: "us" },
      ],
    });
  });

  it("proposes an answer, not a reminder, to a candidate who wrote to us", () => {
    const words = { ...told, heardAt: day(20), sentAt: day(10) };
    expect(attention("exercise", 9, { out: { since: day(15) }, words })).toMatchObject({
      ...{ kind: "over_goal", severity: "error", step: { write: "status_update" } },
      delays: [{ kind: "over_goal", waits_for: "us" }, { kind: "unanswered" }],
    });
    expect(attention("offer", 9, { out: { since: null }, words })).toMatchObject({
      ...{ kind: "offer_ageing", step: { write: "status_update" } },
      delays: [{ kind: "offer_ageing", goal_days: 3 }, { kind: "unanswered" }],
    });
  });
});

describe("attention to a role", () => {
  const role = { key: "MLE", outcomes: [], panel: [], stages };
  const clock = (weeks: number) =>
    searchClock(weeks, {
      clean: { low_weeks: 4, high_weeks: 7 },
      mis_scoped: { low_weeks: 9, high_weeks: 14 },
    });

  it("names what is missing, with the step that mends it", () => {
    const found = attentionToRole(role, null);
    expect(found.map(({ kind, severity }) => [kind, severity])).toEqual([
      ["no_outcomes", "error"],
      ["no_panel", "warning"],
    ]);
    const change = { act: "change_role", role: "MLE" };
    expect(found.map(({ step }) => step)).toEqual([change, change]);
    const bare = { ...role, outcomes: ["p99"], stages: stages.filter((s) => s.kind === "application") };
    expect(attentionToRole(bare, null).map(({ kind }) => kind)).toEqual(["no_loop"]);
  });

  it.each([
    [7, undefined, 0],
    [8, "search_late", 7],
    [9, "search_mis_scoped", 14],
  ])("open for %i weeks is %s", (weeks, kind, days_over) => {
    const whole = { ...role, outcomes: ["p99"], panel: [{ members: ["a@example.test"] }] };
    expect(attentionToRole(whole, clock(weeks))).toMatchObject(kind ? [{ kind, days_over }] : []);
  });
});

describe("the order", () => {
  const item = (kind: Attention["kind"], n: number, days_over: number): Attention => {
    const severity = kind === "over_goal" ? "error" : "warning";
    const base = { ref: `MLE-${n}`, severity, days_over, closeness: 0 } as const;
    return kind === "offer_ageing" || kind === "over_goal" || kind === "unanswered"
      ? { ...base, kind, name: "Zoë", delays: [], step: "work" }
      : { ...base, kind, step: { act: "check_scope", role: "MLE" } };
  };

  it("lists at most five of a kind, the worst of them, and counts the rest, so that none hides another", () => {
    const flood = Array.from({ length: 9 }, (_, n) => item("over_goal", n, n));
    const { listed, more } = mostPressing([...flood, item("unanswered", 20, 1), item("no_panel", 21, 0)]);
    expect(listed.map(({ ref }) => ref)).toEqual([
      ...["MLE-8", "MLE-7", "MLE-6", "MLE-5", "MLE-4"],
      ...["MLE-20", "MLE-21"],
    ]);
    expect(more).toEqual([{ kind: "over_goal", more: 4, of: 9 }]);
    expect(mostPressing(flood.slice(0, 5)).more).toEqual([]);
  });
});
