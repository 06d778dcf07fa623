import { expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { saveMember } from "../../../src/store/team/members.ts";
import { findMember } from "../../../src/store/team/workspaces.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { ALAN, addMember, EDSGER, GRACE } from "../../support/panel.ts";
import { randomPipeline } from "../../support/random-pipeline.ts";
import { randomRounds } from "../../support/random-rounds.ts";

const database = useDatabase();
const NOW = new Date("2026-11-24T09:00:00Z");
const ADA = "ada@example.test";
const LEFT = "left@example.test";
const TEAM = [GRACE, ALAN, EDSGER, LEFT];
/** Few stages, so that many come far. */
const stages = loadCatalog({})
  .get("mlops-engineer")
  .stages.filter(({ id }) => ["applied", "screen", "exercise", "debrief", "offer"].includes(id));
type Harness = Awaited<ReturnType<typeof start>>;
type Told = { what: string; round?: string; by: string[]; days: number };
type Listed = { ref: string; role: string; stage: string; tasks: Told[] };
type Row = { by: string; what: string; role: string; stage: string; count: number; longest_days: number };

/** A workspace in which all sorts of things have happened, and somebody has left. */
async function begin(seed: number) {
  const store = await database.workspace();
  const { workspaceId } = store;
  for (const email of TEAM) await addMember(store, email);
  const { signal } = new AbortController();
  const members = await store.write(signal, (tx) =>
    Promise.all(TEAM.map(async (email) => (await findMember(tx, workspaceId, email))?.id ?? "")),
  );
  const stories = await randomPipeline(store, { count: 200, seed, stages, now: NOW });
  await randomRounds(store, stories, { stages, members, seed, now: NOW });
  await store.write(signal, (tx) => saveMember(tx, workspaceId, members.at(-1) ?? "", { removedAt: NOW }));
  const ada = await start({ store });
  ada.clock.now = NOW;
  return ada;
}

/** Everybody, page by page. */
async function listAll({ call }: Harness, filter: object = {}): Promise<Listed[]> {
  const listed: Listed[] = [];
  let cursor: string | null = null;
  do {
    const { facts } = await call("find_candidates", {
      ...filter,
      limit: 100,
      ...(cursor !== null && { cursor }),
    });
    const page = facts as { applications: Listed[]; next_cursor: string | null };
    listed.push(...page.applications);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return listed;
}

it.each([1, 2])(
  "the list, the filter, the report and the pipeline never differ on who owes what (%i)",
  async (seed) => {
    const ada = await begin(seed);
    const listed = await listAll(ada);
    const kinds = new Set(listed.flatMap(({ tasks }) => tasks.map(({ what }) => what)));
    expect([...kinds].sort()).toEqual(["assessment", "booking", "scorecards", "submission", "votes"]);

    for (const owed_by of [ADA, ...TEAM]) {
      const owing = listed.filter(({ tasks }) => tasks.some(({ by }) => by.includes(owed_by)));
      expect((await listAll(ada, { owed_by })).map(({ ref }) => ref)).toEqual(owing.map(({ ref }) => ref));
    }

    const counted = new Map<string, { count: number; longest_days: number }>();
    for (const { role, stage, tasks } of listed)
      for (const { what, round = stage, by, days } of tasks)
        for (const one of by) {
          const key = [one, what, role, round].join(" ");
          const { count, longest_days } = counted.get(key) ?? { count: 0, longest_days: 0 };
          counted.set(key, { count: count + 1, longest_days: Math.max(longest_days, days) });
        }
    const { rows } = (await ada.call("get_report", { report: "owed" })).facts as { rows: Row[] };
    const reported = new Map(
      rows.map(({ by, what, role, stage, count, longest_days }) => [
        [by, what, role, stage].join(" "),
        { count, longest_days },
      ]),
    );
    expect(reported).toEqual(counted);

    type Role = { stages: { applications: Listed[] }[] };
    const shown: Listed[] = [];
    for (const role of ["AA", "BB", "CC"]) {
      const { roles } = (await ada.call("get_pipeline", { role })).facts as { roles: Role[] };
      shown.push(...roles.flatMap(({ stages }) => stages.flatMap(({ applications }) => applications)));
    }
    expect(shown.length).toBeGreaterThan(20);
    for (const { ref, tasks } of shown) expect(tasks).toEqual(listed.find((one) => one.ref === ref)?.tasks);
  },
);
