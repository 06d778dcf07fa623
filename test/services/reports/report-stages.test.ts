import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { insertRole } from "../../../src/store/roles/roles.ts";
import type { Store } from "../../../src/store/store.ts";
import { roles } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { randomPipeline } from "../../support/random-pipeline.ts";

const database = useDatabase();
const NOW = new Date("2026-11-24T09:00:00Z");
const { stages } = loadCatalog({}).get("mlops-engineer");

let store: Store;
let greenflag: Harness;

beforeAll(async () => {
  store = await database.workspace();
  await randomPipeline(store, { count: 300, seed: 11, stages, now: NOW });
  greenflag = await start({ store, clock: { now: NOW } });
});

/** Another role with the same stages the other way round, under names and goals of its own. */
async function openOddRole(key: string, openedAt: Date): Promise<void> {
  await store.write(new AbortController().signal, async (tx) => {
    const [like] = await tx.select().from(roles).where(eq(roles.workspaceId, store.workspaceId)).limit(1);
    if (!like) throw new Error("a workspace full of people has roles");
    const odd = stages.toReversed().map((s) => ({ ...s, name: `Odd ${s.name}`, goal_days: s.goal_days + 1 }));
    const open = { status: "open" as const, openedAt, closedAt: null };
    await insertRole(tx, { ...like, ...open, id: uuidv7(), key, stages: odd, nextNumber: 1 });
  });
}

type Row = { stage: string; name: string; goal_days?: number | null };
const rowsOf = async (report: string): Promise<Row[]> => (await greenflag.ok("get_report", { report })).rows;

describe("what stages are called over all roles", () => {
  it("is not for a role to say that nobody applied to, be it the oldest or the newest", async () => {
    const before = { funnel: await rowsOf("funnel"), time: await rowsOf("time_in_stage") };
    await openOddRole("OLD", new Date(NOW.getTime() - 900 * 86_400_000));
    await openOddRole("NEW", NOW);
    expect(await rowsOf("funnel")).toEqual(before.funnel);
    expect(await rowsOf("time_in_stage")).toEqual(before.time);
    for (const rows of Object.values(before)) {
      expect(rows.map(({ stage }) => stage)).toEqual(stages.map(({ id }) => id));
      expect(rows.map(({ name }) => name)).toEqual(stages.map(({ name }) => name));
    }
    expect(before.time.map((row) => row.goal_days)).toEqual(stages.map((s) => s.goal_days));
  });

  it("uses each role's own stage names where they differ, and then gives no goal", async () => {
    await openOddRole("ODD", NOW);
    await greenflag.ok("add_candidate", { role: "ODD", name: "Q", email: "q@example.test" });
    const both = stages.map(({ name }) => `${name} / Odd ${name}`).sort();
    const [funnel, time] = [await rowsOf("funnel"), await rowsOf("time_in_stage")];
    for (const rows of [funnel, time]) expect(rows.map(({ name }) => name).sort()).toEqual(both);
    expect(time.every((row) => row.goal_days === null)).toBe(true);
    expect(funnel.map(({ stage }) => stage)).toEqual(time.map(({ stage }) => stage));
  });
});
