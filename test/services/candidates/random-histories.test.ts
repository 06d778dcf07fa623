import fc from "fast-check";
import { describe, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { act, add, take } from "../../support/histories/acts.ts";
import { requireAsModelled } from "../../support/histories/invariants.ts";
import { newModel } from "../../support/histories/model.ts";
import { openOffice } from "../../support/histories/office.ts";

const database = useDatabase();

describe("a history of everything that changes the record, in any order", () => {
  it("leads to what a plain model of it says", async () => {
    const histories = fc.array(act, { minLength: 80, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(histories, async (acts) => {
        const office = await openOffice(await database.workspace());
        const model = newModel();
        for (const [n, role] of "MLE MLE OPS MLE MLE OPS MLE MLE".split(" ").entries())
          await add(office, model, { person: n, role, source: "fair" });
        for (const one of acts) await take(office, model, one);
        await requireAsModelled(office, model);
      }),
      { numRuns: 5 },
    );
  });
});
