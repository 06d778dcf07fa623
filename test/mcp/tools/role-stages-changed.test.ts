import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listMoves } from "../../../src/store/pipeline/moves.ts";
import type { Store } from "../../../src/store/store.ts";
import { applications } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";

const database = useDatabase();
const FIRST = ["applied", "screen", "interview", "debrief", "offer"];
const ADDED = ["call", "case_study", "talk"];
const PEOPLE = 4;

/** What may happen to a role: somebody moves, takes a move back or ends, or the stages change. */
const act = fc.oneof(
  fc.record({
    do: fc.constant("move" as const),
    who: fc.nat(PEOPLE - 1),
    to: fc.constantFrom(...FIRST, ...ADDED),
  }),
  fc.record({ do: fc.constant("undo" as const), who: fc.nat(PEOPLE - 1) }),
  fc.record({ do: fc.constant("withdraw" as const), who: fc.nat(PEOPLE - 1) }),
  fc.record({
    do: fc.constant("stages" as const),
    ids: fc.shuffledSubarray([...FIRST.slice(0, 3), ...ADDED], { minLength: 1 }),
    ending: fc.subarray(["debrief", "offer"]),
  }),
);

/** Carries an act out. One that the rules refuse changes nothing, which is what is looked at afterwards. */
async function carryOut(greenflag: Harness, step: typeof act extends fc.Arbitrary<infer T> ? T : never) {
  const application = "who" in step ? `DS-${step.who + 1}` : "";
  if (step.do === "undo") return greenflag.call("undo_move", { application });
  if (step.do === "stages") {
    const stages = [...step.ids, ...step.ending].map((id) => ({ id, name: `Stage ${id}` }));
    return greenflag.call("update_role", { role: "DS", stages });
  }
  const to = step.do === "withdraw" ? "withdrawn" : step.to;
  const move = { application, to, override: true, reason: "Agreed by the team." };
  const asked = await greenflag.call("move_candidate", move);
  const confirm = asked.facts?.confirmation?.code;
  return confirm === undefined ? asked : greenflag.call("move_candidate", { ...move, confirm });
}

async function standings(store: Store) {
  const { workspaceId } = store;
  return store.read(async (db) => {
    const rows = await db.select().from(applications);
    const own = rows
      .filter((row) => row.workspaceId === workspaceId)
      .sort((a, b) => (a.ref < b.ref ? -1 : 1));
    return Promise.all(
      own.map(async (row) => ({
        row,
        moves: (await listMoves(db, workspaceId, row.id)).map(({ move }) => move),
      })),
    );
  });
}

describe("stages that change under running applications", () => {
  it("lose nobody, and every history leads to where its person stands", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 14 }), async (acts) => {
        const store = await database.workspace();
        const greenflag = await start({ store });
        await greenflag.ok("open_role", {
          ...{ template: "data-scientist", level: "senior", location: "Lisbon" },
          stages: FIRST.map((id) => ({ id })),
        });
        for (let n = 1; n <= PEOPLE; n += 1)
          await greenflag.ok("add_candidate", { role: "DS", name: `P ${n}`, email: `p${n}@example.test` });
        for (const step of acts) {
          const before = await standings(store);
          const answer = await carryOut(greenflag, step);
          const after = await standings(store);
          const { content } = await greenflag.ok("get_role_template", { role: "DS", section: "stages" });
          const stages = (content as { id: string }[]).map(({ id }) => id);
          expect(after.map(({ row }) => row.ref)).toEqual(before.map(({ row }) => row.ref));
          if (answer.isError) expect(after).toEqual(before);
          for (const [n, { row, moves }] of after.entries()) {
            if (row.status === "active") expect(stages, JSON.stringify(acts)).toContain(row.stage);
            // The moves, one after the other, lead from where everybody starts to where they stand.
            const end = moves.reduce(
              (at, move) => {
                expect([move.fromStage, move.fromStatus]).toEqual([at.stage, at.status]);
                return { stage: move.toStage, status: move.toStatus, version: move.version };
              },
              { stage: "applied", status: "active", version: 1 },
            );
            expect(end).toEqual({ stage: row.stage, status: row.status, version: row.version });
            // Whoever's stage stayed was not touched by a change of stages, nor their clock.
            const was = before[n]?.row;
            if (step.do === "stages" && was && (was.status !== "active" || stages.includes(was.stage)))
              expect(row).toEqual(was);
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});
