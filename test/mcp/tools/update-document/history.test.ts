import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listEvents } from "../../../../src/store/events.ts";
import type { Store } from "../../../../src/store/store.ts";
import { applications } from "../../../../src/store/tables.ts";
import type { Harness } from "../../../support/harness.ts";
import { idsOf, useTwo } from "./set-up.ts";

const begin = useTwo();
const REFS = ["MLE-1", "MLE-2"] as const;

const step = fc.record({
  act: fc.constantFrom("add", "move", "remove", "replace", "score"),
  at: fc.constantFrom(...REFS),
  /** Which of the documents there. */
  nth: fc.nat(3),
});
type Step = { readonly act: string; readonly at: (typeof REFS)[number]; readonly nth: number };

/** Lines of three flags in turn. */
const LINES = [
  (n: number) => `Ran ${n + 10} models in production on KServe 0.${n}.`,
  (n: number) => `On call one week in ${n + 3}, about ${n} pages a week.`,
  (n: number) => `Cut GPU spend by ${n + 10}%, from $${n + 80}k to $${n + 50}k a month.`,
];

async function take(greenflag: Harness, { act, at: application, nth }: Step, n: number): Promise<void> {
  const ids = await idsOf(greenflag, application);
  const document = ids[nth % Math.max(1, ids.length)];
  const text = LINES[n % LINES.length]?.(n) ?? "";
  const move_to = REFS.find((ref) => ref !== application);
  const change = { move: { move_to }, remove: { remove: true, reason: "Test" }, replace: { text } };
  if (act === "add") await greenflag.ok("add_document", { application, kind: "cover_letter", text });
  else if (act === "score") await greenflag.call("score_candidate", { application });
  else if (document !== undefined)
    await greenflag.ok("update_document", { application, document, ...change[act as keyof typeof change] });
}

/** The documents that an application has by its history alone. */
async function foldedFrom(store: Store, ref: string): Promise<string[]> {
  const { workspaceId } = store;
  const [row] = await store.read(async (db) => {
    const all = await db.select().from(applications);
    return all.filter((one) => one.workspaceId === workspaceId && one.ref === ref);
  });
  const events = await store.read((db) => listEvents(db, workspaceId, row?.id ?? ""));
  const held = new Set<string>();
  for (const { kind, payload } of events) {
    const id = String(payload.document);
    if (kind === "document.add" || (kind === "document.move" && payload.to === ref)) held.add(id);
    if (["document.remove", "document.replace"].includes(kind)) held.delete(id);
    if (kind === "document.move" && payload.from === ref) held.delete(id);
  }
  return [...held].sort();
}

describe("the history of documents", () => {
  it("folds to the documents that are there, and what stands quotes no other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async (steps) => {
        const { greenflag, store } = await begin({ scored: false });
        for (const [n, one] of steps.entries()) await take(greenflag, one, n + 1);
        for (const application of REFS) {
          const ids = await idsOf(greenflag, application);
          expect(await foldedFrom(store, application)).toEqual([...ids].sort());
          const { assessment } = await greenflag.ok("get_candidate", {
            application,
            include: ["assessment"],
          });
          if (assessment === null || assessment.stale_why !== undefined) continue;
          const quoted = assessment.flags.flatMap((flag) => flag.evidence.map((quote) => quote.document));
          expect(quoted.filter((id) => !ids.includes(id))).toEqual([]);
        }
      }),
      { numRuns: 4 },
    );
  });
});
