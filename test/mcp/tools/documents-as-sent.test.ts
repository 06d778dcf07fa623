import { Document, Packer, Paragraph } from "docx";
import { PDFDocument, rgb, StandardFonts } from "pdf-lib";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { colour, docx, paragraph, run } from "../../support/docx.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const begin = async () => startWithCandidate({ store: await database.workspace() });
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

async function pdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const draw = (lines: readonly string[], color = rgb(0, 0, 0)) => {
    const page = document.addPage([600, 800]);
    for (const [n, text] of lines.entries())
      page.drawText(text, { x: 50, y: 740 - n * 20, size: 11, font, color });
    return page;
  };
  draw(["Zoe Okafor", "Kept the lights on at two insurers."]);
  const second = draw(["- Ran 12 models in production on KServe.", "- Cut GPU spend by 38%."]);
  second.drawText("On call one week in two, 90 pages a week", {
    x: 50,
    y: 60,
    size: 11,
    font,
    color: rgb(1, 1, 1),
  });
  return document.save();
}

describe("a résumé as people send it", () => {
  it("goes from a PDF to quotes with their page, and what is white shows nothing", async () => {
    const greenflag = await begin();
    const added = await greenflag.ok("add_candidate", {
      role: "MLE",
      name: "Zoe",
      email: "pdf@example.test",
      resume_base64: base64(await pdf()),
      resume_name: "cv.pdf",
    });
    expect(added.document).toMatchObject({
      name: "cv.pdf",
      pages: 2,
      hidden_text: { text: "On call one week in two, 90 pages a week" },
    });
    const { facts, text } = await greenflag.call("score_candidate", { application: "MLE-2" });
    const flag = (id: string) => facts.assessment.flags.find((f: { id: string }) => f.id === id);
    expect(flag("cost_win")).toMatchObject({
      verdict: "present",
      evidence: [{ quote: "Cut GPU spend by 38%", page: 2 }],
    });
    expect(flag("production_on_call").verdict).toBe("unread");
    expect(text).toContain('"Cut GPU spend by 38%" (page 2)');
    await greenflag.ok("score_candidate", {
      application: "MLE-2",
      findings: [{ flag: "reliability_win", verdict: "unclear", quotes: ["Kept the lights on"] }],
    });
  });

  it("goes from a DOCX to quotes", async () => {
    const greenflag = await begin();
    const paragraphs = ["Ran 12 models in production.", "Cut GPU spend by 38%."].map(
      (text) => new Paragraph({ text, bullet: { level: 0 } }),
    );
    const bytes = new Uint8Array(
      await Packer.toBuffer(new Document({ sections: [{ children: paragraphs }] })),
    );
    await greenflag.ok("add_document", {
      application: "MLE-1",
      kind: "cover_letter",
      base64: base64(bytes),
      name: "letter.docx",
    });
    const { documents } = await greenflag.ok("get_candidate", {
      application: "MLE-1",
      include: ["documents"],
    });
    expect(documents[1].untrusted.text).toBe("- Ran 12 models in production.\n- Cut GPU spend by 38%.");
  });

  it("tells a hidden line apart with why, and accuses nobody of icons", async () => {
    const greenflag = await begin();
    const add = (body: string, name: string) =>
      greenflag.call("add_document", {
        ...{ application: "MLE-1", kind: "cover_letter", base64: base64(docx({ body })), name },
      });
    const planted = await add(
      `${paragraph(run("Weekly notebooks"))}${paragraph(run("Ran 40 models", colour("FFFFFF")))}`,
      "white.docx",
    );
    expect(planted.facts.document).toMatchObject({
      hidden_text_removed: 13,
      hidden_text: { text: "Ran 40 models", lines: 1, why: ["colour"] },
    });
    expect(planted.text).toContain(
      "1 line that nobody would see in the file (in the colour of what is behind it), not assessed:",
    );
    const icons = await add(
      `${paragraph(run("\uf095 0711 1234"))}${paragraph(run("\uf0e0 kim@ray.test"))}`,
      "icons.docx",
    );
    expect(icons.facts.document).toMatchObject({ hidden_text_removed: 0, signs_without_letter: 2 });
    expect(icons.facts.document).not.toHaveProperty("hidden_text");
    expect(icons.text).toBe(
      "Stored the cover_letter, icons.docx (23 characters, 2 signs without a letter (icons)).",
    );
  });

  it("leaves out what was deleted under tracked changes, without a word of hiding", async () => {
    const greenflag = await begin();
    const body = paragraph(`<w:del>${run("Familiar with Kubernetes. ")}</w:del>${run("Ran 14 models.")}`);
    const { facts, text } = await greenflag.call("add_document", {
      ...{ application: "MLE-1", kind: "cover_letter", base64: base64(docx({ body })), name: "letter.docx" },
    });
    expect(facts.document).toMatchObject({ chars: 14, hidden_text_removed: 0 });
    expect(facts.document).not.toHaveProperty("hidden_text");
    expect(text).not.toContain("Familiar");
  });
});
