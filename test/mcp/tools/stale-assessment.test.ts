import { describe, expect, it } from "vitest";
import { useTwo } from "./update-document/set-up.ts";

const begin = useTwo();
const MLE = { application: "MLE-1" };
const SINCE = "2026-11-24T09:00:00.000Z";
const STALE = { stale_at: SINCE, stale_why: "document_removed" };
const STALE_TEXT = `stale since ${SINCE}: a document was removed`;
const AGAIN = { tool: "score_candidate", arguments: MLE };

/** MLE-1 assessed with a letter that was removed afterwards. */
async function withStale() {
  const begun = await begin();
  await begun.greenflag.ok("update_document", {
    ...{ ...MLE, document: begun.letter, remove: true, reason: "Sent by mistake" },
  });
  return begun;
}

describe("a stale assessment", () => {
  it("lets its gate pass, and the move says that it is stale, why and how it is made anew", async () => {
    const { greenflag } = await withStale();
    const { facts, text } = await greenflag.call("move_candidate", { ...MLE, to: "screen" });
    expect(facts).toMatchObject({ moved: { to: "screen" }, stale_assessment: { ...STALE, next: AGAIN } });
    expect(text).toContain(`The assessment is ${STALE_TEXT}. Next: score_candidate with application: MLE-1.`);
    const back = await greenflag.ok("move_candidate", { ...MLE, to: "applied" });
    expect(back.stale_assessment).toBeUndefined();
    await greenflag.ok("score_candidate", MLE);
    const anew = await greenflag.call("move_candidate", { ...MLE, to: "screen" });
    expect(anew.facts.stale_assessment).toBeUndefined();
    expect(anew.text).not.toMatch(/stale/);
  });

  it("is named in what a person agrees to, where a move is a decision or skips a stage", async () => {
    const { greenflag } = await withStale();
    for (const move of [
      { to: "rejected", reason: "Another was closer" },
      { to: "incident", override: true, reason: "Met before" },
    ]) {
      const { confirmation } = await greenflag.ok("move_candidate", { ...MLE, ...move });
      expect(confirmation?.summary).toContain(
        `The assessment is ${STALE_TEXT}; score_candidate assesses anew.`,
      );
    }
    const other = { application: "MLE-2", to: "rejected", reason: "Another was closer" };
    expect((await greenflag.ok("move_candidate", other)).confirmation?.summary).not.toMatch(/stale/);
  });

  it("is marked where a list shows its flags, and no other is", async () => {
    const { greenflag } = await withStale();
    const { facts, text } = await greenflag.call("find_candidates", { flag: "production_on_call" });
    expect(facts.applications).toMatchObject([{ ref: "MLE-1", ...STALE }]);
    expect(text).toContain(`  Stale since ${SINCE}: a document was removed; score_candidate assesses anew.`);
    const [second, first] = (await greenflag.ok("find_candidates", {})).applications;
    expect(second).not.toHaveProperty("stale_at");
    expect(first).toMatchObject(STALE);
    await greenflag.ok("score_candidate", MLE);
    expect(JSON.stringify(await greenflag.ok("find_candidates", {}))).not.toMatch(/stale/);
  });
});
