import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { REPORTS } from "../../../src/domain/reports/report-name.ts";
import { saveSelfReports, turnImpactOn } from "../../../src/store/reports/self-reports.ts";
import type { Store } from "../../../src/store/store.ts";
import {
  applications,
  candidates,
  interviewers,
  members,
  moves,
  scorecards,
} from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { ALAN, addMember, card, GRACE } from "../../support/panel.ts";
import { randomPipeline, type Story } from "../../support/random-pipeline.ts";

const database = useDatabase();
const NOW = new Date("2026-11-24T09:00:00Z");
const LATER = new Date("2026-11-23T09:00:00Z");
const EARLIER = new Date("2026-10-20T09:00:00Z");
const never = new AbortController().signal;
const { stages } = loadCatalog({}).get("mlops-engineer");
const [applied, next] = stages.map(({ id }) => id);

/** The same people in two workspaces; in the first, every fifth has applied twice under two names, and is merged. */
let merged: Harness;
let once: Harness;
let store: Store;
let twins: { ref: string; of: string }[];

async function people() {
  const workspace = await database.workspace();
  const stories = await randomPipeline(workspace, { count: 90, seed: 11, stages, now: NOW });
  for (const email of [GRACE, ALAN]) await addMember(workspace, email);
  await judged(
    workspace,
    [0, 5].flatMap((n) => stories.slice(n, n + 1)),
    LATER,
    (nth, n) => 1 + nth + n,
  );
  await answered(workspace, stories);
  return { workspace, stories, greenflag: await start({ store: workspace, clock: { now: NOW } }) };
}

/** Seats and cards of two members for the screen of some applications. */
async function judged(
  { workspaceId, write }: Store,
  ofThese: readonly { readonly id: string }[],
  submittedAt: Date,
  levelOf: (application: number, member: number) => number,
): Promise<void> {
  await write(never, async (tx) => {
    const team = await tx.select().from(members).where(eq(members.workspaceId, workspaceId));
    for (const [nth, { id: applicationId }] of ofThese.entries())
      for (const [n, { id: memberId }] of team
        .filter(({ email }) => email !== "ada@example.test")
        .entries()) {
        const seat = { workspaceId, applicationId, round: "screen", memberId };
        await tx
          .insert(interviewers)
          .values({ ...seat, id: uuidv7(), assignedAt: EARLIER, assignedBy: memberId });
        const { ratings } = card("screen", [levelOf(nth, n)]);
        await tx.insert(scorecards).values({
          ...{ ...seat, id: uuidv7(), version: 1, ratings, recommendation: "yes" as const, notes: "" },
          ...{ submittedBy: memberId, byAdmin: false, client: "test", submittedAt },
        });
      }
  });
}

async function answered({ workspaceId, write }: Store, stories: readonly Pick<Story, "id">[]): Promise<void> {
  await write(never, async (tx) => {
    const [admin] = await tx.select().from(members).where(eq(members.workspaceId, workspaceId));
    await turnImpactOn(tx, workspaceId, admin?.id ?? "", NOW);
    const rows = await tx.select().from(applications).where(eq(applications.workspaceId, workspaceId));
    const ids = stories.map(({ id }) => id);
    await saveSelfReports(
      tx,
      workspaceId,
      rows.map(({ id, ref }) => ({
        ref,
        question: "sex",
        answer: ids.indexOf(id) % 2 === 0 ? "female" : "male",
      })),
    );
  });
}

/** A second application of every fifth person for the same role, further on or ended, with cards that came in earlier. */
async function applyAgain({ workspaceId, write }: Store, stories: readonly Story[]) {
  const again: { id: string; ref: string; of: string }[] = [];
  await write(never, async (tx) => {
    const rows = await tx.select().from(applications).where(eq(applications.workspaceId, workspaceId));
    const [owner] = await tx.select().from(members).where(eq(members.workspaceId, workspaceId));
    for (const [n, story] of stories.entries()) {
      const first = rows.find(({ id }) => id === story.id);
      if (n % 5 !== 0 || !first) continue;
      const [id, candidateId, ref] = [uuidv7(), uuidv7(), `${story.role}-${1_000 + n}`];
      const email = `twin${n}@example.test`;
      await tx.insert(candidates).values({
        ...{
          workspaceId,
          id: candidateId,
          name: `Twin ${n}`,
          email,
          searchKey: `twin ${n}`,
          createdAt: LATER,
        },
      });
      const ended = n % 2 === 0 ? ("rejected" as const) : ("active" as const);
      await tx.insert(applications).values({
        ...{
          workspaceId,
          id,
          ref,
          roleId: first.roleId,
          candidateId,
          stage: applied ?? "",
          status: "active",
        },
        ...{ stageEnteredAt: EARLIER, appliedAt: NOW, source: first.source, version: 1 },
      });
      await tx.insert(moves).values({
        ...{
          workspaceId,
          id: uuidv7(),
          applicationId: id,
          version: 2,
          kind: "move",
          fromStage: applied ?? "",
        },
        ...{ fromStatus: "active", toStage: (ended === "active" ? next : applied) ?? "", toStatus: ended },
        ...{ enteredAt: EARLIER, movedBy: owner?.id ?? "", client: "test", movedAt: LATER },
      });
      await tx
        .update(applications)
        .set({ stage: (ended === "active" ? next : applied) ?? "", status: ended, version: 2 })
        .where(eq(applications.id, id));
      again.push({ id, ref, of: first.ref });
    }
  });
  return again;
}

const reports = (greenflag: Harness) =>
  Promise.all(
    [undefined, "AA", "BB"].flatMap((role) =>
      REPORTS.map((report) => greenflag.ok("get_report", { report, ...(role && { role }) })),
    ),
  );
/** Who stands where: the stages with how many and who, without what is due, which is the same in `owed`. */
const pipeline = async (greenflag: Harness) =>
  (await greenflag.ok("get_pipeline", {})).roles.map(({ key, stages: all }) => [
    key,
    all.map(({ id, count, over_goal, applications: shown }) => [
      id,
      count,
      over_goal,
      shown.map(({ ref }) => ref),
    ]),
  ]);

beforeAll(async () => {
  const one = await people();
  once = one.greenflag;
  const two = await people();
  [merged, store] = [two.greenflag, two.workspace];
  const again = await applyAgain(store, two.stories);
  // Those of the people who are judged under their other name too.
  await judged(store, again.slice(0, 2), EARLIER, (nth) => 4 - nth);
  await answered(store, [...two.stories, ...again]);
  twins = again;
});

describe("people who were merged", () => {
  it("are one in every report, list and count", async () => {
    const sources = { report: "sources" };
    expect(await merged.ok("get_report", sources)).not.toEqual(await once.ok("get_report", sources));
    expect(await pipeline(merged)).not.toEqual(await pipeline(once));
    for (const { ref: application, of: merge_into } of twins) {
      const { confirmation } = await merged.ok("update_candidate", { application, merge_into });
      await merged.ok("update_candidate", { application, merge_into, confirm: confirmation?.code });
    }
    const [after, expected] = [await reports(merged), await reports(once)];
    for (const [n, report] of after.entries()) expect(report).toEqual(expected[n]);
    expect(await pipeline(merged)).toEqual(await pipeline(once));
    for (const filter of [
      {},
      { role: "AA" },
      { status: "rejected" },
      { owed_by: GRACE },
      { over_goal: true },
    ]) {
      const [{ total }, { total: of }] = [
        await merged.ok("find_candidates", filter),
        await once.ok("find_candidates", filter),
      ];
      expect(total).toBe(of);
    }
    expect((await merged.ok("find_candidates", { query: "Twin" })).total).toBe(0);
  });
});
