import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokenChains } from "../../../src/store/events.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { seeded } from "../../support/seeded.ts";

const database = useDatabase();
const STAGES = ["applied", "screen", "incident", "withdrawn"];

/** What is expected of one reference: whose it is, what was done under it, and which one it was joined to. */
type Line = { readonly role: string; person: number; moves: number; notes: string[]; into?: string };

const act = fc.tuple(
  fc.constantFrom("add", "move", "undo", "note", "mend", "merge", "merge", "move"),
  fc.nat(50),
  fc.nat(50),
);

/** Does what people do in any order, and keeps beside it what the record has to say afterwards. */
async function live(greenflag: Harness, acts: readonly (readonly [string, number, number])[]) {
  const lines = new Map<string, Line>();
  const phones = new Map<number, string>();
  const endOf = (ref: string): string => lines.get(ref)?.into ?? ref;
  const lineOf = (ref: string): Line => lines.get(endOf(ref)) as Line;
  const add = async (n: number, role: string) => {
    const person = { role, name: `Person ${n}`, email: `p${n}@example.test` };
    const { application } = await greenflag.ok("add_candidate", person);
    lines.set(application.ref, { role, person: n, moves: 0, notes: [] });
  };
  await add(101, "MLE");
  await add(102, "OPS");
  for (const [n, [what, a, b]] of acts.entries()) {
    greenflag.clock.now = new Date(greenflag.clock.now.getTime() + 3_600_000);
    const refs = [...lines.keys()];
    const application = refs[a % refs.length] as string;
    const line = lineOf(application);
    if (what === "add") await add(n, b % 2 === 0 ? "MLE" : "OPS");
    if (what === "note") {
      const text = `Met at fair ${n}.`;
      await greenflag.ok("add_document", { application, kind: "note", text });
      line.notes.push(text);
    }
    if (what === "mend") {
      const phone = `+351 912 345 ${100 + n}`;
      await greenflag.ok("update_candidate", { application, phone });
      phones.set(line.person, phone);
    }
    if (what === "move") {
      const how = { to: STAGES[b % STAGES.length], override: true, reason: "As they asked" };
      const { facts, isError } = await greenflag.call("move_candidate", { application, ...how });
      if (!isError && facts.moved) line.moves += 1;
    }
    if (what === "undo") {
      const { undone } = await greenflag.ok("undo_move", { application });
      if (undone) line.moves += 1;
    }
    if (what === "merge") await merge(application, refs[b % refs.length] as string);
  }
  async function merge(application: string, merge_into: string) {
    const [from, into] = [lineOf(application).person, lineOf(merge_into).person];
    if (from === into) {
      expect(await greenflag.refused("update_candidate", { application, merge_into })).toMatch(/one person/);
      return;
    }
    const asked = { application, merge_into };
    const { confirmation } = await greenflag.ok("update_candidate", asked);
    await greenflag.ok("update_candidate", { ...asked, confirm: confirmation?.code });
    for (const [ref, line] of lines) {
      if (line.person !== from || line.into !== undefined) continue;
      const same = [...lines].find(
        ([, l]) => l.person === into && l.role === line.role && l.into === undefined,
      );
      if (same) for (const [other, l] of lines) if (other === ref || l.into === ref) l.into = same[0];
      same?.[1].notes.push(...line.notes);
    }
    for (const line of lines.values()) if (line.person === from) line.person = into;
    const phone = phones.get(into) ?? phones.get(from);
    if (phone !== undefined) phones.set(into, phone);
  }
  return { lines, phones };
}

describe("histories of people who are mended and merged in any order", () => {
  it("lead to where each person stands, and nothing of theirs is lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 24 }), async (acts) => {
        const store = await seeded(await database.workspace(), []);
        const greenflag = await start({ store });
        const template = { template: "mlops-engineer", level: "senior", location: "Porto" };
        await greenflag.ok("open_role", { ...template, key: "OPS" });
        const { lines, phones } = await live(greenflag, acts);
        for (const [ref, line] of lines) {
          const include = ["documents", "history"];
          const seen = await greenflag.ok("get_candidate", { application: ref, include });
          expect(seen.ref).toBe(line.into ?? ref);
          if (line.into !== undefined) continue;
          expect(seen.documents?.map(({ untrusted }) => untrusted.text).toSorted()).toEqual(
            line.notes.toSorted(),
          );
          const history = seen.history ?? [];
          const joined = [...lines].filter(([, other]) => other.into === ref);
          for (const [of, { moves }] of [...joined, [undefined, line] as const])
            expect(history.filter(({ application }) => application === of)).toHaveLength(moves);
          const last = history.filter(({ application }) => application === undefined).at(-1);
          expect(seen.status === "active" ? seen.stage : seen.status).toBe(last?.to ?? "applied");
          expect(history.map(({ at }) => at)).toEqual(history.map(({ at }) => at).toSorted());
          const mended = seen.changes?.findLast(({ field }) => field === "phone");
          expect(mended?.after).toBe(phones.get(line.person));
          expect(seen.candidate.phone).toBe(phones.get(line.person));
        }
        const standing = [...lines.values()].filter(({ into }) => into === undefined);
        expect((await greenflag.ok("find_candidates", {})).total).toBe(standing.length);
        expect(await store.read((db) => brokenChains(db, store.workspaceId, 5))).toEqual([]);
        await greenflag.close();
      }),
      { numRuns: 6, seed: 19 },
    );
  });
});
