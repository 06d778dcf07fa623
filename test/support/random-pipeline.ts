import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { derivedOf } from "../../src/domain/candidates/known-by.ts";
import type { ApplicationStatus } from "../../src/domain/pipeline/application.ts";
import type { Stage } from "../../src/domain/roles/role-template.ts";
import type { Store } from "../../src/store/store.ts";
import { applications, candidates, members, moves, roles } from "../../src/store/tables.ts";

type Place = { stage: string; status: ApplicationStatus; enteredAt: Date };
type MoveRow = typeof moves.$inferInsert;
/** What really happened to one application, undone moves left out: the stages it stood in, and what it left each for. */
export type Story = {
  id: string;
  role: string;
  source: string | null;
  appliedAt: Date;
  now: Place;
  visits: { stage: string; enteredAt: Date; leftAt: Date | null; leftFor: string | null }[];
};

const DAY = 86_400_000;

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A workspace full of people who moved on, back, out and in again, some of it undone, written as the program writes it:
 * applications and moves. Gives what happened, told by replaying.
 */
export async function randomPipeline(
  store: Store,
  { count, seed, stages, now }: { count: number; seed: number; stages: readonly Stage[]; now: Date },
): Promise<Story[]> {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const { workspaceId } = store;
  const stories: Story[] = [];
  const rows = { applications: [] as (typeof applications.$inferInsert)[], moves: [] as MoveRow[] };
  const people: (typeof candidates.$inferInsert)[] = [];
  const keys = ["AA", "BB", "CC", "DD", "EE", "FF"];
  await store.write(new AbortController().signal, async (tx) => {
    const [owner] = await tx.select().from(members).where(eq(members.workspaceId, workspaceId));
    if (!owner) throw new Error("a workspace has a member");
    const roleIds = keys.map(() => uuidv7());
    await tx.insert(roles).values(
      keys.map((key, n) => ({
        ...{ workspaceId, id: roleIds[n] ?? "", key, template: "mlops-engineer", title: "MLOps engineer" },
        ...{ level: "senior" as const, location: "Lisbon", remote: false, currency: "USD", stages },
        status: n < 3 ? ("open" as const) : n < 5 ? ("filled" as const) : ("cancelled" as const),
        ownerId: owner.id,
        openedAt: new Date(now.getTime() - (60 + n * 11) * DAY),
        closedAt: n < 3 ? null : new Date(now.getTime() - n * 5 * DAY),
      })),
    );
    for (let n = 0; n < count; n += 1) {
      const role = Math.floor(random() * keys.length);
      const appliedAt = new Date(now.getTime() - Math.floor(random() * 200 * DAY) - DAY);
      const id = uuidv7();
      const person = uuidv7();
      const source = pick(["referral", "linkedin", "careers page", "agency", null]);
      const about = { name: `P ${n}`, email: `p${n}@example.test`, phone: null, links: [] };
      people.push({ workspaceId, id: person, ...about, ...derivedOf(about), createdAt: appliedAt });
      const told = live(random, pick, stages, { id, appliedAt, now });
      rows.moves.push(
        ...told.moves.map((m) => ({
          ...m,
          workspaceId,
          applicationId: id,
          movedBy: owner.id,
          client: "test",
        })),
      );
      rows.applications.push({
        ...{ workspaceId, id, ref: `${keys[role]}-${n}`, roleId: roleIds[role] ?? "", candidateId: person },
        ...{
          stage: stages[0]?.id ?? "",
          status: "active" as const,
          version: 1,
          stageEnteredAt: appliedAt,
          appliedAt,
          source,
        },
        presentFlags: random() < 0.7 ? [] : null,
        hasSubmission: random() < 0.3,
      });
      stories.push({ id, role: keys[role] ?? "", source, appliedAt, now: told.now, visits: told.visits });
    }
    for (let n = 0; n < count; n += 500) await tx.insert(candidates).values(people.slice(n, n + 500));
    for (let n = 0; n < count; n += 500)
      await tx.insert(applications).values(rows.applications.slice(n, n + 500));
    for (let n = 0; n < rows.moves.length; n += 500)
      await tx.insert(moves).values(rows.moves.slice(n, n + 500));
    for (const { id, now: at } of stories) {
      if (at.stage === stages[0]?.id && at.status === "active") continue;
      await tx
        .update(applications)
        .set({ stage: at.stage, status: at.status, stageEnteredAt: at.enteredAt })
        .where(eq(applications.id, id));
    }
    // The program writes a move after the place that it leads to; here the place comes last.
    await tx.execute(sql`
      update applications set untold_since = greenflag_untold_since(workspace_id, id) where workspace_id = ${workspaceId}`);
    // So that queries over it are planned as they are in a workspace that has grown.
    await tx.execute(sql`analyze`);
  });
  return stories;
}

type Life = {
  moves: Omit<MoveRow, "workspaceId" | "applicationId" | "movedBy" | "client">[];
  now: Place;
  visits: Story["visits"];
};

function live(
  random: () => number,
  pick: <T>(items: readonly T[]) => T,
  stages: readonly Stage[],
  { appliedAt, now }: { id: string; appliedAt: Date; now: Date },
): Life {
  let at: Place = { stage: stages[0]?.id ?? "", status: "active", enteredAt: appliedAt };
  let visits: Story["visits"] = [{ stage: at.stage, enteredAt: appliedAt, leftAt: null, leftFor: null }];
  const life: Life["moves"] = [];
  let before: { at: Place; visits: Story["visits"] } | null = null;
  let time = appliedAt.getTime();
  for (let version = 2; random() < 0.85; version += 1) {
    time += Math.floor(random() * 9 * DAY);
    if (time >= now.getTime()) break;
    const movedAt = new Date(time);
    const record = (kind: "move" | "undo", to: Place) =>
      life.push({
        id: uuidv7(),
        version,
        kind,
        fromStage: at.stage,
        fromStatus: at.status,
        toStage: to.stage,
        toStatus: to.status,
        enteredAt: at.enteredAt,
        reason: null,
        overridden: [],
        movedAt,
      });
    if (before && random() < 0.1) {
      record("undo", before.at);
      [at, visits, before] = [before.at, before.visits, null];
      continue;
    }
    const here = stages.findIndex((s) => s.id === at.stage);
    const r = random();
    const to: Place =
      at.status !== "active"
        ? { stage: stages[Math.floor(random() * (here + 1))]?.id ?? "", status: "active", enteredAt: movedAt }
        : r < 0.3
          ? { stage: at.stage, status: pick(["rejected", "withdrawn"] as const), enteredAt: at.enteredAt }
          : here === stages.length - 1
            ? { stage: at.stage, status: "hired", enteredAt: at.enteredAt }
            : r < 0.4 && here > 0
              ? { stage: stages[here - 1]?.id ?? "", status: "active", enteredAt: movedAt }
              : {
                  stage: stages[Math.min(stages.length - 1, here + (r > 0.9 ? 2 : 1))]?.id ?? "",
                  status: "active",
                  enteredAt: movedAt,
                };
    if (at.status !== "active" && random() < 0.6) break; // most ends are final
    record("move", to);
    before = { at, visits };
    visits = visits.map((v) =>
      v.leftAt === null
        ? { ...v, leftAt: movedAt, leftFor: to.status === "active" ? to.stage : to.status }
        : v,
    );
    if (to.status === "active")
      visits = [...visits, { stage: to.stage, enteredAt: movedAt, leftAt: null, leftFor: null }];
    at = to;
  }
  return { moves: life, now: at, visits };
}
