import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { seeded, ZOE } from "../../support/seeded.ts";

const database = useDatabase();
const refs = (answer: { applications: { ref: string }[] }) => answer.applications.map((a) => a.ref);

async function begin() {
  const store = await seeded(await database.workspace(), [
    ZOE,
    { name: "Björn Ek", email: "bjorn@example.test" },
    { name: "Zoë Ek", email: "zoe.ek@example.test" },
    { name: "100% Real_Name", email: "real@example.test" },
  ]);
  return start({ store });
}

describe("find_candidates", () => {
  it.each([
    ["everybody, newest first", {}, ["MLE-4", "MLE-3", "MLE-2", "MLE-1"]],
    ["by part of a name, without accents or case", { query: "BJOR" }, ["MLE-2"]],
    ["by several words in any order", { query: "ek zoe" }, ["MLE-3"]],
    ["by e-mail", { query: "zoe@example" }, ["MLE-1"]],
    ["by reference", { query: "mle-2" }, ["MLE-2"]],
    ["letters as letters, not patterns", { query: "100%" }, ["MLE-4"]],
    ["an underscore as an underscore", { query: "l_n" }, ["MLE-4"]],
    ["nobody, and says so", { query: "nobody" }, []],
    ["by stage", { stage: "applied" }, ["MLE-4", "MLE-3", "MLE-2", "MLE-1"]],
    ["by status", { status: "hired" }, []],
    ["by role", { role: "mle" }, ["MLE-4", "MLE-3", "MLE-2", "MLE-1"]],
    ["by what a member owes", { owed_by: "ADA@example.test" }, ["MLE-4", "MLE-3", "MLE-2", "MLE-1"]],
    ["nothing owed by a stranger", { owed_by: "stranger@example.test" }, []],
  ])("finds %s", async (_name, args, expected) => {
    const greenflag = await begin();
    const answer = await greenflag.ok("find_candidates", args);
    expect(refs(answer)).toEqual(expected);
    expect(answer.total).toBe(expected.length);
  });

  it("finds by everything at once", async () => {
    const greenflag = await begin();
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    await greenflag.agreed("move_candidate", {
      application: "MLE-1",
      to: "exercise",
      override: true,
      reason: "Test",
    });
    greenflag.clock.now = new Date("2026-12-24T09:00:00Z");
    const all = {
      role: "MLE",
      stage: "exercise",
      status: "active",
      flag: "cost_win",
      over_goal: true,
      owed_by: "ada@example.test",
    };
    for (const query of ["zoe okafor example test z o e k", "zoe okafor example test z o e q"]) {
      const { total } = await greenflag.ok("find_candidates", { ...all, query, limit: 5 });
      expect(total, query).toBe(query.endsWith("q") ? 0 : 1);
    }
  });

  it("tells what is owed apart, however many stages owe it", async () => {
    const greenflag = await begin();
    const owedIn = async (role: string) =>
      refs(await greenflag.ok("find_candidates", { role, owed_by: "ada@example.test" }));
    expect(await owedIn("MLE")).toHaveLength(4);
    await greenflag.agreed("move_candidate", {
      application: "MLE-2",
      to: "exercise",
      override: true,
      reason: "Test",
    });
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    expect(await owedIn("MLE")).toEqual(["MLE-4", "MLE-3", "MLE-2"]);
    await greenflag.ok("open_role", { template: "backend-engineer", level: "mid", location: "Leeds" });
    await greenflag.ok("add_candidate", { role: "BE", name: "B", email: "be@example.test" });
    expect(await owedIn("BE")).toEqual(["BE-1"]);
    expect((await greenflag.ok("find_candidates", { owed_by: "ada@example.test" })).total).toBe(4);
  });

  it("finds by flag, and what is assessed is no longer owed", async () => {
    const greenflag = await begin();
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    expect(refs(await greenflag.ok("find_candidates", { flag: "cost_win" }))).toEqual(["MLE-1"]);
    expect(refs(await greenflag.ok("find_candidates", { owed_by: "ada@example.test" }))).toEqual([
      "MLE-4",
      "MLE-3",
      "MLE-2",
    ]);
  });

  it("finds who is over the goal of their stage, to the moment", async () => {
    const greenflag = await begin();
    greenflag.clock.now = new Date("2026-11-27T09:00:00Z");
    expect((await greenflag.ok("find_candidates", { over_goal: true })).total).toBe(0);
    greenflag.clock.now = new Date("2026-11-27T09:00:01Z");
    expect(await greenflag.ok("find_candidates", { over_goal: true, limit: 1 })).toMatchObject({
      total: 4,
      applications: [{ over_goal: true, days_in_stage: 3 }],
    });
  });

  it("pages through everything once, whatever is added meanwhile", async () => {
    const greenflag = await begin();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await greenflag.ok("find_candidates", {
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      seen.push(...refs(page));
      expect(page.total).toBeGreaterThanOrEqual(4);
      if (seen.length === 2)
        await greenflag.ok("add_candidate", { role: "MLE", name: "Late", email: "late@example.test" });
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(["MLE-4", "MLE-3", "MLE-2", "MLE-1"]);
  });

  it.each([
    ["cursor", { cursor: "made-up" }, /cursor: not one of ours/],
    ["limit", { limit: 0 }, /limit/],
    ["limit", { limit: 101 }, /limit/],
    ["stage", { stage: "onsite" }, /"onsite".*applied/],
    ["role", { role: "NOPE" }, /No role "NOPE"/],
    ["status", { status: "dreaming" }, /status/],
  ])("refuses a wrong %s", async (_name, args, text) => {
    expect(await (await begin()).refused("find_candidates", args)).toMatch(text);
  });

  it("works on an empty record", async () => {
    const greenflag = await start({ store: await database.workspace() });
    const answer = await greenflag.call("find_candidates");
    expect(answer.facts).toEqual({ applications: [], total: 0, next_cursor: null });
    expect(answer.text).toMatch(/nobody matches/);
  });

  it("never shows another workspace", async () => {
    await begin();
    const other = await start({ store: await database.workspace() });
    expect((await other.ok("find_candidates")).total).toBe(0);
    expect((await other.ok("get_pipeline")).roles).toEqual([]);
  });
});

describe("get_pipeline", () => {
  it("counts each stage, shows who waits longest, and puts the most pressing first", async () => {
    const greenflag = await begin();
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    await greenflag.ok("move_candidate", { application: "MLE-1", to: "screen" });
    greenflag.clock.now = new Date("2026-12-04T09:00:00Z");
    const { roles, needs_attention } = await greenflag.ok("get_pipeline");
    expect(roles[0]).toMatchObject({ key: "MLE", weeks_open: 1.4 });
    expect(roles[0].stages.slice(0, 2)).toMatchObject([
      { id: "applied", count: 3, over_goal: 3 },
      { id: "screen", count: 1, over_goal: 1 },
    ]);
    expect(roles[0].stages[0].applications[0]).toMatchObject({
      ref: "MLE-2",
      days_in_stage: 10,
      tasks: [{ what: "assessment", by: ["ada@example.test"] }],
    });
    // Errors first: who has waited more than twice the goal, by days over; then the role itself.
    expect(
      needs_attention.map((a: { ref: string; days_over: number; severity: string }) => [
        a.ref,
        a.severity,
        a.days_over,
      ]),
    ).toEqual([
      ["MLE-2", "error", 7],
      ["MLE-3", "error", 7],
      ["MLE-4", "error", 7],
      ["MLE-1", "error", 6],
      ["MLE", "error", 0],
      ["MLE", "warning", 0],
    ]);
    expect(needs_attention.slice(4).map((a: { kind: string }) => a.kind)).toEqual([
      "no_outcomes",
      "no_panel",
    ]);
    // Each stands once, with the answer that they wait for named beside.
    for (const { what } of needs_attention.slice(0, 4))
      expect(what).toMatch(/and waits for us; .* no answer/);
  });

  it("shows at most ten a stage, and how many more there are", async () => {
    const greenflag = await begin();
    for (let n = 0; n < 9; n += 1)
      await greenflag.ok("add_candidate", { role: "MLE", name: `P${n}`, email: `p${n}@example.test` });
    const { facts, text } = await greenflag.call("get_pipeline");
    expect(facts.roles[0].stages[0]).toMatchObject({ count: 13 });
    expect(facts.roles[0].stages[0].applications).toHaveLength(10);
    expect(text).toMatch(/and 3 more/);
  });

  it("says that a search takes longer than a clean one", async () => {
    const greenflag = await begin();
    await greenflag.ok("update_role", { role: "MLE", outcomes: ["p99 to 200 ms"] });
    greenflag.clock.now = new Date("2027-01-24T09:00:00Z");
    const { needs_attention } = await greenflag.ok("get_pipeline");
    expect(needs_attention.map((a: { kind: string }) => a.kind)).toContain("search_late");
  });

  it("knows what to do first on an empty record", async () => {
    const greenflag = await start({ store: await database.workspace() });
    expect((await greenflag.call("get_pipeline")).text).toMatch(/open_role/);
    expect(await greenflag.refused("get_pipeline", { role: "NOPE" })).toMatch(/No role/);
  });
});
