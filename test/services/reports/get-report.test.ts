import { type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { rowsOf } from "../../../src/store/events.ts";
import type { Store } from "../../../src/store/store.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { randomPipeline, type Story } from "../../support/random-pipeline.ts";

const database = useDatabase();
const NOW = new Date("2026-11-24T09:00:00Z");
const { stages } = loadCatalog({}).get("mlops-engineer");
const order = stages.map((s) => s.id);

let store: Store;
let stories: Story[];
let greenflag: Harness;

beforeAll(async () => {
  store = await database.workspace();
  stories = await randomPipeline(store, { count: 2_000, seed: 7, stages, now: NOW });
  greenflag = await start({ store, clock: { now: NOW } });
});

const ask = (sqlText: SQL) =>
  store.read(async (db) => rowsOf<Record<string, unknown>>(await db.execute(sqlText)));

/** Funnel counts by replaying what happened, without the table that the report reads. */
function replay(of: readonly Story[]) {
  return order.map((stage) => {
    const entered = of.filter((s) => s.visits.some((v) => v.stage === stage));
    const passed = of.filter((s) =>
      s.visits.some(
        (v) =>
          v.stage === stage &&
          (v.leftFor === "hired" || order.indexOf(v.leftFor ?? "") > order.indexOf(stage)),
      ),
    );
    const here = of.filter((s) => s.now.status === "active" && s.now.stage === stage);
    return { stage, entered: entered.length, passed: passed.length, here: here.length };
  });
}
type Told = { entered: number; passed: number; conversion_percent: number | null; note?: string };
/** A share of five or more, and of fewer a word in its place. */
function expectShare({ entered, passed, conversion_percent, note }: Told): void {
  expect(conversion_percent).toBe(entered < 5 ? null : Math.round((passed / entered) * 1_000) / 10);
  expect(note).toBe(entered < 5 ? "insufficient data: under 5" : undefined);
}
const counts = (rows: { stage: string; entered: number; passed: number; here: number }[]) =>
  rows.map(({ stage, entered, passed, here }) => ({ stage, entered, passed, here }));

/** Moves that were not undone, as SQL over the moves themselves. */
const EFFECTIVE = sql`select m.* from moves m where m.kind = 'move' and not exists (
  select 1 from moves u where u.workspace_id = m.workspace_id and u.application_id = m.application_id and u.kind = 'undo' and u.version = m.version + 1)`;

describe("funnel", () => {
  it("equals a replay of the events, by source as well", async () => {
    const { rows, n } = await greenflag.ok("get_report", { report: "funnel" });
    expect(n).toBe(2_000);
    expect(counts(rows)).toEqual(replay(stories).filter((row) => row.entered > 0));
    for (const row of rows) {
      for (const cell of row.by_source) {
        const of = stories.filter((s) => (s.source ?? "not stated") === cell.source);
        const expected = replay(of).find((r) => r.stage === row.stage);
        expect([cell.entered, cell.passed]).toEqual([expected?.entered, expected?.passed]);
      }
    }
  });

  it("equals a replay for any role and any day", async () => {
    const seen = { few: 0, enough: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(undefined, "AA", "BB", "CC", "DD", "EE", "FF"),
        fc.integer({ min: 0, max: 220 }),
        async (role, daysAgo) => {
          const since = new Date(NOW.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);
          const { rows, n } = await greenflag.ok("get_report", {
            report: "funnel",
            since,
            ...(role ? { role } : {}),
          });
          const of = stories.filter(
            (s) => (role === undefined || s.role === role) && s.appliedAt >= new Date(`${since}T00:00:00Z`),
          );
          expect(n).toBe(of.length);
          expect(counts(rows)).toEqual(of.length < 5 ? [] : replay(of).filter((row) => row.entered > 0));
          for (const row of rows) {
            for (const told of [row, ...row.by_source]) expectShare(told);
            seen[row.entered < 5 ? "few" : "enough"] += 1;
          }
        },
      ),
      { numRuns: 40 },
    );
    expect(Math.min(seen.few, seen.enough)).toBeGreaterThan(0);
  });

  it("equals independent SQL over the moves", async () => {
    const { rows } = await greenflag.ok("get_report", { report: "funnel" });
    const entered = await ask(sql`
      select stage, count(distinct app)::int as n from (
        select id as app, ${order[0]} as stage from applications where workspace_id = ${store.workspaceId}
        union all select application_id, to_stage from (${EFFECTIVE}) e where workspace_id = ${store.workspaceId} and to_status = 'active'
      ) t group by stage`);
    for (const { stage, n } of entered)
      expect(rows.find((r: { stage: unknown }) => r.stage === stage).entered).toBe(n);
    expect(entered).toHaveLength(rows.length);
  });
});

describe("time_in_stage", () => {
  it("equals independent SQL over the moves", async () => {
    const { rows } = await greenflag.ok("get_report", { report: "time_in_stage" });
    const expected = await ask(sql`
      select from_stage as stage, count(*)::int as n,
             percentile_disc(0.5) within group (order by t)::float / 10 as median, percentile_disc(0.85) within group (order by t)::float / 10 as p85
      from (select from_stage, round(extract(epoch from moved_at - entered_at) / 8640) as t from (${EFFECTIVE}) e
            where workspace_id = ${store.workspaceId} and from_status = 'active') x group by from_stage`);
    expect(expected.length).toBeGreaterThan(5);
    for (const { stage, n, median, p85 } of expected) {
      const { completed } = rows.find((r: { stage: unknown }) => r.stage === stage);
      expect(completed, String(stage)).toEqual({ n, median_days: median, p85_days: p85 });
    }
    const running = stories.filter((s) => s.now.status === "active");
    const told = rows.reduce((sum: number, r: { running: { n: number } }) => sum + r.running.n, 0);
    expect(told).toBe(running.length);
  });
});

describe("sources, owed and time_to_fill", () => {
  it("count as independent SQL and a replay do", async () => {
    const { rows } = await greenflag.ok("get_report", { report: "sources" });
    const expected = await ask(sql`
      select coalesce(source, 'not stated') as source, count(*)::int as applications, count(*) filter (where status = 'hired')::int as hired
      from applications where workspace_id = ${store.workspaceId} group by source`);
    for (const { source, applications, hired } of expected) {
      const row = rows.find((r: { source: unknown }) => r.source === source);
      expect(row).toMatchObject({ applications, hired });
      const reached = stories.filter(
        (s) => (s.source ?? "not stated") === source && s.visits.some((v) => v.stage === "offer"),
      );
      expect(row.reached_offer).toBe(reached.length);
    }
  });

  it("counts what is owed as independent SQL does, in roles that still look for somebody", async () => {
    const { rows, n, notes } = await greenflag.ok("get_report", { report: "owed" });
    const [assessments] = await ask(sql`
      select count(*)::int as n from applications a join roles r on r.id = a.role_id and r.closed_at is null
      where a.workspace_id = ${store.workspaceId} and a.status = 'active' and a.stage = 'applied' and a.present_flags is null`);
    const active = stories.filter((s) => s.now.status === "active");
    const running = active.filter((s) => ["AA", "BB", "CC"].includes(s.role));
    expect(n).toBe(running.length);
    expect(notes[0]).toMatch(new RegExp(`^Left out: ${active.length - running.length} active applications`));
    expect([...new Set(rows.map((r: { role: string }) => r.role))].sort()).toEqual(["AA", "BB", "CC"]);
    const told = rows
      .filter((r: { what: string }) => r.what === "assessment")
      .reduce((sum: number, r: { count: number }) => sum + r.count, 0);
    expect(told).toBe(assessments?.n);
    expect(told).toBeGreaterThan(0);
  });

  it("says of owed that a first day does not apply, rather than that it counted from it", async () => {
    const { clock: _clock, notes, ...all } = await greenflag.ok("get_report", { report: "owed" });
    const since = await greenflag.ok("get_report", { report: "owed", since: "2026-11-20" });
    expect(since).toMatchObject(all);
    expect(since.period).toMatchObject({ from: null, to: "2026-11-24" });
    expect(since.notes).toEqual([...notes, expect.stringMatching(/^since does not apply to this report/)]);
  });

  it("says why there is no estimate of the time to fill", async () => {
    const of = async (more: object) => {
      const { rows, notes } = await greenflag.ok("get_report", { report: "time_to_fill", ...more });
      expect(rows).toEqual([]);
      return notes;
    };
    const day = (ago: number) => new Date(NOW.getTime() - ago * 86_400_000).toISOString().slice(0, 10);
    expect((await of({ role: "AA" }))[0]).toMatch(/^Insufficient data: 1 role, .*call it without role\.$/);
    expect(await of({ since: day(75) })).toEqual([
      `Insufficient data: 2 roles opened since ${day(75)}, and at least 5 are needed.`,
      "BB has been open for 10.1 weeks.",
      "AA has been open for 8.6 weeks.",
    ]);
  });

  it("estimates time to fill with open and cancelled roles counted while they waited", async () => {
    const { rows, n } = await greenflag.ok("get_report", { report: "time_to_fill" });
    expect(n).toBe(6);
    // Opened 60, 71, 82, 93, 104, 115 days ago; the fourth and fifth filled after 78 and 84 days, the last cancelled after 90.
    // At 78 days 4 of 6 roles are still at risk (82, 78, 84 and 90 days), at 84 two: 3/4, then 3/4 x 1/2.
    expect(rows[0]).toMatchObject({ roles: 6, filled: 2, unfilled: 4 });
    expect(rows[0].curve).toEqual([
      { weeks: 11.1, at_risk: 4, filled: 1, share_open_percent: 75 },
      { weeks: 12, at_risk: 2, filled: 1, share_open_percent: 37.5 },
    ]);
    expect(rows[0].median_weeks).toBe(12);
  });
});
