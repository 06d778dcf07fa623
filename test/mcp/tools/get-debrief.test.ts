import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { ALAN, addMember, card, EDSGER, GRACE, met, startPanel } from "../../support/panel.ts";

const database = useDatabase();
const MLE = { application: "MLE-1" };
const begin = async () => startPanel(await database.workspace());

/** Three interviewers of two rounds have scored; the application is at debrief. */
async function scored() {
  const store = await database.workspace();
  const panel = await startPanel(store);
  const edsger = await start({ store, member: EDSGER, clock: panel.ada.clock });
  const { ada, grace, alan } = panel;
  const members = [GRACE, ALAN, EDSGER];
  await ada.ok("update_role", {
    role: "MLE",
    panel: [
      { round: "screen", members },
      { round: "incident", members: [GRACE, ALAN] },
    ],
  });
  const everyone = [
    [grace, [3, 2, 4]],
    [alan, [3, 2, 1]],
    [edsger, [4, 2, 4]],
  ] as const;
  for (const [who, levels] of everyone) {
    const recommendation = who === alan ? "no" : "yes";
    await who.ok("submit_scorecard", card("screen", levels, "heard it", { recommendation }));
  }
  await ada.ok("move_candidate", { ...MLE, to: "architecture" });
  await ada.ok("move_candidate", { ...MLE, to: "incident" });
  await grace.ok("submit_scorecard", card("incident", [4, 3, 2]));
  await alan.ok("submit_scorecard", card("incident", [4, 3, 2], "timeline"));
  await ada.agreed("move_candidate", {
    ...MLE,
    to: "debrief",
    override: true,
    reason: "Exercise not needed",
  });
  return { ...panel, edsger };
}

describe("get_debrief", () => {
  it("computes means, spread, coverage, agreement and counts, and gives no verdict", async () => {
    const { ada } = await scored();
    const { facts, text } = await ada.call("get_debrief", MLE);
    expect(facts.in).toEqual({ scorecards: { submitted: 5, of: 5 }, votes: { cast: 0, of: 3 } });
    expect(
      facts.aggregate.map((a: { criterion: string; mean: number; n: number; spread: object }) => [
        a.criterion,
        a.mean,
        a.n,
        a.spread,
      ]),
    ).toEqual([
      ["production_evidence", 3.33, 3, { low: 3, high: 4, sd: 0.47 }],
      ["tools_in_use", 2, 3, { low: 2, high: 2, sd: 0 }],
      ["lane_fit", 3, 3, { low: 1, high: 4, sd: 1.41 }],
      ["timeline", 4, 2, { low: 4, high: 4, sd: 0 }],
      ["p99_triage", 3, 2, { low: 3, high: 3, sd: 0 }],
      ["drift", 2, 2, { low: 2, high: 2, sd: 0 }],
    ]);
    expect(facts.recommendations).toEqual({ strong_no: 0, no: 1, yes: 4, strong_yes: 0 });
    expect(facts.agreement).toMatchObject({
      ...{ n: 15, needed: 30, criteria: 6, value: null, interval: null, finding: "too_few" },
      reading: expect.stringMatching(/Not enough data: 15 paired ratings/),
    });
    expect(facts.coverage_gaps.map((g: { round: string; n: number }) => [g.round, g.n])).toContainEqual([
      "architecture",
      0,
    ]);
    expect(facts.raters.find((r: { member: string }) => r.member === ALAN)).toMatchObject({
      leniency: { value: null, n: 6, needed: 15, reading: expect.stringMatching(/withheld: 6 criteria/) },
    });
    expect(facts.dissent).toMatchObject([
      { kind: "recommendations", against: [{ member: ALAN, gave: "no" }] },
      {
        kind: "criterion",
        criterion: "lane_fit",
        against: [{ member: ALAN, gave: 1, evidence: expect.stringContaining("heard it") }],
      },
    ]);
    expect(facts.rubric.present.length).toBeGreaterThan(0);
    expect(facts.tasks.map((task: { what: string; by: string[] }) => [task.what, ...task.by])).toEqual([
      ["votes", ALAN],
      ["votes", EDSGER],
      ["votes", GRACE],
    ]);
    expect(text).toMatch(/Where the panel differs:.*Means.*No verdict is computed/s);
    expect(JSON.stringify(facts)).not.toMatch(/"(hire|verdict|decision)"/);
  });

  it("tells a member who owes a scorecard how many are in, and why the rest is hidden", async () => {
    const { grace, alan } = await begin();
    await alan.ok("submit_scorecard", card("screen", [1], "CANARY"));
    const { facts, text } = await grace.call("get_debrief", MLE);
    expect(facts).toMatchObject({
      hidden: expect.stringMatching(/screen, incident \(submit_scorecard\)/),
      in: { scorecards: { submitted: 1, of: 2 } },
      scorecards: [],
      aggregate: [],
      dissent: [],
      agreement: null,
      raters: [],
      recommendations: null,
      vote_tally: null,
    });
    expect(text).toMatch(/hidden until you submit/);
    expect(JSON.stringify(facts) + text).not.toContain("CANARY");
  });

  it("has little to say before anybody has scored, and says that", async () => {
    const { ada } = await begin();
    const { facts } = await ada.call("get_debrief", MLE);
    expect(facts.aggregate).toEqual([]);
    expect(facts.agreement.reading).toMatch(/Not enough data: 0/);
    expect(facts.tasks).toMatchObject([{ what: "booking" }]);
    await met(ada, "screen");
    expect((await ada.ok("get_debrief", MLE)).tasks).toHaveLength(2);
    expect(await ada.refused("get_debrief", { application: "MLE-9" })).toMatch(/No application/);
  });
});

describe("cast_vote", () => {
  const yes = { ...MLE, vote: "yes", reason: "Ran it, and said how" };

  it("is blind until cast, then shows the tally", async () => {
    const { grace, alan, ada } = await scored();
    const no = { ...MLE, vote: "no", reason: "CANARY: wants to build models" };
    expect(await alan.ok("cast_vote", no)).toMatchObject({ cast: 1, of: 3, tally: { panel: { no: 1 } } });
    const blind = await grace.call("get_debrief", MLE);
    expect(blind.facts).toMatchObject({
      hidden: expect.stringMatching(/cast_vote/),
      votes: [],
      vote_tally: null,
      in: { votes: { cast: 1, of: 3 } },
    });
    expect(blind.facts.aggregate.length).toBeGreaterThan(0);
    expect(blind.text + JSON.stringify(blind.facts)).not.toContain("CANARY");
    expect(await grace.ok("cast_vote", yes)).toMatchObject({ cast: 2, tally: { panel: { no: 1, yes: 1 } } });
    const { dissent } = await ada.ok("get_debrief", MLE);
    expect(dissent[0]).toMatchObject({
      kind: "votes",
      against: [{ member: ALAN, evidence: no.reason }],
      for: [{ member: GRACE }],
    });
  });

  it("changes nothing when it is the same again, and keeps both when it changes later", async () => {
    const { grace, alan } = await scored();
    await grace.ok("cast_vote", { ...yes, reason: "First thought" });
    expect(await grace.ok("cast_vote", yes)).toMatchObject({
      vote: { version: 1 },
      note: expect.stringMatching(/takes the place/),
    });
    expect(await grace.ok("cast_vote", yes)).toMatchObject({
      vote: { version: 1 },
      note: expect.stringMatching(/nothing was changed/),
    });
    await alan.ok("cast_vote", { ...yes, vote: "no" });
    expect(await grace.ok("cast_vote", { ...yes, vote: "no" })).toMatchObject({
      vote: { version: 2 },
      cast: 2,
      tally: { panel: { no: 2, yes: 0 } },
    });
    const { votes } = await grace.ok("get_candidate", { ...MLE, include: ["votes"] });
    expect(
      votes.filter((v: { member: string }) => v.member === GRACE).map((v: { current: boolean }) => v.current),
    ).toEqual([false, true]);
  });

  it("holds the gate until half the panel has voted", async () => {
    const { ada, grace, alan } = await scored();
    const offer = { ...MLE, to: "offer" };
    expect(await ada.refused("move_candidate", offer)).toMatch(/0 of 3 votes.*cast_vote/);
    await grace.ok("cast_vote", yes);
    expect(await ada.refused("move_candidate", offer)).toMatch(/1 of 3 votes/);
    await ada.ok("cast_vote", yes);
    expect(await ada.refused("move_candidate", offer)).toMatch(/1 of 3 votes/);
    await alan.ok("cast_vote", yes);
    const asked = await ada.ok("move_candidate", offer);
    expect(asked.confirmation.summary).toMatch(/Move to Offer/);
    expect(asked).not.toHaveProperty("unmet");
  });

  it.each([
    ["a vote before debrief", yes, /is at screen, and votes are cast at debrief/],
    ["no reason", { ...yes, reason: " " }, /is at screen|reason/],
    ["an unknown vote", { ...yes, vote: "maybe" }, /vote/],
    ["an unknown application", { ...yes, application: "MLE-9" }, /No application/],
  ])("refuses %s", async (_name, args, text) => {
    const { grace } = await begin();
    expect(await grace.refused("cast_vote", args)).toMatch(text);
  });

  it("refuses a vote without a reason, by a stranger, and after the end", async () => {
    const { ada, grace, store } = await scored();
    expect(await grace.refused("cast_vote", { ...yes, reason: "\u200b" })).toMatch(/reason: missing/);
    for (const [access, why] of [
      ["recruiter", /not on this panel/],
      ["interviewer", /No application "MLE-1"/],
    ] as const) {
      await addMember(store, `${access}@example.test`, access);
      const passer = await start({ store, member: `${access}@example.test` });
      expect(await passer.refused("cast_vote", yes)).toMatch(why);
    }
    await ada.ok("move_candidate", { ...MLE, to: "withdrawn" });
    expect(await grace.refused("cast_vote", yes)).toMatch(/has ended \(withdrawn\)/);
  });
});

describe("the decision record", () => {
  it("says who decided, when, on what and why, and that it went against the panel", async () => {
    const { ada, grace, alan, edsger } = await scored();
    for (const [who, vote] of [
      [grace, "no"],
      [alan, "strong_no"],
      [edsger, "yes"],
    ] as const)
      await who.ok("cast_vote", { ...MLE, vote, reason: `Because ${vote}` });
    const offer = { ...MLE, to: "offer", reason: "We need the operator" };
    const { confirmation } = await ada.ok("move_candidate", offer);
    await ada.ok("move_candidate", { ...offer, confirm: confirmation.code });
    await grace.ok("submit_scorecard", card("screen", [1], "later", { reason: "Second thoughts" }));
    // biome-ignore lint/suspicious/noExplicitAny: the test reads whatever fields the record has
    const record = (await ada.read("hiring://decisions/MLE-1")) as any;
    expect(record.decisions).toMatchObject([
      {
        to: "offer",
        by: "ada@example.test",
        through: "test-client 9.9.9",
        reason: "We need the operator",
        on_the_table: {
          assessment: expect.any(String),
          submission: null,
          majority: "against",
          against_majority: true,
          votes_cast: 3,
          votes: [{ member: GRACE, vote: "no", version: 1 }, { vote: "strong_no" }, { vote: "yes" }],
        },
      },
    ]);
    expect(record.decisions[0]).not.toHaveProperty("undone");
    expect(record.decisions[0].on_the_table.scorecards).toHaveLength(5);
    expect(
      record.decisions[0].on_the_table.scorecards.every((c: { version: number }) => c.version === 1),
    ).toBe(true);
    const { decisions } = await ada.ok("get_candidate", { ...MLE, include: ["history"] });
    expect(decisions).toEqual(record.decisions);
  });

  it("says that it was undone", async () => {
    const { ada } = await begin();
    const reject = { ...MLE, to: "rejected", reason: "Not this lane" };
    const { confirmation } = await ada.ok("move_candidate", reject);
    await ada.ok("move_candidate", { ...reject, confirm: confirmation.code });
    await ada.ok("undo_move", MLE);
    expect(await ada.read("hiring://decisions/MLE-1")).toMatchObject({
      decisions: [
        { to: "rejected", undone: true, on_the_table: { majority: null, against_majority: false } },
      ],
    });
  });
});
