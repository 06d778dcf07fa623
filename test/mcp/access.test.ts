import { beforeAll, describe, expect, it } from "vitest";
import type { AccessRule } from "../../src/domain/access.ts";
import { Access } from "../../src/domain/member.ts";
import { resources } from "../../src/mcp/resources/index.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { useDatabase } from "../support/database.ts";
import { CALLS, everything } from "../support/every-call.ts";
import { type Harness, start } from "../support/harness.ts";
import { addMember, assign, card, EDSGER, startPanel } from "../support/panel.ts";

const database = useDatabase();
const RULES: Record<string, AccessRule> = Object.fromEntries(tools.map(({ name, access }) => [name, access]));
const refusedBy = (access: Access) => new RegExp(`has ${access} access, which does not allow`);

describe("every tool, called by members of every access", () => {
  const of = new Map<Access, Harness>();
  beforeAll(async () => {
    const { store, ada } = await startPanel(await database.workspace());
    await ada.ok("add_candidate", { role: "MLE", name: "Other", email: "other@example.test" });
    for (const access of Access.options) {
      const member = `a-${access}@example.test`;
      await addMember(store, member, access);
      of.set(access, await start({ store, member, clock: ada.clock }));
    }
  });

  it.each(tools.map((tool) => [tool.name]))("%s: allowed or refused as the table says", async (name) => {
    const [args] = CALLS[name] ?? [];
    expect(args, `test/support/every-call.ts says how ${name} is called`).toBeDefined();
    expect(RULES[name], name).toBeDefined();
    for (const [access, member] of of) {
      const { isError, text } = await member.call(name, args);
      const refused = isError && refusedBy(access).test(text);
      expect(refused, `${name} by ${access}: ${text}`).toBe(RULES[name]?.[access] === undefined);
      expect(isError && /internal|does not say who/i.test(text), text).toBe(false);
    }
  });

  it.each([
    ["offer", "move_candidate", { application: "MLE-1", to: "offer", override: true, reason: "Test" }, /./],
    [
      "override",
      "move_candidate",
      { application: "MLE-1", to: "incident", override: true, reason: "T" },
      /./,
    ],
  ])("to %s takes an admin or a hiring manager", async (_what, name, args) => {
    for (const access of ["viewer", "interviewer", "recruiter"] as const)
      expect(await of.get(access)?.refused(name, args), access).toMatch(refusedBy(access));
    for (const access of ["hiring_manager", "admin"] as const)
      expect((await of.get(access)?.call(name, args))?.isError, access).toBe(false);
  });

  it("to make somebody active again who was rejected takes it too, a withdrawal does not", async () => {
    const { store, ada } = await startPanel(await database.workspace());
    await addMember(store, "rita@example.test", "recruiter");
    const rita = await start({ store, member: "rita@example.test", clock: ada.clock });
    const move = (to: string) => ({ application: "MLE-1", to, reason: "Test" });
    await rita.ok("move_candidate", move("withdrawn"));
    expect(await rita.ok("undo_move", { application: "MLE-1" })).toMatchObject({ undone: { to: "screen" } });
    const { confirmation } = await ada.ok("move_candidate", move("rejected"));
    await ada.ok("move_candidate", { ...move("rejected"), confirm: confirmation.code });
    expect(await rita.refused("move_candidate", move("screen"))).toMatch(refusedBy("recruiter"));
    expect(await rita.refused("undo_move", { application: "MLE-1" })).toMatch(refusedBy("recruiter"));
    expect(await ada.ok("move_candidate", move("screen"))).toMatchObject({ moved: { to: "screen" } });
  });

  it("to submit for somebody else, and to read who was selected by what they said of themselves, takes an admin", async () => {
    for (const access of ["recruiter", "hiring_manager"] as const) {
      const other = card("screen", [3], "x", { member: "grace@example.test" });
      expect(await of.get(access)?.refused("submit_scorecard", other)).toMatch(/only an admin/);
      expect(await of.get(access)?.refused("get_report", { report: "impact" })).toMatch(/for admins/);
    }
    expect(await of.get("admin")?.refused("get_report", { report: "impact" })).toMatch(/report is off/);
  });
});

/**
 * Edsger is seated for MLE-2 and on the panel of the role BE; MLE-1 and DS-1 are none of his. Whatever stands in what is
 * not his carries a word to be looked for.
 */
async function narrowed() {
  const { store, ada } = await startPanel(await database.workspace());
  await ada.ok("add_document", { application: "MLE-1", kind: "note", text: "Zoë keeps kestrelfalcons." });
  const add = (role: string, name: string, source: string) =>
    ada.ok("add_candidate", {
      role,
      name,
      email: `${name.toLowerCase()}@example.test`,
      source,
      resume_text: "Ran it.",
    });
  await add("MLE", "Seated", "ownsource");
  const open = (template: string, panel: object[]) =>
    ada.ok("open_role", { template, level: "senior", location: "Lisbon", panel });
  await open("backend-engineer", [{ round: "screen", members: [EDSGER.toUpperCase()] }]);
  await add("BE", "Paneled", "ownsource");
  await open("data-scientist", []);
  await add("DS", "Kestrelperson", "kestrelsource");
  await ada.ok("score_candidate", { application: "MLE-2" });
  await ada.ok("move_candidate", { application: "MLE-2", to: "screen" });
  await assign(store, "screen", [EDSGER], undefined, "MLE-2");
  return { store, ada, edsger: await start({ store, member: EDSGER, clock: ada.clock }) };
}
const OWN = ["BE-1", "MLE-2"];
const FOREIGN = /Zoë Okafor|zoe@example|kestrel|Kestrel/;

describe("an interviewer", () => {
  let edsger: Harness;
  let ada: Harness;
  beforeAll(async () => {
    ({ edsger, ada } = await narrowed());
  });

  it("finds, counts and is reported their own applications, and only those", async () => {
    const found = await edsger.ok("find_candidates", {});
    expect([found.applications.map((a: { ref: string }) => a.ref).sort(), found.total]).toEqual([OWN, 2]);
    for (const query of ["Zoë", "MLE-1", "kestrel", "zoe@example.test"])
      expect(await edsger.ok("find_candidates", { query })).toMatchObject({ applications: [], total: 0 });
    await ada.ok("schedule_interview", {
      ...{ application: "MLE-2", round: "screen", interviewers: [EDSGER] },
      ...{ start: "2026-11-24T07:00:00Z", outcome: "held" },
    });
    expect((await edsger.ok("find_candidates", { owed_by: EDSGER })).applications).toMatchObject([
      { ref: "MLE-2" },
    ]);
    expect((await edsger.ok("find_candidates", { limit: 1 })).next_cursor).not.toBeNull();
    const { roles, needs_attention } = await edsger.ok("get_pipeline", {});
    const counts = roles.map((role: { key: string; stages: { count: number }[] }) => [
      role.key,
      role.stages.reduce((sum, stage) => sum + stage.count, 0),
    ]);
    expect(Object.fromEntries(counts)).toEqual({ MLE: 1, BE: 1, DS: 0 });
    expect(JSON.stringify(needs_attention)).not.toMatch(/MLE-1|DS-1/);
    for (const [report, n] of [
      ["funnel", 2],
      ["sources", 2],
      ["owed", 2],
    ] as const)
      expect((await edsger.ok("get_report", { report })).n, report).toBe(n);
    for (const report of ["funnel", "sources", "owed"])
      expect((await ada.ok("get_report", { report })).n).toBe(4);
  });

  it("reads their own by every tool, resource and prompt that they may use", async () => {
    for (const application of OWN) {
      for (const name of ["get_candidate", "get_debrief"]) await edsger.ok(name, { application });
      expect(await edsger.read(`hiring://applications/${application}`)).toMatchObject({ ref: application });
      expect(await edsger.read(`hiring://decisions/${application}`)).toMatchObject({ ref: application });
      expect(await edsger.prompt("run_debrief", { application })).toContain(application);
      await edsger.ok("add_document", {
        application,
        kind: "note",
        text: `Calm under load, ${application}.`,
      });
      await edsger.ok("score_candidate", { application });
    }
    expect(
      (await edsger.ok("submit_scorecard", card("screen", [3], "mine", { application: "MLE-2" }))).ref,
    ).toBe("MLE-2");
  });

  it("is answered about others' applications as about none", async () => {
    let asked = 0;
    for (const [name, calls] of Object.entries(CALLS)) {
      if (RULES[name]?.interviewer === undefined) continue;
      for (const args of calls) {
        if (!("application" in args)) continue;
        asked += 1;
        const theirs = await edsger.call(name, { ...args, application: "MLE-1" });
        const nobodys = await edsger.call(name, { ...args, application: "MLE-77" });
        expect(theirs.isError, name).toBe(true);
        expect(theirs.text.replaceAll("MLE-1", "MLE-77"), name).toBe(nobodys.text);
      }
    }
    expect(asked).toBeGreaterThan(10);
    for (const name of ["get_candidate", "score_candidate"])
      expect(await edsger.refused(name, { application: "MLE-2", compare_with: ["MLE-1"] })).toMatch(
        /No application "MLE-1"/,
      );
    for (const { uri } of resources.filter((r) => r.variable === "ref"))
      await expect(edsger.read(uri.replace("{ref}", "MLE-1"))).rejects.toThrow(/No application/);
    for (const name of ["screen_candidate", "review_submission", "run_debrief", "prepare_interview"])
      await expect(edsger.prompt(name, { application: "MLE-1", round: "screen" })).rejects.toThrow(
        /No application/,
      );
  });

  it("hears nothing of others' applications in anything that they are told", async () => {
    const told = await everything(edsger);
    for (const [where, text] of told)
      expect(FOREIGN.test(text.replace(/"query":"[^"]*"/g, "")), where).toBe(false);
    const all = (await everything(ada)).map(([, text]) => text).join("\n");
    for (const word of ["Zoë Okafor", "kestrelfalcons", "Kestrelperson", "kestrelsource"])
      expect(all).toContain(word);
  });

  it("reads no repository of their own choosing by this server's access to the git host", async () => {
    for (const args of [
      { url: "https://127.0.0.1:9/o/r/pull/1" },
      { application: "MLE-2", url: "https://127.0.0.1:9/o/r/pull/1" },
    ])
      expect(await edsger.refused("summarize_submission", args)).toMatch(/submissions on record/);
  });

  it("sees what they are put on, and no more what they are taken off, from the next call on", async () => {
    const { store, edsger } = await narrowed();
    await assign(store, "screen", [EDSGER], undefined, "MLE-1");
    expect((await edsger.ok("get_candidate", { application: "MLE-1" })).ref).toBe("MLE-1");
    await assign(store, "screen", [], undefined, "MLE-1");
    expect(await edsger.refused("get_candidate", { application: "MLE-1" })).toMatch(/No application/);
  });
});
