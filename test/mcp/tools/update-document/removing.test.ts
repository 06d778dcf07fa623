import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { messages } from "../../../../src/store/tables.ts";
import { useDatabase } from "../../../support/database.ts";
import { start } from "../../../support/harness.ts";
import { addMember, GRACE, setAccess, startPanel } from "../../../support/panel.ts";
import { idsOf, LINE, tablesWith, useTwo } from "./set-up.ts";

const begin = useTwo();
const database = useDatabase();
const WORD = "Wolkenheim";
const remove = (letter: string, more: object = {}) => ({
  ...{ application: "MLE-1", document: letter, remove: true, reason: "Sent to us by mistake", ...more },
});
const finding = (quotes: readonly string[], more: object = {}) => ({
  ...{ flag: "production_on_call", verdict: "present", quotes, note: "They name it.", ...more },
});

describe("update_document removes a document", () => {
  it("so that no word of it is left in any table, and the act stays on record", async () => {
    const { greenflag, store, letter } = await begin();
    await greenflag.ok("score_candidate", {
      application: "MLE-1",
      findings: [
        finding([LINE]),
        finding([LINE, "On call one week in four"], { flag: "reliability_win", by: "member" }),
        finding([LINE], { flag: "tool_collector", verdict: "absent", note: undefined }),
      ],
    });
    expect(await tablesWith(store, WORD)).toEqual(expect.arrayContaining(["assessments", "documents"]));
    const { facts, text } = await greenflag.call("update_document", remove(letter));
    expect(facts).toEqual({
      document: { id: letter, kind: "cover_letter", name: "letter.docx" },
      removed: true,
      stale: [{ application: "MLE-1", why: "document_removed" }],
    });
    expect(text).toContain("letter.docx");
    expect(await tablesWith(store, WORD)).toEqual([]);
    const { changes } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(changes).toMatchObject([
      {
        field: "document",
        before: "cover_letter, letter.docx",
        document: letter,
        reason: "Sent to us by mistake",
      },
    ]);
    const { assessment } = await greenflag.ok("get_candidate", {
      application: "MLE-1",
      include: ["assessment"],
    });
    const shown = (id: string) => assessment.flags.find((flag) => flag.id === id);
    expect(shown("production_on_call")).not.toHaveProperty("by");
    expect(JSON.stringify(assessment)).not.toContain(letter);
    expect(shown("reliability_win")).toMatchObject({ by: "member", verdict: "present", support: "claimed" });
    expect(assessment.stale_why).toBe("document_removed");
  });

  it("also out of what was assessed where it had been before it was moved", async () => {
    const { greenflag, store, letter } = await begin();
    await greenflag.ok("update_document", { application: "MLE-1", document: letter, move_to: "MLE-2" });
    await greenflag.ok("score_candidate", { application: "MLE-2" });
    expect(await tablesWith(store, WORD)).not.toEqual([]);
    await greenflag.ok("update_document", remove(letter, { application: "MLE-2" }));
    expect(await tablesWith(store, WORD)).toEqual([]);
  });

  it("and marks a draft that cites a line of it, and keeps the line no more among what it was made from", async () => {
    const { greenflag, store, letter } = await begin();
    const there = { application: "MLE-2" };
    await greenflag.ok("update_document", { application: "MLE-1", document: letter, move_to: "MLE-2" });
    await greenflag.ok("score_candidate", there);
    const first = await greenflag.ok("draft_outreach", { ...there, purpose: "source" });
    const outdated = async () => {
      const rows = await store.read((db) =>
        db.select().from(messages).where(eq(messages.id, first.message.id)),
      );
      return rows.map((row) => [
        row.outdated,
        row.madeFrom.facts?.evidence.some((line) => line.includes(WORD)),
      ]);
    };
    expect(await outdated()).toEqual([[[], true]]);
    await greenflag.ok("update_document", remove(letter, there));
    expect(await outdated()).toEqual([[["evidence"], false]]);
  });

  it("only for a reason, which speaks of no protected attribute", async () => {
    const { greenflag, letter } = await begin({ scored: false });
    expect(await greenflag.refused("update_document", remove(letter, { reason: " " }))).toMatch(/^reason: /);
    const unlawful = remove(letter, { reason: "She is pregnant" });
    expect(await greenflag.refused("update_document", unlawful)).toMatch(/protected attribute/);
    expect(await idsOf(greenflag, "MLE-1")).toContain(letter);
  });

  it("and again changes nothing; anything else about it is a conflict that names what is left", async () => {
    const { greenflag, letter } = await begin({ scored: false });
    await greenflag.ok("update_document", remove(letter));
    const again = await greenflag.ok("update_document", remove(letter));
    expect(again).toMatchObject({ document: { id: letter }, removed: true, stale: [] });
    const [resume] = await idsOf(greenflag, "MLE-1");
    const late = { application: "MLE-1", document: letter, own_words: false };
    const refusal = await greenflag.refused("update_document", late);
    expect(refusal).toContain("it was removed");
    expect(refusal).toContain(`${resume} (resume)`);
  });

  it("that others wrote about the panel only where the caller may read it", async () => {
    const { store, ada } = await startPanel(await database.workspace());
    const note = { application: "MLE-1", kind: "note", text: "Doubts about the kestrel." };
    const { document } = await ada.ok("add_document", note);
    await setAccess(store, GRACE, "hiring_manager");
    const manager = await start({ store, member: GRACE, clock: ada.clock });
    for (const change of [
      { remove: true, reason: "Mine" },
      { move_to: "MLE-2" },
      { text: "Nothing." },
      { own_words: false },
    ]) {
      await ada.call("add_candidate", { role: "MLE", name: "Other", email: "other@example.test" });
      const wanted = { application: "MLE-1", document: document.id, ...change };
      const refusal = await manager.refused("update_document", wanted);
      expect(refusal).toContain("is not known");
      expect(refusal).not.toContain("note");
    }
    expect(await idsOf(ada, "MLE-1")).toContain(document.id);
    await ada.ok("update_document", remove(document.id, { reason: "The kestrel was another bird" }));
    const seen = await manager.call("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(seen.text).not.toContain("kestrel");
    expect((await ada.call("get_candidate", { application: "MLE-1", include: ["history"] })).text).toContain(
      "kestrel",
    );
    expect(await manager.refused("update_document", remove(document.id))).toContain("is not known");
  });

  it("or moves or replaces it only as a recruiter or above; whose words it holds an interviewer may say", async () => {
    const { store, ada, grace } = await startPanel(await database.workspace());
    const [resume = ""] = await idsOf(ada, "MLE-1");
    for (const change of [{ remove: true, reason: "Test" }, { move_to: "MLE-2" }, { text: "Other words." }]) {
      const refusal = await grace.refused("update_document", {
        application: "MLE-1",
        document: resume,
        ...change,
      });
      expect(refusal).toMatch(/interviewer access, which does not allow this: to move, replace or remove/);
    }
    await addMember(store, "viewer@example.test", "viewer");
    const viewer = await start({ store, member: "viewer@example.test", clock: ada.clock });
    const said = { application: "MLE-1", document: resume, own_words: false };
    const removal = { application: "MLE-1", document: resume, remove: true, reason: "Test" };
    expect(await viewer.refused("update_document", removal)).toMatch(
      /does not allow this: to move, replace or remove a document.*It takes admin or hiring_manager or recruiter;/s,
    );
    expect(await viewer.refused("update_document", said)).toMatch(
      /does not allow update_document.*It takes admin or hiring_manager or recruiter or interviewer;/s,
    );
    expect(await grace.ok("update_document", said)).toMatchObject({ document: { own_words: false } });
  });
});
