import { describe, expect, it } from "vitest";
import { loadMailWords } from "../../../src/catalog/mail-words.ts";
import { findQuote } from "../../../src/domain/evidence/quote.ts";
import { bareWords, GAP, splitMail } from "../../../src/domain/mail/split.ts";
import { cpuMs } from "../../support/cpu.ts";

const words = loadMailWords();
const split = (text: string, ours = "") => splitMail(text, words, ours);
/** What is left of a mail, line by line. */
const left = (text: string) =>
  split(text)
    .text.split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== GAP);
const apart = (text: string) => split(text).apart.map((passage) => passage.what);

const MINE = "I cut GPU spend by 38%.";
const OURS = "p99 latency of the ranking endpoint from 420 ms to under 150 ms by June";

const under = (...lines: string[]) => [MINE, "", ...lines].join("\n");

/** Mails as programs write them; only `MINE` is the sender's own. */
const QUOTING: Record<string, string> = {
  "marked lines": `${MINE}\n\n> ${OURS}\n>> ${OURS}\n  > ${OURS}`,
  Gmail: under(
    "On Mon, Nov 30, 2026 at 9:00 AM Ada (ada@example.test) wrote:",
    "",
    `> ${OURS}`,
    ">",
    `> ${OURS}`,
    "",
  ),
  "Gmail, an intro in two lines": under(
    "On Mon, Nov 30, 2026 at 9:00 AM Ada Lovelace of Example",
    " wrote:",
    "",
    `> ${OURS}`,
  ),
  "Gmail, copied without marks": under(
    "On Mon, 30 Nov 2026 at 09:00, Ada  wrote:",
    "",
    OURS,
    "",
    `- ${OURS}`,
    "",
  ),
  "Gmail, German": `${MINE}\n\nAm Mo., 30. Nov. 2026 um 09:00 Uhr schrieb Ada :\n\n${OURS}`,
  "Gmail, French": `${MINE}\n\nLe lun. 30 nov. 2026 à 09:00, Ada  a écrit\u00a0:\n\n${OURS}`,
  "Gmail, Spanish": `${MINE}\n\nEl lun, 30 nov 2026 a las 9:00, Ada () escribió:\n\n${OURS}`,
  "Gmail, forwarded": under(
    "---------- Forwarded message ---------",
    "From: Ada ",
    "Date: Mon, Nov 30, 2026",
    "Subject: Role",
    "To: Kim",
    "",
    OURS,
  ),
  "Thunderbird, German": `${MINE}\n\nAm 30.11.26 um 09:00 schrieb Ada Lovelace:\n> ${OURS}`,
  "a web mailer": `${MINE}\n\nAda Lovelace schrieb am 30.11.2026 09:00:\n\n${OURS}`,
  "Apple Mail": `${MINE}\n\nOn 30 Nov 2026, at 09:00, Ada  wrote:\n\n\n${OURS}`,
  "Apple Mail, forwarded": under(
    "Begin forwarded message:",
    "",
    "From: Ada",
    "Subject: Role",
    "Date: 30 November 2026",
    "To: Kim",
    "",
    OURS,
  ),
  Outlook: `${MINE}\n\n-----Original Message-----\nFrom: Ada\n\n- ${OURS}\n`,
  "Outlook, Windows lines": `${MINE}\r\n\r\n-----Original Message-----\r\nFrom: Ada\r\n\r\n- ${OURS}\r\n`,
  "Outlook, German": `${MINE}\n\n-----Ursprüngliche Nachricht-----\nVon: Ada\nGesendet: Montag\n\n${OURS}`,
  "Outlook, French": `${MINE}\n\n-----Message d’origine-----\nDe : Ada\n\n${OURS}`,
  "Outlook, Spanish": `${MINE}\n\n-----Mensaje original-----\nDe: Ada\n\n${OURS}`,
  "Outlook, headers alone": under(
    "________________________________",
    "From: Ada Lovelace",
    "Sent: Monday, November 30, 2026 9:00 AM",
    "To: Kim Ray",
    "Subject: Role",
    "",
    OURS,
  ),
  "Outlook, headers in bold": `${MINE}\n\n*From:* Ada\n*Sent:* Monday\n*To:* Kim\n*Subject:* Role\n${OURS}`,
  "Outlook, headers set apart": `${MINE}\n\nFrom: Ada\n\nSent: Monday\n\nTo: Kim\n\nSubject: Role\n\n${OURS}`,
  "Outlook, German headers": under(
    "Von: Ada",
    "Gesendet: Montag, 30. November 2026",
    "An: Kim",
    "Betreff: Rolle",
    "",
    OURS,
  ),
  "Outlook, Spanish headers": under(
    "De: Ada",
    "Enviado el: lunes, 30 de noviembre",
    "Para: Kim",
    "Asunto: Puesto",
    "",
    OURS,
  ),
  "a sender alone": `${MINE}\n\nFrom: Ada (ada@example.test)\n\n${OURS}`,
  "Outlook, marked": `--- Original Message ---\nFrom: Ada\nSubject: Role\n\n> ${OURS}\n\n${MINE}`,
  "headers in one line": `${MINE}\n\n-----Original Message----- From: Ada Sent: Monday\n\n${OURS}`,
  "an intro without a date": `${MINE}\n\nAda (ada@example.test) wrote:\n\n${OURS}`,
  Zoho: `${MINE}\n\n---- On Mon, 30 Nov 2026 09:00:00 +0100 Ada  wrote ----\n\n${OURS}`,
};

/** Texts in which every word is the sender's own. */
const OWN: Record<string, string> = {
  "a plain letter": `${MINE}\n\n- On call 1 week in 6\n- 12 models`,
  "what I wrote": `On 12 May 2023 I wrote:\n\n- a runbook\n\nAm 12. Mai 2023 schrieb ich zwei:\n\n${MINE}`,
  "times that suit": `Date: Thursday\nFrom: 10:00\nTo: 11:00\n\n${MINE}`,
  "a list of skills": `Data: Spark, Airflow\nDe facto: ${MINE}`,
  "wrapped sentences": `On 30 November 2026 the postmortem that I wrote\nwas read by 40 people: it says how.`,
  "an original idea": `The original message of our paper stands: ${MINE}`,
};

describe("splitMail", () => {
  it.each(Object.entries(QUOTING))("keeps apart what is quoted by %s", (_name, text) => {
    expect(left(text)).toEqual([MINE]);
    const passages = split(text).apart.map((passage) => passage.text);
    expect(passages.join("\n")).toContain(OURS);
    for (const passage of passages) expect(text.replace(/\r/g, "")).toContain(passage);
  });

  it.each(Object.entries(OWN))("leaves %s as it is", (_name, text) => {
    expect(split(text)).toMatchObject({ text, apart: [] });
  });

  it("keeps answers that stand between and below marked lines", () => {
    const intro = "On Mon, Nov 30, 2026 at 9:00 AM Ada wrote:";
    const text = `Hello.\n\n${intro}\n\n> Are you on call?\nOne week in six.\n> ${OURS}\n\n${MINE}`;
    expect(left(text)).toEqual(["Hello.", "One week in six.", MINE]);
  });

  it("marks where others' words stood, so that nothing runs across", () => {
    const text = `> ${OURS}\n\nYes.\n> Are you on call?\nOne week in six.\n\n> ${OURS}`;
    expect(split(text).text).toBe(`${GAP}\n\nYes.\n\n${GAP}\n\nOne week in six.`);
    expect(split(text).apart).toHaveLength(3);
    expect(split(`> ${OURS}`)).toMatchObject({ text: GAP, own: "" });
  });

  it("keeps the sender's headers, and tells the subject that they answer", () => {
    const text = `From: Kim <kim@mail.test>\nTo: Ada\nSubject: %\n\n${MINE}`;
    const answer = text.replace("%", `AW: ${OURS}\n ${OURS}`);
    const { answeredSubject, from, text: stored } = split(answer);
    expect([stored, from]).toEqual([answer, "kim@mail.test"]);
    expect(stored.slice(answeredSubject?.start, answeredSubject?.end)).toBe(`Subject: AW: ${OURS}\n ${OURS}`);
    expect(split(text)).toMatchObject({ text, answeredSubject: undefined });
  });

  it.each([
    ["English", `From: "Ada Lovelace" (ADA@example.test)\nTo: Kim\n\n${OURS}`],
    ["German", `Von: Ada [mailto:ada@example.test]\nGesendet: Montag\nAn: Kim\n\n${OURS}`],
    ["bare and folded", `From:\n ada@example.test\nTo: kim@mail.test\n\n${OURS}`],
    ["called otherwise", `From: "kim@mail.test" <ada@example.test>\nTo: kim@mail.test\n\n${OURS}`],
  ])("reads the sender's address: %s", (_name, text) => {
    expect(split(text)).toMatchObject({ from: "ada@example.test", text });
  });

  it.each([
    ["below two dashes", `${MINE}\n\n-- \nKim Ray\nStaff engineer, 12 models`, ["signature"]],
    ["of a telephone", `${MINE}\n\nSent from my iPhone`, ["signature"]],
    ["of a telephone, German", `${MINE}\n\nVon meinem iPhone gesendet`, ["signature"]],
    [
      "above what is quoted",
      `${MINE}\n-- \nKim\n\nOn 1 May 2026, Ada wrote:\n> ${OURS}`,
      ["signature", "quoted"],
    ],
    ["of a program", `${MINE}\n\nGet Outlook for iOS<https://aka.ms/x>`, ["signature"]],
  ])("keeps a signature apart: %s", (_name, text, kinds) => {
    expect(left(text)).toEqual([MINE]);
    expect(apart(text)).toEqual(kinds);
  });

  it.each([
    ["two dashes above many lines", `Hello.\n--\n${`${MINE}\n`.repeat(11)}`],
    ["a sentence like a telephone's", `${MINE}\nSent from my desk, since I am back.`],
    ["a rule of Markdown", `${MINE}\n\n---\n\n12 models.`],
  ])("takes no signature for what is none: %s", (_name, text) => {
    expect(apart(text)).toEqual([]);
  });

  it("tells what is handed on from what is answered", () => {
    const block = `From: Ada <ada@example.test>\nSubject: Role\n\n${OURS}`;
    expect(apart(`${MINE}\n\n---------- Forwarded message ---------\n${block}`)).toEqual(["forwarded"]);
    expect(apart(`Subject: Fwd: Role\nFrom: kim@mail.test\n\n${MINE}\n\n${block}`)).toEqual(["forwarded"]);
    expect(apart(`${MINE}\n\n${block}`)).toEqual(["quoted"]);
  });

  it("keeps apart lines that repeat our message, though nothing marks them", () => {
    const ours = bareWords(`Hi Kim,\n\n- ${OURS}\nOn call: 1 week in 6, about 2 pages a week`);
    const text = `${OURS}\n${MINE}\nOn call: 1 week in 6, about\n2 pages a week`;
    const { own, apart: passages } = split(text, ours);
    expect(own).toBe(`${GAP}\n\n${MINE}`);
    const lines = "On call: 1 week in 6, about\n2 pages a week";
    expect(passages.map((passage) => passage.text)).toEqual([OURS, lines]);
  });

  it("reads the longest mail at once, however it is made", () => {
    const parts = ["On 1 ", "Am 1 schrieb ", "From: a\n", "From: a@b.c\n> ", "-----\n", "> \n\n", "\n", "@"];
    const made = parts.map((part) => part.repeat(200_000 / part.length));
    const ordinary = cpuMs(() => split("Yes, of course, and see you on Tuesday.\n".repeat(5_000)));
    for (const text of [...made, `From: ${"a".repeat(200_000)}`])
      expect(cpuMs(() => split(text)) / ordinary, text.slice(0, 20)).toBeLessThan(100);
  });
});

describe("findQuote", () => {
  const text = `Yes, of course.\n> ${OURS}\nOne week in six.\n\n> One week in six.`;
  const mail = [{ id: "d", kind: "email" as const, name: "d", ...split(text) }];

  it("gives the place of the candidate's words in the text as it is stored", () => {
    expect(findQuote("One week in six.", mail)).toMatchObject({
      start: split(text).text.indexOf("One week"),
    });
  });

  it.each([
    ["quoted lines", OURS, /not the candidate's own words/],
    ["their own and quoted lines at once", `course. > ${OURS}`, /does not stand/],
    ["lines with quoted ones between them", "of course. One week", /does not stand/],
  ])("refuses %s", (_name, quote, message) => {
    expect(findQuote(quote, mail)).toMatchObject({ message: expect.stringMatching(message) });
  });
});
