import { describe, expect, it } from "vitest";
import { move } from "../../support/endings.ts";
import { start } from "../../support/harness.ts";
import { addMember } from "../../support/panel.ts";
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

  it("is on the agenda of who looks after the person until it is made anew, whatever stage they are in", async () => {
    const { greenflag, store } = await withStale();
    await addMember(store, "rita@example.test", "recruiter");
    const rita = await start({ store, member: "rita@example.test", clock: greenflag.clock });
    await move(greenflag, "MLE-1", "debrief");
    const line =
      "- Assessment (to be read again: a document was removed): MLE-1 Zoë Okafor, due 2026-11-24T09:00:00+00:00. " +
      "Next: score_candidate with application: MLE-1.";
    const { facts, text } = await greenflag.call("get_agenda", {});
    expect(text).toContain(line);
    expect(facts.items).toContainEqual({
      ...{ kind: "assessment", ...MLE, name: "Zoë Okafor", due: "2026-11-24T09:00:00+00:00" },
      ...{ again: true, stale_why: "document_removed", next: AGAIN },
    });
    expect((await rita.call("get_agenda", {})).text).not.toContain("read again");
    await greenflag.ok("update_candidate", { ...MLE, owner: "rita@example.test" });
    expect((await rita.call("get_agenda", {})).text).toContain(line);
    const before = await greenflag.ok("get_agenda", { member: "all" });
    await rita.ok("score_candidate", MLE);
    const after = await greenflag.ok("get_agenda", { member: "all" });
    expect(after.total).toBe(before.total - 1);
    expect(JSON.stringify(after.items)).not.toMatch(/stale_why/);
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
