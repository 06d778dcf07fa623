import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { saveSelfReports, turnImpactOn } from "../../../src/store/reports/self-reports.ts";
import type { Store } from "../../../src/store/store.ts";
import { applications, members } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { randomPipeline, type Story } from "../../support/random-pipeline.ts";

const database = useDatabase();
const NOW = new Date("2026-11-24T09:00:00Z");
const BEFORE = new Date("2026-11-01T00:00:00Z");
const { stages } = loadCatalog({}).get("mlops-engineer");
const order = stages.map((s) => s.id);
const filled = async (count: number) => {
  const store = await database.workspace();
  const stories = await randomPipeline(store, { count, seed: 3, stages, now: NOW });
  return { store, stories, greenflag: await start({ store, clock: { now: NOW } }) };
};

const ended = (s: Story, stage: string) =>
  s.visits.filter((v) => v.stage === stage && v.leftAt !== null && v.leftAt < BEFORE);
const isOnward = (from: string, to: string | null) =>
  to === "hired" || order.indexOf(to ?? "") > order.indexOf(from);

/** What most people say: two large groups and a third of some size. */
const usual = (n: number): string => (n % 6 === 1 ? "nonbinary" : n % 3 === 0 ? "female" : "male");

/** Stores what everybody says of themselves, and turns the report on. */
async function answers(store: Store, stories: readonly Story[], says = usual): Promise<Map<string, string>> {
  const said = new Map(stories.map((s, n) => [s.id, says(n)]));
  await store.write(new AbortController().signal, async (tx) => {
    const [admin] = await tx.select().from(members).where(eq(members.workspaceId, store.workspaceId));
    await turnImpactOn(tx, store.workspaceId, admin?.id ?? "", NOW);
    const rows = await tx
      .select({ id: applications.id, ref: applications.ref })
      .from(applications)
      .where(eq(applications.workspaceId, store.workspaceId));
    const told = rows.map(({ id, ref }) => ({ ref, question: "sex", answer: said.get(id) ?? "" }));
    await saveSelfReports(tx, store.workspaceId, told);
  });
  return said;
}

describe("impact", () => {
  it("is off until an admin turns it on, and takes no period", async () => {
    const { greenflag, store, stories } = await filled(80);
    expect(await greenflag.refused("get_report", { report: "impact" })).toMatch(
      /impact report is off.*greenflag impact on/,
    );
    await answers(store, stories);
    expect(await greenflag.refused("get_report", { report: "impact", since: "2026-01-01" })).toMatch(
      /since.*single people out/,
    );
    await greenflag.ok("get_report", { report: "impact" });
  });

  it("is for admins alone", async () => {
    const { store, stories } = await filled(80);
    await answers(store, stories);
    await store.write(new AbortController().signal, (tx) =>
      tx.insert(members).values({
        workspaceId: store.workspaceId,
        id: "01900000-0000-7000-8000-000000000001",
        email: "rec@example.test",
        name: "Rec",
        access: "hiring_manager",
        createdAt: NOW,
      }),
    );
    const other = await start({ store, member: "rec@example.test", clock: { now: NOW } });
    expect(await other.refused("get_report", { report: "impact" })).toMatch(/for admins/);
  });

  type Group = { answer: string; decided: number; passed: number };
  type Row = { stage: string; groups: Group[]; withheld: string | null };
  const isEnough = ({ decided, passed }: Omit<Group, "answer">) =>
    decided === 0 ? passed === 0 : decided >= 10 && passed >= 3 && decided - passed >= 3;

  describe("of many, some of whom gave a rare answer", () => {
    let many: Awaited<ReturnType<typeof filled>>;
    let said: Map<string, string>;
    beforeAll(async () => {
      many = await filled(900);
      said = await answers(many.store, many.stories, (n) => (n % 180 === 0 ? "intersex" : usual(n)));
    });

    it("counts what a replay counts, shows no group under ten nor outcome under three, and gives none away by role", async () => {
      const { greenflag, stories } = many;
      const replay = (stage: string, answer: string) => {
        const of = stories.filter((s) => said.get(s.id) === answer && ended(s, stage).length > 0);
        const passed = of.filter((s) => ended(s, stage).some((v) => isOnward(stage, v.leftFor)));
        return { answer, decided: of.length, passed: passed.length };
      };
      const whole = await greenflag.ok("get_report", { report: "impact" });
      for (const row of whole.rows as Row[]) {
        for (const group of row.groups) {
          expect(group).toMatchObject(replay(row.stage, group.answer));
          expect(group).toSatisfy(isEnough);
        }
        if (row.groups.length === 0) expect(row.withheld).toMatch(/^withheld: all groups; /);
      }
      // Some gave an answer that is too rare where most are decided on.
      expect((whole.rows as Row[])[0]?.withheld).toMatch(
        /^withheld: some groups; a group is smaller than 10, and others with it/,
      );
      const told = (whole.rows as Row[]).filter((row) => row.groups.length > 0);
      expect(told.length).toBeGreaterThan(2);
      expect(whole.n).toBe(Math.max(...told.map((r) => r.groups.reduce((sum, g) => sum + g.decided, 0))));
      // The attack: every set of roles that the report tells apart, taken from the whole.
      const roles = ["AA", "BB", "CC", "DD", "EE", "FF"];
      const byRole = new Map<string, Row[]>();
      for (const role of roles)
        byRole.set(role, (await greenflag.ok("get_report", { report: "impact", role })).rows);
      let differences = 0;
      for (let bits = 1; bits < 2 ** roles.length; bits += 1) {
        const chosen = roles.filter((_r, n) => (bits >> n) & 1);
        for (const row of told) {
          const tables = chosen.map((role) => byRole.get(role)?.find((r) => r.stage === row.stage));
          if (tables.some((t) => !t || t.groups.length === 0)) continue;
          for (const group of row.groups) {
            const left = { decided: group.decided, passed: group.passed };
            for (const table of tables) {
              const shown = table?.groups.find((g) => g.answer === group.answer);
              left.decided -= shown?.decided ?? 0;
              left.passed -= shown?.passed ?? 0;
            }
            differences += 1;
            expect(left, `${row.stage} ${group.answer} without ${chosen}`).toSatisfy(isEnough);
          }
        }
      }
      expect(differences).toBeGreaterThan(0);
    });
  });

  it("says why where one rare answer leaves no two groups to compare", async () => {
    const { greenflag, store, stories } = await filled(300);
    const rare = stories.findIndex((s) => ended(s, "applied").length > 0);
    await answers(store, stories, (n) => (n === rare ? "nonbinary" : n % 2 === 0 ? "female" : "male"));
    const { rows } = await greenflag.ok("get_report", { report: "impact" });
    const withheld =
      "withheld: all groups; a group is smaller than 10, and others with it because a difference would show it";
    expect((rows as Row[]).find((row) => row.stage === "applied")).toMatchObject({ groups: [], withheld });
    // Where all answers are rare it is so at every stage.
    await answers(store, stories, (n) => `answer ${n % 40}`);
    const none = await greenflag.ok("get_report", { report: "impact" });
    expect(none).toMatchObject({ n: 0, enough: false });
    expect(none.rows.length).toBeGreaterThan(3);
    for (const row of none.rows) expect(row).toMatchObject({ groups: [], withheld });
  });

  it("withholds a group in which one person's outcome would show, and says so", async () => {
    const { greenflag, store, stories } = await filled(300);
    const passed = stories.map((s) => ended(s, "applied").some((v) => isOnward("applied", v.leftFor)));
    const one = stories.findIndex((s, n) => !passed[n] && ended(s, "applied").length > 0);
    // All women passed the first stage but one.
    await answers(store, stories, (n) => ((passed[n] && n % 2 === 0) || n === one ? "female" : "male"));
    const { rows } = await greenflag.ok("get_report", { report: "impact" });
    expect((rows as Row[]).find((row) => row.stage === "applied")).toMatchObject({
      groups: [],
      withheld:
        "withheld: all groups; in a group fewer than 3 passed or fewer than 3 did not, and others with it because a difference would show it",
    });
  });

  it("says what decided, passed and an answer are, and when there are too few", async () => {
    const { greenflag, store, stories } = await filled(12);
    await answers(store, stories);
    const { clock, period, rows, notes, n } = await greenflag.ok("get_report", { report: "impact" });
    expect(clock).toMatch(/applications with an answer to the question/);
    expect(clock).toMatch(/decided = .*rejected, withdrawn or moved back/);
    expect(period.of).toMatch(/^applications with an answer, decided before 2026-11-01/);
    expect([n, rows]).toEqual([0, []]);
    expect(notes[0]).toMatch(/^Insufficient data: .* 20 applications with an answer to one question/);
  });
});
