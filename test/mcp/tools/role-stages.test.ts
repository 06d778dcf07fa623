import { describe, expect, it } from "vitest";
import { ERAS } from "../../support/clients.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { ALAN, addMember, assign, card, GRACE, startPanel } from "../../support/panel.ts";

const database = useDatabase();
const begin = async () => startPanel(await database.workspace());
const IDS = ["applied", "screen", "architecture", "incident", "exercise", "on_call_fit", "debrief", "offer"];
const stages = (...names: string[]) => names.map((id) => ({ id }));
const without = (...dropped: string[]) => stages(...IDS.filter((id) => !dropped.includes(id)));

describe("a role's own stages", () => {
  it("may be given when it is opened", async () => {
    const greenflag = await start({ store: await database.workspace() });
    const { role } = await greenflag.ok("open_role", {
      ...{ template: "mlops-engineer", level: "senior", location: "Lisbon", openings: 2 },
      stages: [
        { id: "applied" },
        { id: "case_study", name: "Case study", minutes: 90, goal_days: 4 },
        { id: "offer" },
      ],
      questions: [{ round: "case_study", question: "Which number would you look at first?" }],
    });
    expect(role.stages).toMatchObject([
      { id: "applied" },
      { id: "case_study", name: "Case study", minutes: 90, goal_days: 4, gate: ["scorecards"] },
      { id: "offer" },
    ]);
    expect(role).toMatchObject({ openings: 2, owner: "ada@example.test", recruiters_send: true });
  });

  it("take whoever stands in a dropped one along, on record, and say whom", async () => {
    const { ada } = await begin();
    const { moved, role } = await ada.ok("update_role", { role: "MLE", stages: without("screen") });
    expect(moved).toEqual([{ ref: "MLE-1", from: "screen", to: "architecture" }]);
    // Nobody is asked in a round that is gone.
    expect(role.panel).toEqual([{ round: "incident", members: [GRACE] }]);
    const shown = await ada.ok("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(JSON.stringify(shown)).toContain("stage_dropped");
    expect(await ada.ok("undo_move", { application: "MLE-1" })).toMatchObject({
      undone: null,
      reason: "stage_dropped",
    });
    const on = await ada.ok("move_candidate", {
      ...{ application: "MLE-1", to: "incident", from: "architecture" },
    });
    expect(on).toMatchObject({ moved: { to: "incident" } });
  });

  it.each(ERAS)("say so in words that a person reads (%s)", async (era) => {
    const { ada } = await startPanel(await database.workspace(), { era });
    const { text } = await ada.call("update_role", { role: "MLE", stages: without("screen") });
    expect(text).toContain("MLE-1 was moved from screen, which was dropped, to architecture.");
  });

  it("have a kit, questions and messages in a round that was added", async () => {
    const { ada, grace } = await begin();
    await ada.ok("update_role", {
      role: "MLE",
      stages: [...stages("applied"), { id: "case_study", name: "Case study" }, ...without("applied")],
      panel: [{ round: "case_study", members: [GRACE] }],
      questions: [{ round: "case_study", question: "Which number would you look at first?" }],
    });
    await ada.ok("move_candidate", { application: "MLE-1", to: "case_study" });
    const brief = await grace.prompt("prepare_interview", { application: "MLE-1", round: "case_study" });
    expect(brief).toContain("Which number would you look at first?");
    const { entry } = { entry: "case_study" };
    const kit = await ada.ok("get_role_template", { role: "MLE", section: "interviews", entry });
    const criteria = (kit.content as { criteria: { id: string }[] }[])[0]?.criteria ?? [];
    const ratings = criteria.map(({ id }) => ({
      criterion: id,
      level: 3,
      evidence: "Said so at length, with two figures.",
    }));
    const given = { application: "MLE-1", round: "case_study", ratings, recommendation: "yes" };
    await grace.ok("submit_scorecard", given);
    // Its cards count on after it is dropped.
    await ada.ok("update_role", { role: "MLE", stages: stages(...IDS) });
    const { aggregate } = await ada.ok("get_debrief", { application: "MLE-1" });
    expect(aggregate.map(({ round }) => round)).toEqual(criteria.map(() => "case_study"));
  });

  it("are not dropped while an interview is booked in one", async () => {
    const { ada } = await begin();
    const booked = await ada.ok("schedule_interview", {
      ...{ application: "MLE-1", round: "screen", start: "2026-12-01T10:00:00Z", interviewers: [GRACE] },
      ...{ override: true, reason: "No calendars on record." },
    });
    const refused = await ada.refused("update_role", { role: "MLE", stages: without("screen") });
    expect(refused).toMatch(
      /MLE-1 \(screen, 2026-12-01T10:00:00.000Z\).*schedule_interview \(round, cancel: true, reason\)/s,
    );
    const interview = booked.interview.id;
    await ada.ok("schedule_interview", {
      ...{ application: "MLE-1", round: "screen", interview, cancel: true, reason: "The round is gone." },
    });
    await ada.ok("update_role", { role: "MLE", stages: without("screen") });
  });

  it("do not show an interviewer what others said before their own card is in", async () => {
    const { store, ada, alan } = await begin();
    await alan.ok("submit_scorecard", card("screen", [3]));
    await addMember(store, "rita@example.test", "hiring_manager");
    await ada.ok("update_role", {
      role: "MLE",
      panel: [{ round: "screen", members: [ALAN, "rita@example.test"] }],
    });
    const rita = await start({ store, member: "rita@example.test", clock: ada.clock });
    expect(await rita.refused("update_role", { role: "MLE", stages: without("screen") })).toMatch(
      /still owe a scorecard/,
    );
    // A colleague may.
    await ada.ok("update_role", { role: "MLE", stages: without("screen") });
  });

  it("never leave anybody in one that is dropped while they are moved into it", async () => {
    const store = await database.workspace();
    const greenflag = await start({ store });
    const open = { template: "data-scientist", level: "senior", location: "Lisbon", key: "DS" };
    await greenflag.ok("open_role", { ...open, stages: stages("applied", "screen", "interview", "offer") });
    const people = [1, 2, 3, 4, 5, 6];
    for (const n of people)
      await greenflag.ok("add_candidate", { role: "DS", name: `P ${n}`, email: `p${n}@example.test` });
    const why = { to: "screen", override: true, reason: "All of them are to be called." };
    const moves = people.map((n) =>
      // Who comes too late finds the stage gone.
      greenflag.agreed("move_candidate", { application: `DS-${n}`, ...why }).catch(() => undefined),
    );
    const drop = greenflag.ok("update_role", { role: "DS", stages: stages("applied", "interview", "offer") });
    await Promise.all([...moves.slice(0, 3), drop, ...moves.slice(3)]);
    const { applications } = await greenflag.ok("find_candidates", { role: "DS" });
    expect(applications).toHaveLength(people.length);
    for (const { stage } of applications) expect(["applied", "interview"]).toContain(stage);
  });

  it("count everybody once in the funnel, and nobody as having passed a stage that was dropped", async () => {
    const greenflag = await start({ store: await database.workspace() });
    const open = { template: "data-scientist", level: "senior", location: "Lisbon", key: "DS" };
    await greenflag.ok("open_role", { ...open, stages: stages("applied", "screen", "interview", "offer") });
    for (const n of [1, 2, 3, 4, 5, 6])
      await greenflag.ok("add_candidate", { role: "DS", name: `P ${n}`, email: `p${n}@example.test` });
    const move = (n: number, to: string) =>
      greenflag.agreed("move_candidate", {
        application: `DS-${n}`,
        to,
        override: true,
        reason: "Known to us.",
      });
    await move(1, "screen");
    await move(2, "screen");
    await move(2, "interview");
    await greenflag.ok("update_role", {
      role: "DS",
      stages: [{ id: "call", name: "Call" }, ...stages("applied", "interview", "offer")],
    });
    await move(3, "interview");
    const { n, rows } = await greenflag.ok("get_report", { report: "funnel" });
    expect(n).toBe(6);
    expect(rows.map(({ stage, entered, passed, here }) => [stage, entered, passed, here])).toEqual([
      ["applied", 6, 3, 3],
      ["interview", 3, 0, 3],
      ["screen", 2, 1, 0],
    ]);
  });

  it("let somebody be reopened who was rejected in one that is gone, but not into the offer", async () => {
    const { ada } = await begin();
    const rejection = { application: "MLE-1", to: "rejected", reason: "No production work." };
    const { confirmation } = await ada.ok("move_candidate", rejection);
    await ada.ok("move_candidate", { ...rejection, confirm: confirmation?.code });
    const { moved } = await ada.ok("update_role", { role: "MLE", stages: without("screen") });
    expect(moved).toBeUndefined();
    expect(await ada.ok("undo_move", { application: "MLE-1" })).toMatchObject({ reason: "stage_dropped" });
    expect(await ada.refused("move_candidate", { application: "MLE-1", to: "offer" })).toMatch(
      /Allowed: applied, architecture/,
    );
    await ada.ok("move_candidate", { application: "MLE-1", to: "architecture" });
  });
});

describe("a role's settings", () => {
  it("say after each hire how many of its openings are filled", async () => {
    const greenflag = await start({ store: await database.workspace() });
    const role = { template: "data-scientist", level: "senior", location: "Lisbon", key: "DS", openings: 2 };
    await greenflag.ok("open_role", { ...role, stages: stages("applied", "interview") });
    const hire = async (n: number) => {
      await greenflag.ok("add_candidate", { role: "DS", name: `P ${n}`, email: `p${n}@example.test` });
      const move = { application: `DS-${n}`, to: "hired", override: true, reason: "Known for years." };
      const { confirmation } = await greenflag.ok("move_candidate", move);
      return greenflag.ok("move_candidate", { ...move, confirm: confirmation?.code });
    };
    expect(await hire(1)).toMatchObject({ filled: { hired: 1, openings: 2 } });
    expect(await hire(2)).toMatchObject({ filled: { hired: 2, openings: 2, role: "DS" } });
  });

  it("have an owner who can run the search", async () => {
    const { store, ada } = await begin();
    await addMember(store, "rita@example.test", "recruiter");
    expect(await ada.refused("update_role", { role: "MLE", owner: GRACE })).toMatch(
      /owner.*Allowed: ada@example\.test, rita@example\.test/s,
    );
    const { role } = await ada.ok("update_role", { role: "MLE", owner: "Rita@example.test" });
    expect(role.owner).toBe("rita@example.test");
    const { roles } = await ada.ok("get_pipeline", { role: "MLE" });
    expect(JSON.stringify(roles)).not.toContain("ada@example.test");
  });

  it("refuse a question for no round of theirs, or one that asks for a protected attribute", async () => {
    const { ada } = await begin();
    const ask = (round: string, question: string) =>
      ada.refused("update_role", { role: "MLE", questions: [{ round, question }] });
    expect(await ask("lunch", "What did you run?")).toMatch(/questions\.round: "lunch".*Allowed: screen/s);
    expect(await ask("screen", "Are you married?")).toMatch(/questions\[0\]\.question.*protected attribute/s);
  });

  it("are not loosened by a recruiter, who may name a stage and set its length", async () => {
    const { store, ada } = await begin();
    await addMember(store, "rita@example.test", "recruiter");
    const rita = await start({ store, member: "rita@example.test", clock: ada.clock });
    const [first, ...others] = stages(...IDS);
    const renamed = [{ ...first, name: "New", goal_days: 2 }, ...others];
    const { role } = await rita.ok("update_role", { role: "MLE", stages: renamed });
    expect(role.stages[0]).toMatchObject({ name: "New", goal_days: 2, gate: ["assessment"] });
    for (const change of [
      { stages: [{ ...first, gate: [] }, ...others] },
      { stages: without("offer") },
      { recruiters_send: false },
    ])
      expect(await rita.refused("update_role", { role: "MLE", ...change })).toMatch(/recruiter access/);
  });

  it("say whether the cards of earlier rounds are open to who sits in a later one", async () => {
    const { store, ada, grace, alan } = await begin();
    await grace.ok("submit_scorecard", card("screen", [2], "grace's"));
    await alan.ok("submit_scorecard", card("screen", [3], "alan's"));
    await alan.ok("add_document", {
      application: "MLE-1",
      kind: "note",
      text: "A note of alan-on-the-side.",
    });
    for (const to of ["architecture", "incident"])
      await ada.agreed("move_candidate", {
        application: "MLE-1",
        to,
        override: true,
        reason: "All is known.",
      });
    await assign(store, "incident", [GRACE, ALAN]);
    await alan.ok("submit_scorecard", card("incident", [1], "alan's later"));
    const seen = async () => {
      const answers = [
        await grace.call("get_debrief", { application: "MLE-1" }),
        await grace.call("get_candidate", { application: "MLE-1", include: ["scorecards", "documents"] }),
      ];
      return answers.map(({ text, facts }) => `${text} ${JSON.stringify(facts)}`).join(" ");
    };
    const open = await seen();
    expect(open).toContain("(alan's)");
    expect(open).not.toMatch(/alan's later|alan-on-the-side/);
    // What she says of that round now is said in the knowledge of his.
    const again = card("screen", [4], "grace's");
    expect(await grace.refused("submit_scorecard", again)).toMatch(/reason/);
    await ada.ok("update_role", { role: "MLE", earlier_rounds_open: false });
    expect(await seen()).not.toMatch(/alan's|alan-on-the-side/);
  });

  it("say whether recruiters let messages leave, who may always record what was sent by hand", async () => {
    const { store, ada } = await begin();
    await addMember(store, "rita@example.test", "recruiter");
    const rita = await start({ store, member: "rita@example.test", clock: ada.clock });
    const draft = async () => rita.ok("draft_outreach", { application: "MLE-1", purpose: "screen_invite" });
    const first = await draft();
    expect(first.next).not.toHaveProperty("who");
    expect((await rita.call("send_message", { message: first.message.id })).isError).toBe(false);
    await ada.ok("update_role", { role: "MLE", recruiters_send: false });
    expect((await draft()).next).toMatchObject({ who: "a hiring manager" });
    expect(await rita.refused("send_message", { message: first.message.id })).toMatch(/recruiter access/);
    const byHand = { message: first.message.id, sent_by_hand: true };
    expect((await rita.call("send_message", byHand)).isError).toBe(false);
  });
});
