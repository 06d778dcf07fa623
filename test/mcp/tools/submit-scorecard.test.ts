import { describe, expect, it } from "vitest";
import { brokenChains } from "../../../src/store/events.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { ALAN, addMember, card, EDSGER, GRACE, met, startPanel } from "../../support/panel.ts";

const database = useDatabase();
const begin = async () => startPanel(await database.workspace());
const MLE = { application: "MLE-1" };

describe("submit_scorecard", () => {
  it("keeps the card, with who, through what, and how many are in", async () => {
    const { alan, store } = await begin();
    const answer = await alan.ok("submit_scorecard", card("screen", [3, 2, 4]));
    expect(answer).toMatchObject({
      ref: "MLE-1",
      scorecard: {
        round: "screen",
        member: ALAN,
        version: 1,
        through: "test-client 9.9.9",
        recommendation: "yes",
      },
      revealed: true,
      submitted: 1,
      of: 2,
    });
    expect(answer.scorecard.ratings.map((r: { level: number }) => r.level)).toEqual([3, 2, 4]);
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 5))).toEqual([]);
  });

  it("stays blind while another round of theirs is ahead", async () => {
    const { grace } = await begin();
    const { revealed } = await grace.ok("submit_scorecard", card("screen", [3]));
    expect(revealed).toBeUndefined();
  });

  it("changes nothing when it is the same again, and says so", async () => {
    const { alan } = await begin();
    const first = await alan.ok("submit_scorecard", card("screen", [3]));
    const again = await alan.ok("submit_scorecard", card("screen", [3]));
    expect(again.scorecard).toEqual(first.scorecard);
    expect(again.note).toMatch(/nothing was changed/);
  });

  it("is replaced before the reveal, and a version of its own with a reason after it", async () => {
    const { grace, alan, ada } = await begin();
    await alan.ok("submit_scorecard", card("screen", [1]));
    const corrected = await alan.ok("submit_scorecard", card("screen", [2], "corrected"));
    expect(corrected).toMatchObject({
      scorecard: { version: 1 },
      note: expect.stringMatching(/takes the place/),
    });
    await grace.ok("submit_scorecard", card("screen", [4]));
    expect(await alan.refused("submit_scorecard", card("screen", [4], "later"))).toMatch(/reason: missing/);
    const later = card("screen", [4], "later", { reason: "Misread my notes" });
    expect(await alan.ok("submit_scorecard", later)).toMatchObject({
      scorecard: { version: 2, reason: "Misread my notes" },
    });
    const { scorecards } = await ada.ok("get_candidate", { ...MLE, include: ["scorecards"] });
    expect(
      scorecards.map((c: { member: string; version: number; current: boolean }) => [
        c.member,
        c.version,
        c.current,
      ]),
    ).toEqual([
      [ALAN, 1, false],
      [GRACE, 1, true],
      [ALAN, 2, true],
    ]);
    expect(JSON.stringify(scorecards[0])).toContain("corrected");
  });

  const less = (n: number) => ({ ratings: card("screen", [3]).ratings.slice(0, n) });
  const first = (change: object) => ({
    ratings: card("screen", [3]).ratings.map((r, n) => (n === 0 ? { ...r, ...change } : r)),
  });
  it.each([
    ["level 0", first({ level: 0 }), /level: 0 for production_evidence.*1, 2, 3, 4/],
    ["level 5", first({ level: 5 }), /level: 5.*1, 2, 3, 4/],
    ["level 2.5", first({ level: 2.5 }), /level: 2\.5.*1, 2, 3, 4/],
    ["a level as text", first({ level: "3" }), /level/],
    ["no evidence", first({ evidence: "" }), /production_evidence is rated 3 on 0 characters/],
    ["too little evidence", first({ evidence: "good answer" }), /at least 20 characters/],
    ["evidence of hidden characters", first({ evidence: "\u200b".repeat(40) }), /on 0 characters/],
    [
      "an unknown criterion",
      first({ criterion: "charm" }),
      /"charm" is not known.*production_evidence, tools_in_use, lane_fit/,
    ],
    ["a criterion left out", less(2), /lane_fit not rated/],
    ["no ratings", less(0), /production_evidence, tools_in_use, lane_fit not rated/],
    ["a criterion twice", { ratings: [...card("screen", [3]).ratings, ...less(1).ratings] }, /rated twice/],
    ["an unknown round", { round: "picnic" }, /"picnic" is not known.*screen, architecture/],
    ["a round that is none to score", { round: "debrief" }, /"debrief" is not known/],
    [
      "a round that they are not on",
      { ...card("incident", [3]) },
      /alan@example\.test does not interview MLE-1 in incident.*They are on: screen/,
    ],
    ["an unknown recommendation", { recommendation: "maybe" }, /recommendation/],
    ["an unknown application", { application: "MLE-9" }, /No application "MLE-9"/],
    ["a card for somebody else", { member: GRACE }, /only an admin/],
  ])("refuses %s, and keeps nothing", async (_name, change, text) => {
    const { alan, ada } = await begin();
    expect(await alan.refused("submit_scorecard", { ...card("screen", [3]), ...change })).toMatch(text);
    expect(await ada.ok("get_candidate", { ...MLE, include: ["scorecards"] })).toMatchObject({
      scorecards: [],
      panel: { scorecards: { submitted: 0, of: 2 } },
    });
  });

  it("refuses viewers, and members who interview in no round", async () => {
    const { store } = await begin();
    for (const [access, why] of [
      ["recruiter", /on no round/],
      ["interviewer", /No application "MLE-1"/],
      ["viewer", /viewer access/],
    ] as const) {
      await addMember(store, `${access}@example.test`, access);
      const passer = await start({ store, member: `${access}@example.test` });
      expect(await passer.refused("submit_scorecard", card("screen", [3])), access).toMatch(why);
    }
  });

  it("lets an admin submit for an interviewer, recorded as that, and never over their own words", async () => {
    const { ada, alan, grace } = await begin();
    const paper = card("screen", [2], "from paper", { member: GRACE });
    expect(await ada.ok("submit_scorecard", paper)).toMatchObject({
      scorecard: { member: GRACE, by_admin: "ada@example.test", version: 1 },
      submitted: 1,
    });
    await alan.ok("submit_scorecard", card("screen", [3]));
    expect(await ada.refused("submit_scorecard", card("screen", [1], "x", { member: ALAN }))).toMatch(
      /reason: missing/,
    );
    expect(
      await ada.refused("submit_scorecard", card("screen", [1], "x", { member: "nobody@example.test" })),
    ).toMatch(/nobody on the team/);
    expect(await grace.ok("get_candidate", { ...MLE, include: ["scorecards"] })).toMatchObject({
      scorecards: [{ member: GRACE, by_admin: "ada@example.test" }],
    });
    expect(await ada.ok("submit_scorecard", card("screen", [3], "mine"))).toMatchObject({
      scorecard: { member: "ada@example.test", by_admin: "ada@example.test" },
    });
  });

  it("keeps one of two cards that come in at once, whole", async () => {
    const { alan, ada, store } = await begin();
    const other = await start({ store, member: ALAN });
    const answers = await Promise.all([
      alan.call("submit_scorecard", card("screen", [1], "one")),
      other.call("submit_scorecard", card("screen", [4], "two")),
    ]);
    expect(answers.map((a) => a.isError)).toEqual([false, false]);
    const { scorecards } = await ada.ok("get_candidate", { ...MLE, include: ["scorecards"] });
    expect(scorecards).toHaveLength(1);
    const text = JSON.stringify(scorecards);
    expect(text.includes("(one)")).not.toBe(text.includes("(two)"));
  });
});

describe("interviewers", () => {
  const owed = async (greenflag: Awaited<ReturnType<typeof begin>>["ada"]) =>
    (await greenflag.ok("get_candidate", { ...MLE, include: [] })).tasks.map(
      (o: { what: string; round?: string; by: string[] }) => [o.what, o.round, ...o.by],
    );

  it("follow from the role's panel when a round is entered, and owe a card until it is in", async () => {
    const { ada, alan } = await begin();
    expect(await owed(ada)).toEqual([["booking", "screen", "ada@example.test"]]);
    await met(ada, "screen");
    expect(await owed(ada)).toEqual([
      ["scorecards", "screen", ALAN],
      ["scorecards", "screen", GRACE],
    ]);
    ada.clock.now = new Date("2026-11-26T21:00:00Z");
    await alan.ok("submit_scorecard", card("screen", [3]));
    const { roles } = await ada.ok("get_pipeline");
    expect(roles[0].stages[1].applications[0].tasks).toEqual([
      {
        what: "scorecards",
        round: "screen",
        by: [GRACE],
        days: 2.5,
        due: "2026-11-25T09:00:00.000Z",
        next: { tool: "submit_scorecard", arguments: { application: "MLE-1", round: "screen" } },
      },
    ]);
    const owing = async (owed_by: string) => (await ada.ok("find_candidates", { owed_by })).total;
    expect([await owing(GRACE), await owing(ALAN), await owing(EDSGER)]).toEqual([1, 0, 0]);
  });

  it("change with the role's panel, except for those who have submitted", async () => {
    const { ada, alan } = await begin();
    await alan.ok("submit_scorecard", card("screen", [3]));
    await ada.ok("update_role", {
      role: "MLE",
      panel: [{ round: "screen", members: [EDSGER.toUpperCase()] }],
    });
    expect(await owed(ada)).toEqual([["scorecards", "screen", EDSGER]]);
    expect(await ada.ok("get_candidate", { ...MLE, include: [] })).toMatchObject({
      panel: { scorecards: { submitted: 1, of: 2 } },
    });
  });

  it("hold the gate of their round until all cards are in", async () => {
    const { ada, alan, grace } = await begin();
    await alan.ok("submit_scorecard", card("screen", [3]));
    expect(await ada.refused("move_candidate", { ...MLE, to: "architecture" })).toMatch(
      /1 of 2 scorecards \(missing: grace@example\.test\).*submit_scorecard.*override/,
    );
    await grace.ok("submit_scorecard", card("screen", [3]));
    expect(await ada.ok("move_candidate", { ...MLE, to: "architecture" })).not.toHaveProperty("unmet");
    const { facts, text } = await ada.call("move_candidate", { ...MLE, to: "incident" });
    expect(facts).toMatchObject({
      tasks: [
        {
          ...{
            what: "booking",
            round: "incident",
            by: ["ada@example.test"],
            due: "2026-11-24T09:00:00.000Z",
          },
          next: { tool: "schedule_interview", arguments: { application: "MLE-1", round: "incident" } },
        },
      ],
      unscored_round: "architecture",
    });
    expect(text).toContain("interview to be booked by ada@example.test (incident), due 2026-11-24");
    expect(text).toMatch(/No e-mail was sent.*Nobody interviews in architecture/s);
  });

  it("are not asked any more once they have left the team", async () => {
    const { ada, alan, store } = await begin();
    await alan.ok("submit_scorecard", card("screen", [3]));
    const { findMember } = await import("../../../src/store/team/workspaces.ts");
    const { saveMember } = await import("../../../src/store/team/members.ts");
    await store.write(new AbortController().signal, async (tx) => {
      for (const email of [GRACE, ALAN]) {
        const member = await findMember(tx, store.workspaceId, email);
        await saveMember(tx, store.workspaceId, member?.id ?? "", { removedAt: new Date() });
      }
    });
    expect(await owed(ada)).toEqual([]);
    await ada.ok("move_candidate", { ...MLE, to: "architecture" });
    const { scorecards } = await ada.ok("get_candidate", { ...MLE, include: ["scorecards"] });
    expect(scorecards).toMatchObject([{ member: ALAN }]);
  });
});
