import { describe, expect, it } from "vitest";
import { useDatabase } from "../../../support/database.ts";
import { start } from "../../../support/harness.ts";
import { addMember } from "../../../support/panel.ts";
import { startWithCandidate } from "../../../support/record.ts";

const database = useDatabase();
const [ADA, RITA] = ["ada@example.test", "rita@example.test"];

/** Two candidates of Ada's role who want an assessment; Rita looks after the second. */
async function begin() {
  const store = await database.workspace();
  const ada = await startWithCandidate({ store });
  await addMember(store, RITA, "recruiter");
  await ada.ok("add_candidate", { role: "MLE", name: "Bo Li", email: "bo@example.test" });
  await ada.ok("update_candidate", { application: "MLE-2", owner: RITA });
  return { ada, rita: await start({ store, member: RITA, clock: ada.clock }) };
}

describe("the owner of an application", () => {
  it("is asked for what the role's owner is asked for elsewhere, in every answer that tells it", async () => {
    const { ada, rita } = await begin();
    const ownersOf = (list: readonly { ref: string; tasks: readonly { by: readonly string[] }[] }[]) =>
      Object.fromEntries(list.map(({ ref, tasks }) => [ref, tasks.flatMap(({ by }) => by)]));
    const expected = { "MLE-1": [ADA], "MLE-2": [RITA] };
    expect(ownersOf((await ada.ok("find_candidates", {})).applications)).toEqual(expected);
    const { roles } = await rita.ok("get_pipeline", {});
    expect(ownersOf(roles[0]?.stages[0]?.applications ?? [])).toEqual(expected);
    for (const ref of ["MLE-1", "MLE-2"] as const)
      expect(ownersOf([await ada.ok("get_candidate", { application: ref })])[ref]).toEqual(expected[ref]);
  });

  it("is found by what they owe, and the role's owner by the rest", async () => {
    const { ada } = await begin();
    const owedBy = async (who: string) =>
      (await ada.ok("find_candidates", { owed_by: who })).applications.map(({ ref }) => ref);
    expect([await owedBy(ADA), await owedBy(RITA)]).toEqual([["MLE-1"], ["MLE-2"]]);
    await ada.ok("update_candidate", { application: "MLE-2", owner: "" });
    expect([await owedBy(ADA), await owedBy(RITA)]).toEqual([["MLE-2", "MLE-1"], []]);
    await ada.ok("update_candidate", { application: "MLE-2", owner: ADA });
    expect(await owedBy(ADA)).toEqual(["MLE-2", "MLE-1"]);
    await ada.ok("score_candidate", { application: "MLE-1" });
    expect(await owedBy(ADA)).toEqual(["MLE-2"]);
  });

  it("is reported with their own debts, whose sum is that of the role", async () => {
    const { ada } = await begin();
    const rows = async () =>
      (await ada.ok("get_report", { report: "owed" })).rows.map(
        ({ by, count, of }: { by: string; count: number; of: number }) => [by, count, of],
      );
    expect((await rows()).sort()).toEqual([
      [ADA, 1, 1],
      [RITA, 1, 1],
    ]);
    await ada.ok("update_candidate", { application: "MLE-2", owner: ADA });
    expect(await rows()).toEqual([[ADA, 2, 2]]);
  });

  it("does not show a role's own owner beside an application that nobody else looks after", async () => {
    const { ada } = await begin();
    expect((await ada.ok("get_candidate", { application: "MLE-1" })).owner).toBeUndefined();
    expect((await ada.ok("get_candidate", { application: "MLE-2" })).owner).toBe(RITA);
  });
});
