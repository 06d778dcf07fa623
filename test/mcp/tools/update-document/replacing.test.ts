import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../../src/catalog/load.ts";
import { teamDirectory } from "../../../catalog/team-directory.ts";
import { useDatabase } from "../../../support/database.ts";
import { start } from "../../../support/harness.ts";
import { idsOf, LINE, tablesWith, useTwo } from "./set-up.ts";

const begin = useTwo();
const NEWER = `${LINE} Now 44 models.`;

describe("update_document replaces a document", () => {
  it("by another text under an id of its own, which keeps kind and name", async () => {
    const { greenflag, store, letter } = await begin();
    const { facts, text } = await greenflag.call("update_document", {
      ...{
        application: "MLE-1",
        document: letter,
        text: "I cut the bill by 12%, from $100k to $88k a month.",
      },
    });
    expect(facts).toMatchObject({
      document: { kind: "cover_letter", name: "letter.docx" },
      replaced: letter,
      stale: [{ application: "MLE-1", why: "document_replaced" }],
    });
    expect(facts.document.id).not.toBe(letter);
    expect(text).toContain(facts.document.id);
    expect(text).toContain(letter);
    expect(await idsOf(greenflag, "MLE-1")).toEqual([expect.any(String), facts.document.id]);
    expect(await tablesWith(store, "Wolkenheim")).toEqual([]);
    const { changes } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(changes).toMatchObject([
      { field: "document", before: "cover_letter, letter.docx", after: "cover_letter, letter.docx" },
    ]);
  });

  it("and a reading whose words stand in the new text too is there again once it is scored", async () => {
    const { greenflag, letter } = await begin();
    const finding = { flag: "reliability_win", verdict: "present", quotes: [LINE], note: "They say so." };
    await greenflag.ok("score_candidate", { application: "MLE-1", findings: [finding] });
    const { document } = await greenflag.ok("update_document", {
      ...{ application: "MLE-1", document: letter, text: NEWER, name: "letter-2.txt" },
    });
    expect(document.name).toBe("letter-2.txt");
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    const { assessment } = await greenflag.ok("get_candidate", {
      application: "MLE-1",
      include: ["assessment"],
    });
    const flag = assessment.flags.find(({ id }) => id === "reliability_win");
    expect(flag).toMatchObject({
      by: "assistant",
      verdict: "present",
      evidence: [{ document: document.id }],
    });
  });

  it("by what it says already, or a second time: nothing changes", async () => {
    const { greenflag, letter } = await begin();
    const wanted = { application: "MLE-1", document: letter };
    expect(await greenflag.ok("update_document", { ...wanted, text: LINE })).toMatchObject({
      document: { id: letter },
      stale: [],
    });
    const { document } = await greenflag.ok("update_document", { ...wanted, text: NEWER });
    const again = await greenflag.ok("update_document", { ...wanted, text: NEWER });
    expect(again).toMatchObject({ document: { id: document.id }, replaced: letter, stale: [] });
    expect(await greenflag.refused("update_document", { ...wanted, text: "Third." })).toContain(
      "another one has taken its place",
    );
  });

  it("not by a text that another document has", async () => {
    const { greenflag, letter } = await begin({ scored: false });
    await greenflag.ok("add_document", { application: "MLE-1", kind: "cover_letter", text: NEWER });
    const wanted = { application: "MLE-1", document: letter, text: NEWER };
    expect(await greenflag.refused("update_document", wanted)).toMatch(/this text is there already, as /);
    expect(await idsOf(greenflag, "MLE-1")).toContain(letter);
  });

  it.each([
    [{}, /nothing to change was given/],
    [{ remove: false }, /nothing to change was given/],
    [{ move_to: "MLE-2", own_words: false }, /own_words: not together with move_to/],
    [{ text: "A", base64: "QQ==" }, /give only one of them/],
    [{ name: "a.pdf", own_words: false }, /name: only with new content/],
    [{ file: "/etc/hostname" }, /file: /],
    [{ document: "letter.docx", text: "A" }, /Allowed: [0-9a-f-]{36} \(resume\)/],
  ])("%j is refused, and says what may be given", async (change, message) => {
    const { greenflag, letter } = await begin({ scored: false });
    const wanted = { application: "MLE-1", document: letter, ...change };
    expect(await greenflag.refused("update_document", wanted)).toMatch(message);
    expect(await idsOf(greenflag, "MLE-1")).toContain(letter);
  });
});

const TEMPLATE = `
id: own
title: Own
stages:
  - { id: applied, name: Applied, kind: application, goal_days: 3, gate: [] }
  - { id: offer, name: Offer, kind: offer, goal_days: 5, gate: [] }
rubric:
  flags:
    - id: boats_sold
      label: Boats sold
      polarity: green
      definition: How many boats they sold.
      examples: { yes: "Sold 14 boats.", no: "Loves boats." }
      weight: 2
`;

describe("a changed rubric", () => {
  const database = useDatabase();
  const catalogOf = (template: string) => loadCatalog({ directory: teamDirectory({ "own.yaml": template }) });

  it("makes the assessments that were made by another one stale, without a write", async () => {
    const store = await database.workspace();
    const before = await start({ store, catalog: catalogOf(TEMPLATE) });
    await before.ok("open_role", { template: "own", level: "mid", location: "Leeds" });
    await before.ok("add_candidate", {
      ...{ role: "OWN", name: "Kim Sato", email: "kim@example.test", resume_text: "Sold 14 boats." },
    });
    const { applications } = await before.ok("find_candidates", {});
    const { ref: application } = applications[0];
    await before.ok("score_candidate", { application });
    const read = await before.ok("get_candidate", { application });
    expect(read.assessment).not.toHaveProperty("stale_why");

    const after = await start({ store, catalog: catalogOf(TEMPLATE.replace("weight: 2", "weight: 3")) });
    const { facts, text } = await after.call("get_candidate", { application });
    expect(facts.assessment).toMatchObject({ stale_why: "rubric_changed" });
    expect(facts.assessment).not.toHaveProperty("stale_at");
    expect(text).toContain("Stale: the rubric has changed; score_candidate assesses anew.");
    expect((await before.ok("get_candidate", { application })).assessment).not.toHaveProperty("stale_why");
    const listed = await after.call("find_candidates", {});
    expect(listed.facts.applications).toMatchObject([{ stale_why: "rubric_changed" }]);
    expect(listed.text).toContain("  Stale: the rubric has changed; score_candidate assesses anew.");
    const rejection = { application, to: "rejected", reason: "Another was closer" };
    expect((await after.ok("move_candidate", rejection)).confirmation.summary).toContain(
      "The assessment is stale: the rubric has changed; score_candidate assesses anew.",
    );
    expect((await after.ok("score_candidate", { application })).note).toContain("the rubric has changed");
    expect((await after.ok("get_candidate", { application })).assessment).not.toHaveProperty("stale_why");
    expect((await after.ok("score_candidate", { application })).note).toContain("Nothing has changed");
  });
});
