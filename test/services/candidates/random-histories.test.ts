import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tablesWith } from "../../mcp/tools/update-document/set-up.ts";
import { useDatabase } from "../../support/database.ts";
import { act, add, take } from "../../support/histories/acts.ts";
import type { Act } from "../../support/histories/calls.ts";
import { requireAsModelled } from "../../support/histories/invariants.ts";
import { lineOf, newModel } from "../../support/histories/model.ts";
import { ADA, openOffice } from "../../support/histories/office.ts";

const database = useDatabase();
const ROLES = "MLE MLE OPS MLE MLE OPS MLE MLE".split(" ");
/** Another one each time; a failure says it, and with it here the same histories run again, to be made shorter by hand. */
const seed = Date.now() % 1_000_000;

async function begin(roles: readonly string[]) {
  const office = await openOffice(await database.workspace());
  const model = newModel();
  for (const [n, role] of roles.entries()) await add(office, model, { person: n + 1, role, source: "fair" });
  return { office, model };
}

describe("a history of everything that changes the record, in any order", () => {
  it(`leads to what a plain model of it says (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 80, maxLength: 120 }), async (acts) => {
        const { office, model } = await begin(ROLES);
        for (const one of acts) await take(office, model, one);
        await requireAsModelled(office, model);
      }),
      { numRuns: 5, seed, endOnFailure: true },
    );
  });
});

describe("a document that two people had who are one now", () => {
  const TEXT = "Ran 12 models in production on KServe 0.13";
  const reason = "It was not theirs";

  it("leaves nothing of its words where it is removed", async () => {
    const { office, model } = await begin(["MLE", "MLE"]);
    const acts: Act[] = [
      ["store", 0, 0],
      ["store", 1, 9],
      ["score", 0, 0],
      ["score", 1, 0],
      ["merge", 1, 0],
    ];
    for (const one of acts) await take(office, model, one);
    expect(lineOf(model, "MLE-2").documents.map(({ text }) => text)).toEqual([TEXT]);
    await take(office, model, ["remove", 0, 0]);
    await requireAsModelled(office, model);
    expect(await tablesWith(office.store, TEXT)).toEqual([]);
  });

  it("leaves none where the other's was quoted before it came to them, and keeps its file", async () => {
    const { office } = await begin(["MLE", "MLE", "MLE"]);
    const { services, store, as } = office;
    const [kind, base64] = ["cover_letter" as const, Buffer.from(TEXT).toString("base64")];
    const file = { kind, base64, name: "letter.txt" };
    const { document } = await services.documents.add(await as(ADA), { application: "MLE-3", ...file });
    await services.assessments.score(await as(ADA), { application: "MLE-3" });
    const move = { application: "MLE-3", document: document.id, move_to: "MLE-2" };
    await services.documents.update(await as(ADA), move);
    const kept = await services.documents.add(await as(ADA), { application: "MLE-1", kind, text: TEXT });
    const merge = { application: "MLE-2", merge_into: "MLE-1" };
    const { confirmation } = await services.candidates.update(await as(ADA), merge);
    await services.candidates.update(await as(ADA), { ...merge, confirm: confirmation?.code });
    expect(await tablesWith(store, TEXT)).toEqual(["assessments", "documents", "originals"]);
    const remove = { application: "MLE-2", document: kept.document.id, remove: true, reason };
    await services.documents.update(await as(ADA), remove);
    expect(await tablesWith(store, TEXT)).toEqual([]);
  });
});
