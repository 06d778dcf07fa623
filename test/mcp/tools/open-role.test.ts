import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";

const database = useDatabase();
const begin = async () => start({ store: await database.workspace() });
const ROLE = { template: "mlops-engineer", lane: "serving_reliability", level: "senior", location: "Lisbon" };

describe("open_role", () => {
  it("opens a role with the template's pipeline and says what is still wrong with it", async () => {
    const greenflag = await begin();
    const { role, findings } = await greenflag.ok("open_role", ROLE);
    expect(role).toMatchObject({
      key: "MLE",
      title: "MLOps engineer",
      lane: "serving_reliability",
      status: "open",
      comp: null,
    });
    expect(role.stages.map((s: { id: string }) => s.id)).toEqual([
      "applied",
      "screen",
      "architecture",
      "incident",
      "exercise",
      "on_call_fit",
      "debrief",
      "offer",
    ]);
    expect(findings.map((f: { rule: string }) => f.rule)).toEqual([
      "outcomes_missing",
      "comp_missing",
      "on_call_unstated",
    ]);
  });

  it("takes a company's own word for a level, and refuses one that names none", async () => {
    const greenflag = await begin();
    const { role } = await greenflag.ok("open_role", { ...ROLE, level: "Sr. II" });
    expect(role.level).toBe("senior");
    expect(await greenflag.refused("open_role", { ...ROLE, level: "banana" })).toContain(
      "entry, mid, senior, staff",
    );
  });

  it("refuses pay that cannot be a year's", async () => {
    const greenflag = await begin();
    const pay = { comp_min: 95, comp_max: 120_000, currency: "EUR" };
    const refused = await greenflag.refused("open_role", { ...ROLE, ...pay });
    expect(refused).toMatch(/comp_min: EUR 95 is no year's pay[\s\S]*95000/);
  });

  it("gives the same role for the same opening, and another key for another", async () => {
    const greenflag = await begin();
    await greenflag.ok("open_role", ROLE);
    expect(await greenflag.ok("open_role", ROLE)).toMatchObject({
      role: { key: "MLE" },
      note: expect.stringMatching(/already open/),
    });
    expect(await greenflag.ok("open_role", { ...ROLE, location: "Leeds" })).toMatchObject({
      role: { key: "MLE2" },
    });
    expect(await greenflag.ok("open_role", { ...ROLE, key: "OPS" })).toMatchObject({ role: { key: "OPS" } });
  });

  it("opens one role when the same is asked for several times at once, and others beside it", async () => {
    const greenflag = await begin();
    const places = ["Lisbon", "Lisbon", "Lisbon", "Leeds", "Leeds", "Oslo"];
    const opened = await Promise.all(
      places.map((location) => greenflag.ok("open_role", { ...ROLE, location })),
    );
    expect(new Set(opened.map((o) => o.role.key))).toEqual(new Set(["MLE", "MLE2", "MLE3"]));
    expect((await greenflag.ok("get_pipeline")).roles).toHaveLength(3);
  });

  it("finds fault with a role that is described badly", async () => {
    const greenflag = await begin();
    const { lane: _undecided, ...rest } = ROLE;
    const { findings } = await greenflag.ok("open_role", {
      ...rest,
      location: "Austin, TX", // the band is that of the United States
      outcomes: ["Improve our ML ops"],
      comp_min: 60000,
      comp_max: 90000,
      on_call: "none",
      must_haves: ["a", "b", "c", "d", "e", "f", "g"],
    });
    expect(findings.map((f: { rule: string }) => f.rule)).toEqual([
      "lane_missing",
      "outcome_without_number",
      "comp_below_band",
      "must_haves_many",
    ]);
    expect(findings[1].quote).toBe("Improve our ML ops");
  });

  it.each([
    ["template", { template: "astronaut" }, /template.*"astronaut".*mlops-engineer/],
    ["lane", { lane: "magic" }, /lane: "magic".*pipeline_owner, serving_reliability, platform_builder/],
    ["level", { level: "banana" }, /level/],
    ["pay", { comp_min: 200000, comp_max: 100000 }, /comp_min \(200000\) is above comp_max/],
    ["round", { panel: [{ round: "applied", members: [] }] }, /panel\.round.*architecture/],
    [
      "member",
      { panel: [{ round: "incident", members: ["nobody@example.test"] }] },
      /panel\.members.*ada@example\.test/,
    ],
    ["currency", { currency: "dollars" }, /currency/],
  ])("refuses a wrong %s and names what is allowed", async (_name, changed, text) => {
    const greenflag = await begin();
    expect(await greenflag.refused("open_role", { ...ROLE, ...changed })).toMatch(text);
    expect(await greenflag.ok("get_pipeline")).toMatchObject({ roles: [] });
  });

  it("refuses a key that is taken", async () => {
    const greenflag = await begin();
    await greenflag.ok("open_role", { ...ROLE, key: "OPS" });
    expect(await greenflag.refused("open_role", { ...ROLE, key: "OPS", location: "Leeds" })).toMatch(
      /OPS is taken/,
    );
  });
});

describe("update_role", () => {
  it("changes what is given, leaves the rest, and is quiet when nothing changes", async () => {
    const greenflag = await begin();
    await greenflag.ok("open_role", ROLE);
    const changed = await greenflag.ok("update_role", { role: "mle", comp_min: 170000, comp_max: 205000 });
    expect(changed.role).toMatchObject({
      comp: { min: 170000, max: 205000, currency: "USD" },
      lane: "serving_reliability",
    });
    expect(await greenflag.ok("update_role", { role: "MLE", comp_min: 170000 })).toMatchObject({
      note: "Nothing was changed.",
    });
  });

  it("closes a role, which then takes nobody, and opens it again", async () => {
    const greenflag = await begin();
    await greenflag.ok("open_role", ROLE);
    await greenflag.ok("add_candidate", { role: "MLE", name: "A", email: "a@example.test" });
    const closed = await greenflag.ok("update_role", { role: "MLE", status: "filled" });
    expect(closed.still_active).toEqual({
      total: 1,
      applications: [
        {
          ...{ ref: "MLE-1", name: "A", stage: "applied" },
          next: {
            tool: "draft_outreach",
            arguments: { application: "MLE-1", purpose: "status_update" },
          },
        },
      ],
    });
    const person = { role: "MLE", name: "B", email: "b@example.test" };
    expect(await greenflag.refused("add_candidate", person)).toMatch(/MLE is filled/);
    await greenflag.ok("update_role", { role: "MLE", status: "open" });
    expect(await greenflag.ok("add_candidate", person)).toMatchObject({ application: { ref: "MLE-2" } });
  });

  it("refuses an unknown role", async () => {
    expect(await (await begin()).refused("update_role", { role: "NOPE", status: "filled" })).toMatch(
      /No role "NOPE".*get_pipeline/,
    );
  });
});
