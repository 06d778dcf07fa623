import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { ALAN, addMember, card, EDSGER, GRACE, met, startPanel } from "../../support/panel.ts";

const database = useDatabase();
const ADA = "ada@example.test";

describe("what is owed", () => {
  it("is counted for scorecards and votes as get_pipeline tells it one by one, longest first", async () => {
    const { ada, alan } = await startPanel(await database.workspace());
    const step = async (day: number, work: () => Promise<unknown>) => {
      ada.clock.now = new Date(`2026-11-${day}T09:00:00Z`);
      await work();
    };
    await step(25, async () => {
      for (const n of [2, 3]) {
        const application = `MLE-${n}`;
        const person = { name: `P${n}`, email: `p${n}@example.test`, resume_text: "Ran 4 models." };
        await ada.ok("add_candidate", { role: "MLE", ...person });
        await ada.ok("score_candidate", { application });
        await ada.ok("move_candidate", { application, to: "screen" });
        if (n === 2) await met(ada, "screen", { application });
      }
      await ada.ok("add_candidate", { role: "MLE", name: "P4", email: "p4@example.test" });
    });
    await step(26, async () => {
      await alan.ok("submit_scorecard", card("screen", [3]));
      for (const application of ["MLE-1", "MLE-2"])
        await ada.agreed("move_candidate", { application, to: "debrief", override: true, reason: "Test" });
      const vote = { application: "MLE-1", vote: "yes", reason: "Mine" };
      await alan.ok("cast_vote", vote);
    });
    ada.clock.now = new Date("2026-11-28T09:00:00Z");
    const { rows, notes, n } = await ada.ok("get_report", { report: "owed" });
    expect(notes).toEqual([]);
    expect(n).toBe(4);
    const one = { role: "MLE" };
    const cards = { ...one, what: "scorecards" };
    const votes = { ...one, what: "votes", stage: "debrief", longest_days: 2 };
    const list = (by: string, more = {}) => ({
      next: { tool: "find_candidates", arguments: { role: "MLE", owed_by: by, ...more } },
    });
    const of = (by: string) => ({ by, ...list(by) });
    expect(rows).toEqual([
      { ...cards, ...of(GRACE), count: 2, of: 3, longest_days: 3, stage: "screen" },
      {
        ...{ ...one, by: ADA, what: "assessment", count: 1, of: 1, longest_days: 3, stage: "applied" },
        ...list(ADA, { stage: "applied" }),
      },
      { ...one, ...of(ADA), what: "booking", count: 1, of: 1, longest_days: 3, stage: "screen" },
      { ...cards, ...of(ALAN), count: 1, of: 3, longest_days: 3, stage: "screen" },
      { ...votes, ...of(GRACE), count: 2, of: 2 },
      { ...votes, ...of(ALAN), count: 1, of: 2 },
    ]);
    const { roles } = await ada.ok("get_pipeline", { role: "MLE" });
    type Application = { tasks: { what: string; by: string[]; round?: string }[] };
    const told = roles[0].stages
      .flatMap((s: { applications: Application[] }) => s.applications)
      .flatMap((a: Application) => a.tasks.flatMap((task) => task.by.map((by) => `${task.what} ${by}`)));
    const counted = rows.flatMap((r: { what: string; by: string; count: number }) =>
      Array.from({ length: r.count }, () => `${r.what} ${r.by}`),
    );
    expect(counted.sort()).toEqual(told.sort());
  });

  it("is not asked of a former member, and leaves out the caller's own application", async () => {
    const { ada, store } = await startPanel(await database.workspace());
    await addMember(store, "zoe@example.test", "hiring_manager");
    const zoe = await start({ store, member: "zoe@example.test", clock: ada.clock });
    await met(ada, "screen");
    expect(await zoe.ok("get_report", { report: "owed" })).toMatchObject({ n: 0, rows: [] });
    const people = async () =>
      (await ada.ok("get_report", { report: "owed" })).rows.map((r: { by: string }) => r.by).sort();
    expect(await people()).toEqual([ALAN, GRACE]);
    const { findMember } = await import("../../../src/store/team/workspaces.ts");
    const { saveMember } = await import("../../../src/store/team/members.ts");
    await store.write(new AbortController().signal, async (tx) => {
      const alan = await findMember(tx, store.workspaceId, ALAN);
      await saveMember(tx, store.workspaceId, alan?.id ?? "", { removedAt: ada.clock.now });
    });
    expect(await people()).toEqual([GRACE]);
  });
});

describe("what a role owes that is filled or cancelled", () => {
  it("is nothing, in the report as in the pipeline and the search, and comes back when it is opened again", async () => {
    const { ada } = await startPanel(await database.workspace());
    const person = { name: "P2", email: "p2@example.test", resume_text: "Ran 4 models." };
    await ada.ok("add_candidate", { role: "MLE", ...person });
    const told = async () => {
      const { rows, n, notes } = await ada.ok("get_report", { report: "owed" });
      const { roles } = await ada.ok("get_pipeline", { role: "MLE" });
      type Stage = { applications: { tasks: unknown[] }[] };
      const listed = roles[0].stages
        .flatMap((s: Stage) => s.applications)
        .flatMap((a: Stage["applications"][0]) => a.tasks);
      const { total } = await ada.ok("find_candidates", { owed_by: GRACE });
      const { tasks } = await ada.ok("get_candidate", { application: "MLE-1" });
      return { rows: rows.length, n, notes, listed: listed.length, found: total, own: tasks.length };
    };
    await met(ada, "screen");
    const open = await told();
    expect(open).toEqual({ rows: 3, n: 2, notes: [], listed: 3, found: 1, own: 2 });
    for (const status of ["filled", "cancelled"]) {
      await ada.ok("update_role", { role: "MLE", status });
      const left =
        "Left out: 2 active applications of roles that are filled or cancelled. move_candidate ends them.";
      const none = { rows: 0, n: 0, listed: 0, found: 0, own: 0 };
      expect(await told()).toEqual({ ...none, notes: ["Nothing is owed.", left] });
    }
    await ada.ok("update_role", { role: "MLE", status: "on_hold" });
    expect(await told()).toEqual(open);
  });
});

describe("agreement", () => {
  /** Grace and Alan have both scored MLE-1, MLE-2 and as many more as are asked for; only Alan MLE-3. */
  const scored = async ({ more = 0 } = {}) => {
    const panel = await startPanel(await database.workspace());
    const { ada, grace, alan } = panel;
    await ada.ok("update_role", { role: "MLE", panel: [{ round: "screen", members: [GRACE, ALAN] }] });
    for (const n of Array.from({ length: 2 + more }, (_, index) => index + 2)) {
      const application = `MLE-${n}`;
      const person = { name: `P${n}`, email: `p${n}@example.test`, resume_text: "Ran 4 models." };
      await ada.ok("add_candidate", { role: "MLE", ...person });
      await ada.ok("score_candidate", { application });
      await ada.ok("move_candidate", { application, to: "screen" });
      const level = Math.min(n, 4);
      await alan.ok("submit_scorecard", card("screen", [level, 1, 4], "x", { application }));
      if (n !== 3) await grace.ok("submit_scorecard", card("screen", [level, 2, 4], "x", { application }));
    }
    await alan.ok("submit_scorecard", card("screen", [3, 2, 4]));
    await grace.ok("submit_scorecard", card("screen", [3, 2, 3]));
    return panel;
  };
  const AGREEMENT = { report: "agreement" };

  it("is over all cards that the caller may see, with interval and denominator, and says how many it left out", async () => {
    const { ada, grace } = await scored({ more: 3 });
    const all = await ada.ok("get_report", AGREEMENT);
    expect(all).toMatchObject({
      ...{ n: 30, enough: true, notes: [], period: { from: null, to: "2026-11-24" } },
      clock: expect.stringMatching(/bootstrap/),
      rows: [{ role: "MLE", applications: 6, left_out: 0, n: 30, needed: 30, criteria: 15 }],
    });
    const [{ value, interval }] = all.rows;
    expect(value).toBeGreaterThan(0.5);
    expect(interval.low).toBeLessThanOrEqual(value);
    expect(interval.high).toBeGreaterThanOrEqual(value);
    const hers = await grace.ok("get_report", { ...AGREEMENT, role: "MLE" });
    expect(hers.rows).toMatchObject([{ applications: 5, left_out: 1, n: 30 }]);
    expect(hers.notes).toEqual([expect.stringMatching(/^1 application is left out/)]);
  });

  it("leaves out what waits for a round ahead that the role's panel gives the caller, who is seated nowhere yet", async () => {
    const { ada, store } = await scored();
    const edsger = await start({ store, member: EDSGER, clock: ada.clock });
    const panel = [
      { round: "screen", members: [GRACE, ALAN] },
      { round: "incident", members: [EDSGER] },
    ];
    await ada.ok("update_role", { role: "MLE", panel });
    const his = await edsger.ok("get_report", AGREEMENT);
    expect(his.rows).toMatchObject([{ applications: 0, left_out: 3, n: 0, value: null }]);
    expect(his.notes).toEqual([expect.stringMatching(/^3 applications are left out/)]);
    const rejection = { application: "MLE-3", to: "rejected", reason: "A test of what is ended." };
    const { confirmation } = await ada.ok("move_candidate", rejection);
    await ada.ok("move_candidate", { ...rejection, confirm: confirmation.code });
    expect((await edsger.ok("get_report", AGREEMENT)).rows).toMatchObject([{ applications: 1, left_out: 2 }]);
  });

  it("counts the newest version of a card, of the days asked for, and no application of the caller's own", async () => {
    const { ada, alan, grace, store } = await scored({ more: 3 });
    const value = async () => (await ada.ok("get_report", AGREEMENT)).rows[0].value;
    const before = await value();
    await grace.ok("submit_scorecard", card("screen", [3, 2, 4], "plain", { reason: "Heard it again." }));
    expect(await value()).toBeGreaterThan(before);
    ada.clock.now = new Date("2026-11-30T09:00:00Z");
    await alan.ok(
      "submit_scorecard",
      card("screen", [1], "new", { reason: "A reference.", application: "MLE-2" }),
    );
    expect(await ada.ok("get_report", { ...AGREEMENT, since: "2026-11-30" })).toMatchObject({
      ...{ n: 0, enough: false },
      rows: [{ applications: 1, value: null, reading: expect.stringMatching(/^Not enough data: 0 paired/) }],
    });
    ada.clock.now = new Date("2026-12-02T09:00:00Z");
    expect((await ada.ok("get_report", { ...AGREEMENT, since: "2026-12-01" })).notes).toEqual([
      "Nothing is rated on a card submitted since 2026-12-01.",
    ]);
    await addMember(store, "zoe@example.test", "hiring_manager");
    const zoe = await start({ store, member: "zoe@example.test", clock: ada.clock });
    expect((await zoe.ok("get_report", AGREEMENT)).rows).toMatchObject([{ applications: 5, left_out: 0 }]);
  });

  it("tells several roles apart and together, and that there is not enough", async () => {
    const { ada } = await scored();
    await ada.ok("open_role", { template: "mlops-engineer", level: "mid", location: "Leeds", key: "OPS" });
    await ada.ok("add_candidate", { role: "OPS", name: "Q", email: "q@example.test" });
    await ada.ok("update_role", { role: "OPS", panel: [{ round: "screen", members: [EDSGER] }] });
    const toScreen = { application: "OPS-1", to: "screen", override: true, reason: "Test" };
    await ada.agreed("move_candidate", toScreen);
    const own = { application: "OPS-1", member: EDSGER };
    await ada.ok("submit_scorecard", card("screen", [2], "x", own));
    const { rows, n, notes } = await ada.ok("get_report", AGREEMENT);
    expect(rows).toMatchObject([
      { role: null, applications: 4, n: 12 },
      { role: "MLE", applications: 3, n: 12, value: null, finding: "too_few", needed: 30 },
      { role: "OPS", applications: 1, n: 0, value: null, interval: null },
    ]);
    expect(n).toBe(12);
    expect(notes).toEqual(["role null is all roles together."]);
    const empty = await start({ store: await database.workspace() });
    expect(await empty.ok("get_report", AGREEMENT)).toMatchObject({
      ...{ n: 0, enough: false, rows: [], notes: ["Nothing is rated yet."] },
    });
  });
});
