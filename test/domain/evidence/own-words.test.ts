import { describe, expect, it } from "vitest";
import { ownWords } from "../../../src/domain/evidence/own-words.ts";
import { verifyQuote } from "../../../src/domain/evidence/quote.ts";
import { cpuMs } from "../../support/cpu.ts";

const WRITERS = { team: ["ada@example.test", "kim@work.test"], candidate: "kim@work.test" };
const own = (text: string) => ownWords(text, WRITERS);
/** What is left of a mail, line by line. */
const left = (text: string) =>
  own(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

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

describe("ownWords", () => {
  it.each(Object.entries(QUOTING))("leaves out what is quoted by %s", (_name, text) => {
    expect(left(text).filter((line) => !/^_+$/.test(line))).toEqual([MINE]);
    expect(own(text)).toHaveLength(text.length);
    expect(own(text).indexOf(MINE)).toBe(text.indexOf(MINE));
  });

  it.each(Object.entries(OWN))("leaves %s as it is", (_name, text) => {
    expect(own(text)).toBe(text);
  });

  it("keeps answers that stand between and below marked lines", () => {
    const intro = "On Mon, Nov 30, 2026 at 9:00 AM Ada wrote:";
    const text = `Hello.\n\n${intro}\n\n> Are you on call?\nOne week in six.\n> ${OURS}\n\n${MINE}`;
    expect(left(text)).toEqual(["Hello.", "One week in six.", MINE]);
  });

  it("keeps the sender's headers, without the subject that they answer", () => {
    const text = `From: Kim (kim@mail.test)\nTo: Ada\nSubject: %\n\n${MINE}`;
    expect(left(text.replace("%", `AW: ${OURS}\n ${OURS}`))).toEqual([
      "From: Kim (kim@mail.test)",
      "To: Ada",
      MINE,
    ]);
    expect(own(text)).toBe(text);
  });

  it.each([
    ["English", `From: "Ada Lovelace" (ADA@example.test)\nTo: Kim\n\n${OURS}`],
    ["German", `Von: Ada [mailto:ada@example.test]\nGesendet: Montag\nAn: Kim\n\n${OURS}`],
    ["bare and folded", `From:\n ada@example.test\nTo: kim@mail.test\n\n${OURS}`],
  ])("leaves nothing of a member's mail: %s", (_name, text) => {
    expect(left(text)).toEqual([]);
  });

  it.each([
    ["a stranger", "From: Kim (kim@mail.test)"],
    ["a stranger who is called like a member", 'From: "ada@example.test" (kim@mail.test)'],
    ["a member who applies", "From: kim@work.test"],
  ])("leaves the mail of %s as it is", (_name, from) => {
    const text = `${from}\nTo: ada@example.test\n\n${MINE}`;
    expect(own(text)).toBe(text);
  });

  it("reads the longest mail at once, however it is made", () => {
    const parts = ["On 1 ", "Am 1 schrieb ", "From: a\n", "From: a@b.c\n> ", "-----\n", "> \n\n", "\n", "@"];
    const made = parts.map((part) => part.repeat(200_000 / part.length));
    const ordinary = cpuMs(() => own("Yes, of course, and see you on Tuesday.\n".repeat(5_000)));
    for (const text of [...made, `From: ${"a".repeat(200_000)}`])
      expect(cpuMs(() => own(text)) / ordinary, text.slice(0, 20)).toBeLessThan(100);
  });
});

describe("verifyQuote", () => {
  const text = `Yes, of course.\n> ${OURS}\nOne week in six.\n\n> One week in six.`;
  const mail = [{ id: "d", kind: "email" as const, name: "d", text, own: own(text) }];

  it("gives the place of the candidate's words in the text as it is stored", () => {
    expect(verifyQuote("One week in six.", mail)).toMatchObject({ start: text.indexOf("One week") });
  });

  it.each([
    ["quoted lines", OURS, /not the candidate's own words/],
    ["their own and quoted lines at once", `course. > ${OURS}`, /not the candidate's own words/],
    ["lines with quoted ones between them", "of course. One week", /does not stand/],
  ])("refuses %s", (_name, quote, message) => {
    expect(() => verifyQuote(quote, mail)).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringMatching(message) }),
    );
  });
});
