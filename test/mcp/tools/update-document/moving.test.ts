import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { originals } from "../../../../src/store/tables.ts";
import { start } from "../../../support/harness.ts";
import { addMember } from "../../../support/panel.ts";
import { idsOf, LINE, useTwo } from "./set-up.ts";

const begin = useTwo();
const move = (letter: string, more: object = {}) => ({
  ...{ application: "MLE-1", document: letter, move_to: "MLE-2", ...more },
});

describe("update_document moves a document to another application", () => {
  it("with its file, and marks the assessments of both as stale until each is scored again", async () => {
    const { greenflag, store, letter } = await begin();
    const before = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["assessment"] });
    const flagsBefore = (await greenflag.ok("find_candidates", {})).applications.map(({ flags }) => flags);
    const { facts, text } = await greenflag.call("update_document", move(letter, { reason: "Kim sent it" }));
    expect(facts).toMatchObject({
      document: { id: letter, kind: "cover_letter", name: "letter.docx" },
      moved: { from: "MLE-1", to: "MLE-2" },
      stale: [
        { application: "MLE-1", why: "document_moved" },
        { application: "MLE-2", why: "document_moved" },
      ],
    });
    expect(text).toContain("Moved from MLE-1 to MLE-2.");
    expect(text).toContain("score_candidate with application: MLE-2 assesses anew.");
    expect(await idsOf(greenflag, "MLE-1")).not.toContain(letter);
    expect(await idsOf(greenflag, "MLE-2")).toContain(letter);
    const [file] = await store.read((db) => db.select().from(originals).where(eq(originals.id, letter)));
    expect(file?.bytes.length).toBeGreaterThan(100);

    const stale = await greenflag.call("get_candidate", { application: "MLE-1" });
    expect(stale.facts.assessment).toMatchObject({
      stale_at: greenflag.clock.now.toISOString(),
      stale_why: "document_moved",
    });
    expect(stale.text).toMatch(/Stale since .*: a document was moved .*; score_candidate assesses anew\./);
    const resource = JSON.stringify(await greenflag.read("hiring://applications/MLE-2"));
    expect(resource).toContain("document_moved");
    const debrief = await greenflag.call("get_debrief", { application: "MLE-1" });
    expect(debrief.facts.rubric).toMatchObject({ stale_why: "document_moved" });
    expect(debrief.text).toContain("score_candidate assesses anew");
    const side = await greenflag.call("get_candidate", { application: "MLE-1", compare_with: ["MLE-2"] });
    expect(side.facts.comparison.candidates).toMatchObject([
      { ref: "MLE-1", stale_why: "document_moved" },
      { ref: "MLE-2", stale_why: "document_moved" },
    ]);
    const flags = (await greenflag.ok("find_candidates", {})).applications.map((one) => one.flags);
    expect(flags).toEqual(flagsBefore);
    const kept = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["assessment"] });
    expect(kept.assessment.flags).toEqual(before.assessment.flags);

    const scored = await greenflag.ok("score_candidate", { application: "MLE-2" });
    expect(JSON.stringify(scored.assessment)).toContain(LINE.slice(0, 40));
    expect(scored.note).toContain("a document was moved");
    const first = await greenflag.ok("score_candidate", { application: "MLE-1" });
    expect(JSON.stringify(first.assessment)).not.toContain(LINE.slice(0, 40));
    const fresh = await greenflag.ok("get_candidate", { application: "MLE-1" });
    expect(fresh.assessment).not.toHaveProperty("stale_why");
  });

  it("and both histories show it, each with the other's reference", async () => {
    const { greenflag, letter } = await begin({ scored: false });
    await greenflag.ok("update_document", move(letter, { reason: "Kim sent it" }));
    const changesOf = async (application: string) =>
      (await greenflag.ok("get_candidate", { application, include: ["history"] })).changes;
    expect(await changesOf("MLE-1")).toMatchObject([
      { field: "moved_to", before: "cover_letter, letter.docx", after: "MLE-2", reason: "Kim sent it" },
    ]);
    expect(await changesOf("MLE-2")).toMatchObject([
      { field: "moved_from", before: "MLE-1", after: "cover_letter, letter.docx", document: letter },
    ]);
  });

  it("is told to whoever drafts a first message: nothing of a stale assessment is cited", async () => {
    const { greenflag, letter } = await begin();
    await greenflag.ok("update_document", move(letter));
    const draft = await greenflag.call("draft_outreach", { application: "MLE-1", purpose: "source" });
    expect(draft.facts.message.findings).toContainEqual(
      expect.objectContaining({ rule: "stale_assessment", quote: "document moved" }),
    );
    expect(draft.text).toContain("score_candidate assesses anew.");
  });

  it("and the same move again changes nothing", async () => {
    const { greenflag, letter } = await begin();
    await greenflag.ok("update_document", move(letter));
    const again = await greenflag.ok("update_document", move(letter));
    expect(again).toMatchObject({
      document: { id: letter },
      stale: [],
      note: expect.stringMatching(/already/),
    });
    expect(again).not.toHaveProperty("moved");
    const { changes } = await greenflag.ok("get_candidate", { application: "MLE-2", include: ["history"] });
    expect(changes).toHaveLength(1);
  });

  it("not where the same text is already: removing this one is the way", async () => {
    const { greenflag, letter } = await begin();
    await greenflag.ok("add_document", { application: "MLE-2", kind: "cover_letter", text: LINE });
    const refusal = await greenflag.refused("update_document", move(letter));
    expect(refusal).toContain("MLE-2 has the same cover_letter already");
    expect(refusal).toContain(`update_document with application: MLE-1, document: ${letter}, remove: true`);
    expect(await idsOf(greenflag, "MLE-1")).toContain(letter);
    const { assessment } = await greenflag.ok("get_candidate", { application: "MLE-1" });
    expect(assessment).not.toHaveProperty("stale_why");
  });

  it("not to itself, to nobody, to the caller's own application, nor a document that is not there", async () => {
    const { greenflag, store, letter } = await begin({ scored: false });
    const [resume] = await idsOf(greenflag, "MLE-1");
    expect(await greenflag.refused("update_document", move(letter, { move_to: "mle-1" }))).toMatch(/already/);
    expect(await greenflag.refused("update_document", move(letter, { move_to: "MLE-9" }))).toMatch(
      /No application "MLE-9"/,
    );
    await addMember(store, "kim@example.test", "recruiter");
    const kim = await start({ store, member: "kim@example.test", clock: greenflag.clock });
    expect(await kim.refused("update_document", move(letter))).toMatch(/No application "MLE-2"/);
    const unknown = await greenflag.refused("update_document", move("letter.docx"));
    expect(unknown).toContain(`${resume} (resume)`);
    expect(unknown).toContain(`${letter} (cover_letter)`);
    expect(await idsOf(greenflag, "MLE-1")).toContain(letter);
  });

  it("whoever may not see the other application is not told its reference", async () => {
    const { greenflag, store, letter } = await begin({ scored: false });
    await greenflag.ok("update_document", move(letter));
    await addMember(store, "kim@example.test", "recruiter");
    const kim = await start({ store, member: "kim@example.test", clock: greenflag.clock });
    const own = await kim.call("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(own.facts.changes).toMatchObject([{ field: "moved_to", before: "cover_letter, letter.docx" }]);
    expect(own.text).not.toContain("MLE-2");
    const refusal = await kim.refused("update_document", move(letter, { move_to: "MLE-1" }));
    expect(refusal).not.toContain("MLE-2");
    expect(refusal).toContain(`document: "${letter}" is not known`);
  });

  it("while another removes it: one of them wins, and the other hears where it is or that it is gone", async () => {
    const { greenflag, store, letter } = await begin();
    await addMember(store, "rita@example.test", "recruiter");
    const rita = await start({ store, member: "rita@example.test", clock: greenflag.clock });
    const remove = { application: "MLE-1", document: letter, remove: true, reason: "Sent by mistake" };
    const [moved, removed] = await Promise.all([
      greenflag.call("update_document", move(letter)),
      rita.call("update_document", remove),
    ]);
    expect([moved.isError, removed.isError].filter(Boolean)).toHaveLength(1);
    if (removed.isError) {
      expect(removed.text).toContain("it is with MLE-2 now");
      expect(removed.text).toContain(`update_document with application: MLE-2, document: ${letter}`);
    } else expect(moved.text).toContain("it was removed");
    expect(await idsOf(greenflag, "MLE-2")).toHaveLength(moved.isError ? 1 : 2);
  });

  it("while it is scored: no assessment that stands quotes what is no longer there", async () => {
    const { greenflag, letter } = await begin({ scored: false });
    await Promise.all([
      greenflag.call("score_candidate", { application: "MLE-1", compare_with: ["MLE-2"] }),
      greenflag.call("update_document", move(letter)),
      greenflag.call("score_candidate", { application: "MLE-2", compare_with: ["MLE-1"] }),
    ]);
    for (const application of ["MLE-1", "MLE-2"]) {
      const ids = await idsOf(greenflag, application);
      const { assessment } = await greenflag.ok("get_candidate", { application, include: ["assessment"] });
      const quoted = JSON.stringify(assessment).includes(letter);
      expect(quoted && !ids.includes(letter) && assessment.stale_why === undefined).toBe(false);
    }
  });
});
