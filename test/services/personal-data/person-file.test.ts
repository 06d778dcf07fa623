import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it, onTestFinished } from "vitest";
import { leftOutLines } from "../../../src/commands/export-person.ts";
import { personPage } from "../../../src/commands/person-page.ts";
import { withFileNames } from "../../../src/commands/person-to-hand-out.ts";
import type { Store } from "../../../src/store/store.ts";
import { applications, documents, importedRecords, members, originals } from "../../../src/store/tables.ts";
import { safeFileName, writeFolder } from "../../../src/transfer/person/write-folder.ts";
import { useDatabase } from "../../support/database.ts";
import { start as startHarness } from "../../support/harness.ts";
import { addMember, GRACE } from "../../support/panel.ts";
import { seeded } from "../../support/seeded.ts";
import { servicesOn } from "../../support/services.ts";

const database = useDatabase();
const HOSTILE = `<script>alert(1)</script> "quoted" & 'single' \u202etxt.exe`;
const RESUME = `# Zoë Okafor\n- Ran 12 models in production on KServe 0.13. ${HOSTILE}\n`;
const PEOPLE = [
  { name: "Zoë Okafor", email: "zoe@example.test", resume: RESUME },
  { name: "Mai Tran", email: "mai@example.test", resume: "Mai ran 3 models in production." },
];
const RITA = "rita@example.test";

/** A candidate of whom there is something of every kind on record, and another one beside them. */
async function filled() {
  const store = await seeded(await database.workspace(), PEOPLE);
  const clock = { now: new Date("2026-11-24T09:00:00Z") };
  await addMember(store, GRACE, "interviewer");
  await addMember(store, RITA, "recruiter");
  await rename(store, RITA, "Rita Recruiter");
  const ada = await startHarness({ store, clock });
  const rita = await startHarness({ store, clock, member: RITA });
  const zoe = { application: "MLE-1" };
  const note = `Stronger than Mai Tran, says Rita Recruiter (${RITA}). ${HOSTILE}`;
  await rita.ok("add_document", { ...zoe, kind: "note", text: note });
  await ada.ok("update_candidate", {
    ...zoe,
    phone: "+351 911 000 111",
    referred_by: "Ines Referrer",
    tags: ["serving"],
  });
  await ada.ok("score_candidate", { ...zoe });
  await rita.ok("draft_outreach", { ...zoe, purpose: "status_update" });
  const reason = "Rita Recruiter found no on-call experience.";
  await ada.agreed("move_candidate", { ...zoe, to: "rejected", reason });
  await imported(store);
  const { services, start } = servicesOn(store, clock);
  await services.consents.record(await start(), { ...zoe, until: "2027-11-24", how: "mail of 24 November" });
  await services.holds.place(await start(), { ...zoe, reason: "SECRET: she may sue." });
  await ada.close();
  await rita.close();
  return { store, clock, services, start };
}

const rename = (store: Store, email: string, name: string) =>
  store.write(new AbortController().signal, async (tx) => {
    await tx.update(members).set({ name }).where(eq(members.email, email));
  });

const imported = (store: Store) =>
  store.write(new AbortController().signal, async (tx) => {
    const { workspaceId } = store;
    const [own] = await tx
      .select()
      .from(applications)
      .where(eq(applications.workspaceId, workspaceId))
      .orderBy(applications.ref);
    const [by] = await tx.select().from(members).where(eq(members.workspaceId, workspaceId));
    const [resume] = own ? await tx.select().from(documents).where(eq(documents.applicationId, own.id)) : [];
    if (!own || !by || !resume) throw new Error("nothing to add to");
    await tx.insert(importedRecords).values({
      ...{
        workspaceId,
        id: uuidv7(),
        applicationId: own.id,
        kind: "note" as const,
        text: "Good in the first talk.",
      },
      ...{
        author: "Old Colleague",
        source: "greenhouse",
        importedBy: by.id,
        importedAt: new Date("2026-11-01T09:00:00Z"),
      },
    });
    await tx.insert(originals).values({
      ...{
        workspaceId,
        id: resume.id,
        applicationId: own.id,
        extension: ".pdf",
        bytes: Buffer.from("%PDF-1.7"),
        reader: 1,
      },
    });
  });

const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), "greenflag-person-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};

describe("what a candidate is owed of their own record", () => {
  it("holds everything of theirs, with where it came from, and nothing of another person", async () => {
    const { services, start } = await filled();
    const loaded = await services.personFiles.load(await start(), "MLE-1");
    const { person, originals: files } = withFileNames(loaded);
    const json = JSON.stringify(person);
    const html = personPage(person);
    for (const words of [
      "Zoë Okafor",
      "zoe@example.test",
      "+351 911 000 111",
      "Ran 12 models in production",
      "Good in the first talk.",
    ]) {
      expect(json).toContain(words);
      expect(html).toContain(words);
    }
    const phone = person.person.fields.find(({ field }) => field === "phone");
    expect(phone).toMatchObject({ source: { how: "changed", at: "2026-11-24T09:00:00.000Z" } });
    const [application] = person.applications;
    expect(application?.documents.map(({ kind }) => kind).toSorted()).toEqual(["note", "resume"]);
    expect(application?.messages).toMatchObject([{ purpose: "status_update" }]);
    expect(application?.assessments).toHaveLength(1);
    expect(application?.decisions).toHaveLength(1);
    // The rejection is a decision, and not told again as a move.
    expect(application?.history).toEqual([]);
    expect(application?.log.length).toBeGreaterThan(3);
    expect(person.automated_decisions).toBe("none");
    expect(person.consents).toMatchObject([{ until: "2027-11-24" }]);
    expect(files).toMatchObject([
      { path: expect.stringMatching(/^files\/1-[A-Za-z0-9-]+\.pdf$/), application: "MLE-1" },
    ]);
    for (const other of [
      "Mai",
      "mai@example.test",
      "Rita",
      RITA,
      "Ines Referrer",
      "Old Colleague",
      "Mai ran 3",
    ]) {
      expect(json).not.toContain(other);
      expect(html).not.toContain(other);
    }
    expect(json).toContain("Stronger than another candidate, says recruiter 1 (recruiter 1)");
    expect(json).toContain("recruiter 1 found no on-call experience.");
    // Whether, and not why.
    expect(json).not.toContain("SECRET");
    expect(html).toContain("It may not be erased for now");
    expect(leftOutLines(loaded.left_out)).toEqual([
      "MLE-1: who referred them is on record, and is not in it.",
    ]);
  });

  it("is a page without scripts that loads nothing, in which every word is only text", async () => {
    const { services, start } = await filled();
    const { person } = withFileNames(await services.personFiles.load(await start(), "MLE-1"));
    const html = personPage(person);
    expect(html).not.toMatch(/<script|<img|<iframe|<link|\son[a-z]+=|javascript:|\u202e/i);
    expect(html).toContain(
      "&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &amp; &#39;single&#39; \ufffdtxt.exe",
    );
    expect(html).toContain("default-src 'none'");
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      expect.stringMatching(/^files\//),
    ]);
  });

  it("says that it is not whole where the member who makes it may not see a colleague's words", async () => {
    const { store, clock, services, start } = await filled();
    const ada = await startHarness({ store, clock });
    await ada.ok("add_candidate", {
      role: "MLE",
      name: "Kim Seo",
      email: "kim@example.test",
      resume_text: "Ran 2 models.",
    });
    await ada.ok("update_role", { role: "MLE", panel: [{ round: "screen", members: ["ada@example.test"] }] });
    const loaded = await services.personFiles.load(await start(), "MLE-3");
    expect(leftOutLines(loaded.left_out)[0]).toMatch(
      /^MLE-3: not in it, because you may not see them yet: scorecards/,
    );
    await ada.close();
  });

  it("is written whole or not at all", async () => {
    const at = await folder();
    const content = async () => "words";
    const fails = async () => {
      throw Object.assign(new Error("no room"), { code: "ENOSPC" });
    };
    const target = join(at, "zoe");
    await expect(
      writeFolder(target, [
        { path: "index.html", content },
        { path: "files/1-cv.pdf", content: fails },
      ]),
    ).rejects.toThrow(/the disk is full\. Nothing was written/);
    expect(await readdir(at)).toEqual([]);
    await writeFolder(target, [{ path: "files/1-cv.pdf", content }]);
    expect(await readFile(join(target, "files", "1-cv.pdf"), "utf8")).toBe("words");
    await expect(writeFolder(target, [{ path: "x", content }])).rejects.toThrow(/something is at .* already/);
    await writeFile(join(at, "file"), "");
    await expect(writeFolder(join(at, "file", "zoe"), [{ path: "x", content }])).rejects.toThrow(
      /Nothing was written/,
    );
  });

  it.each([
    ["../../etc/passwd", ".pdf", "etc-passwd.pdf"],
    ["Lebenslauf Zoë.pdf", ".pdf", "Lebenslauf-Zoe.pdf"],
    ["CON:<>|", ".docx", "CON.docx"],
    ["看護師", "", "file"],
    ["x", ".p/../f", "x"],
  ])("gives a file that is called %j a safe name", (name, extension, safe) => {
    expect(safeFileName(name, extension)).toBe(safe);
  });
});
