import { describe, expect, it } from "vitest";
import { confirm, draft, FROM, look, useMail } from "../../../support/mail.ts";
import { idsOf } from "./set-up.ts";

const { smtp, begin } = await useMail();
type Greenflag = Awaited<ReturnType<typeof begin>>["greenflag"];
const REFEREE = "Zoë brought p99 of the ranking endpoint from 9 s to 1 s, says her manager.";
const flagOf = async (greenflag: Greenflag, id: string) => {
  await greenflag.ok("score_candidate", { application: "MLE-1" });
  const { assessment } = await greenflag.ok("get_candidate", {
    application: "MLE-1",
    include: ["assessment"],
  });
  return assessment.flags.find((flag) => flag.id === id).verdict;
};
const mail = (from: string, more = "") =>
  `From: ${from}\nTo: Ada <ada@example.test>\n${more}Subject: Re: Where we are\n\nI moved 31 models to KServe 0.13.\n`;
const addMail = (greenflag: Greenflag, text: string) =>
  greenflag.ok("add_document", { application: "MLE-1", kind: "email", text });

describe("update_document says whose words a document holds", () => {
  it("a reference letter is no evidence once it is said that it is not the candidate's own", async () => {
    const { greenflag } = await begin();
    const { document } = await greenflag.ok("add_document", {
      ...{ application: "MLE-1", kind: "cover_letter", text: REFEREE },
    });
    expect(await flagOf(greenflag, "reliability_win")).toBe("present");
    const said = { application: "MLE-1", document: document.id, own_words: false };
    const { facts, text } = await greenflag.call("update_document", said);
    expect(facts).toMatchObject({
      document: { own_words: false },
      stale: [{ application: "MLE-1", why: "author_stated" }],
    });
    expect(text).toContain("Not the candidate's own words");
    expect(await flagOf(greenflag, "reliability_win")).not.toBe("present");
    const finding = {
      flag: "reliability_win",
      verdict: "present",
      quotes: [REFEREE.slice(0, 60)],
      note: "So",
    };
    const refusal = await greenflag.refused("score_candidate", { application: "MLE-1", findings: [finding] });
    expect(refusal).toContain("stands in a cover_letter, but these are not the candidate's own words");
    const read = await greenflag.call("get_candidate", { application: "MLE-1" });
    expect(read.text).toContain("Not the candidate's own words");
    expect(await greenflag.ok("update_document", said)).toMatchObject({ stale: [], note: expect.anything() });
    await greenflag.ok("update_document", { ...said, own_words: true });
    expect(await flagOf(greenflag, "reliability_win")).toBe("present");
    const { changes } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(changes).toMatchObject([
      { field: "own_words", before: true, after: false },
      { field: "own_words", before: false, after: true },
    ]);
  });

  it("a stranger's mail is evidence once it is said to be the candidate's, and not where it is the team's", async () => {
    const { greenflag } = await begin();
    const { document } = await addMail(greenflag, mail("Z <z@other.test>"));
    expect(document.mail.author).toBe("unknown");
    const said = { application: "MLE-1", document: document.id };
    const theirs = await greenflag.ok("update_document", { ...said, author: "candidate" });
    expect(theirs).toMatchObject({ document: { mail: { author: "candidate", from: "z@other.test" } } });
    const ours = await greenflag.ok("update_document", { ...said, author: "team" });
    expect(ours).toMatchObject({ document: { mail: { author: "team" } } });
    const { changes } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(changes.map(({ before, after }) => [before, after])).toEqual([
      ["unknown", "candidate"],
      ["candidate", "team"],
    ]);
  });

  it("and not of a note, nor of a mail by own_words, nor of another document by author", async () => {
    const { greenflag } = await begin();
    const [resume] = await idsOf(greenflag, "MLE-1");
    const note = await greenflag.ok("add_document", { application: "MLE-1", kind: "note", text: "Met her." });
    const letter = await addMail(greenflag, mail("Zoe <zoe@example.test>"));
    const refused = (document: string | undefined, more: object) =>
      greenflag.refused("update_document", { application: "MLE-1", document, ...more });
    expect(await refused(note.document.id, { own_words: false })).toMatch(/a note is a member's/);
    expect(await refused(note.document.id, { author: "team" })).toMatch(/only a mail has one/);
    expect(await refused(letter.document.id, { own_words: false })).toMatch(/author says it/);
    expect(await refused(resume, { author: "other" })).toMatch(/own_words: false/);
  });
});

describe("update_document moves a mail", () => {
  it("which answers no message of the first any more, and is whose its sender is there", async () => {
    const { greenflag } = await begin({ mail: { smtpUrl: smtp.url, from: FROM, delay: 0 } });
    const { id } = await draft(greenflag);
    await confirm(greenflag, id);
    await greenflag.dispatcher.runOnce();
    const answer = mail("Zoe <zoe@example.test>", `In-Reply-To: <${id}@acme.example>\n`);
    const { document, in_reply_to } = await addMail(greenflag, answer);
    expect(in_reply_to).toBe(id);
    expect((await look(greenflag, id)).replies).toEqual([document.id]);
    await greenflag.ok("add_candidate", { role: "MLE", name: "Kim Sato", email: "kim@example.test" });
    const moved = await greenflag.ok("update_document", {
      ...{ application: "MLE-1", document: document.id, move_to: "MLE-2" },
    });
    expect(moved).toMatchObject({ document: { mail: { author: "unknown", from: "zoe@example.test" } } });
    expect((await look(greenflag, id)).replies).toEqual([]);
    const back = await greenflag.ok("update_document", {
      ...{ application: "MLE-2", document: document.id, move_to: "MLE-1" },
    });
    expect(back).toMatchObject({ document: { mail: { author: "candidate" } } });
  });
});
