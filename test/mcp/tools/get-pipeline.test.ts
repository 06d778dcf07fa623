import { describe, expect, it } from "vitest";
import { callText, type NextCall } from "../../../src/mcp/next-call.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { readCall } from "../../support/told-call.ts";

const database = useDatabase();
const day = (n: number) => new Date(Date.UTC(2026, 10, n, 9));

describe("get_pipeline", () => {
  it("says of an empty workspace what to do, and refuses an unknown role", async () => {
    const greenflag = await start({ store: await database.workspace() });
    const { facts, text } = await greenflag.call("get_pipeline", {});
    expect(facts).toMatchObject({ roles: [], needs_attention: [] });
    expect(text).toMatch(/^No role is open\. open_role/);
    expect(await greenflag.refused("get_pipeline", { role: "MLE" })).toMatch(/No role "MLE"/);
    await greenflag.ok("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
    expect((await greenflag.call("get_pipeline", {})).text).toMatch(/nobody in it yet/);
  });

  it("names who has waited for our answer for longer than the stage promises, with the call that drafts it", async () => {
    const store = await database.workspace();
    const greenflag = await start({ store, clock: { now: day(2) } });
    await greenflag.ok("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
    const add = (n: number) =>
      greenflag.ok("add_candidate", { role: "MLE", name: `P ${n}`, email: `p${n}@example.test` });
    const silent = async (args = {}) =>
      (await greenflag.ok("get_pipeline", args)).needs_attention.filter(
        (a: { kind: string }) => a.kind === "unanswered",
      );
    for (const n of [1, 2]) await add(n);
    greenflag.clock.now = day(4);
    expect(await silent()).toEqual([]);
    greenflag.clock.now = day(9);
    // A move tells the candidate nothing: they still wait since they applied, and the new stage promises four days.
    const move = { application: "MLE-2", to: "screen", override: true, reason: "Test" };
    await greenflag.agreed("move_candidate", move);
    const item = { kind: "unanswered", severity: "warning" };
    expect(await silent()).toEqual([
      {
        ...{ ...item, ref: "MLE-2", days_over: 3, closeness: 2 / 8 },
        what: "MLE-2 P 2 has had no answer from us on record for 7 days; Screen promises one within 4.",
        next: {
          tool: "draft_outreach",
          arguments: { application: "MLE-2", purpose: "status_update" },
        },
      },
    ]);
    // Who stands too long as well has one entry, the worse, and it names both.
    const { needs_attention } = await greenflag.ok("get_pipeline", {});
    expect(needs_attention.filter((a: { ref: string }) => a.ref === "MLE-1")).toEqual([
      {
        ...{ kind: "over_goal", severity: "error", ref: "MLE-1", days_over: 4, closeness: 1 / 8 },
        what:
          "MLE-1 P 1 has been in Applied for 7 days and waits for us; the goal is 3. " +
          "Also has had no answer from us on record for 7 days; Applied promises one within 3.",
        next: { tool: "score_candidate", arguments: { application: "MLE-1" } },
      },
    ]);
    // What it says is next works as it stands.
    const { text } = await greenflag.call("get_pipeline");
    expect(text).toContain("Next: draft_outreach with application: MLE-2, purpose: status_update.");
    const { tool, arguments: args } = readCall((await silent())[0].next);
    const { message } = await greenflag.ok(tool, args);
    expect(await silent({ role: "MLE" })).toMatchObject([
      { ref: "MLE-2", next: { tool: "send_message", arguments: { message: message.id } } },
    ]);
  });

  it("lists five of a kind out of the ten longest waiting in each stage, says how many more, and keeps each one's task", async () => {
    const greenflag = await start({ store: await database.workspace(), clock: { now: day(2) } });
    await greenflag.ok("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
    for (let n = 1; n <= 12; n += 1)
      await greenflag.ok("add_candidate", { role: "MLE", name: `P ${n}`, email: `p${n}@example.test` });
    await greenflag.ok("open_role", {
      template: "ml-engineer",
      level: "senior",
      location: "Leeds",
      key: "ML",
    });
    greenflag.clock.now = day(20);
    const { facts, text } = await greenflag.call("get_pipeline", {});
    const { needs_attention, more, order, roles } = facts;
    expect(order).toMatch(/at most 5 of a kind; .* among the 10 longest waiting in each stage$/);
    const over = needs_attention.filter((a: { kind: string }) => a.kind === "over_goal");
    // Three are shown of the stage and ten are looked at; the call that comes next is told of all that are listed.
    expect(over.map((a: { next: NextCall }) => callText(a.next))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `score_candidate with application: MLE-${n}`),
    );
    expect(more).toEqual([{ kind: "over_goal", more: 5, of: 10 }]);
    expect(text).toContain("- and more of a kind: 5 over_goal (of 10 found)");
    expect(text).toContain("and 9 more (find_candidates with role: MLE, stage: applied, status: active)");
    expect(roles.find((r: { key: string }) => r.key === "MLE").stages[0]).toMatchObject({
      ...{ count: 12, over_goal: 12 },
      applications: { length: 3 },
    });
  });
});
