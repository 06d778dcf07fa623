import { describe, expect, it } from "vitest";
import { loadMailWordLists, loadMailWords } from "../../src/catalog/mail-words.ts";
import { NO_FACTS } from "../../src/domain/mail/facts.ts";
import { optOutIn } from "../../src/domain/mail/opt-out.ts";
import { mailKind } from "../../src/domain/mail/stored-mail.ts";
import { cpuMs } from "../support/cpu.ts";

const words = loadMailWords();
const { optOut, signs } = loadMailWordLists();
const writers = { team: ["ada@example.test"], candidate: ["kim@mail.test"] };
const kindOf = (subject: string, from?: string, automatic = false) =>
  mailKind({ from, subject }, { ...NO_FACTS, automatic }, words, writers);

describe("the words of an opt-out", () => {
  const are = optOut.flatMap(({ language, examples }) => examples.are.map((text) => [language, text]));
  const areNot = optOut.flatMap(({ language, examples }) => examples.are_not.map((text) => [language, text]));

  it.each(are)("%s: are found in %s", (_language, text) => {
    expect(optOutIn(text, words)).toBeDefined();
    expect(optOutIn(`Hello Ada,\n\nthank you.\n\n${text}\n\nKim`, words)).toBeDefined();
    expect(optOutIn(`Hello Ada,\n${text}\nKim\n`, words)).toBeDefined();
  });

  it.each(areNot)("%s: are not found in %s", (_language, text) => {
    expect(optOutIn(text, words)).toBeUndefined();
  });

  it("are quoted as they stand, in one sentence", () => {
    const text = "I am fine.\nPlease do not\ncontact me again! Thursday was long.";
    expect(optOutIn(text, words)).toBe(
      "I am fine.\nPlease do not\ncontact me again!".split("\n").slice(1).join("\n"),
    );
  });

  it("are looked for at once in the longest mail", () => {
    const ordinary = cpuMs(() => optOutIn("Yes, of course, and see you on Tuesday.\n".repeat(5_000), words));
    for (const part of ["remove me ", "don't ", "a", "больше не ", "stop. ", "\n", "連絡"])
      expect(cpuMs(() => optOutIn(part.repeat(200_000 / part.length), words)) / ordinary, part).toBeLessThan(
        50,
      );
  });
});

describe("what a mail is", () => {
  it.each(signs.reports)("a delivery report, when a stranger calls it %s", (subject) => {
    expect(kindOf(`${subject}: role`, "someone@elsewhere.test")).toBe("delivery_report");
    expect(kindOf(`Re: ${subject}`, "someone@elsewhere.test")).toBe("letter");
    expect(kindOf(subject, "kim@mail.test")).toBe("letter");
  });

  it.each(signs.automatic)("an automatic reply, when it is called %s", (subject) => {
    expect(kindOf(`${subject}: role`, "kim@mail.test")).toBe("auto_reply");
    expect(kindOf(`Re: ${subject}`, "kim@mail.test")).toBe("letter");
  });

  it("a delivery report, when a mail server sends it", () => {
    for (const from of ["mailer-daemon@mail.test", "postmaster@mail.test", "mdaemon@mail.test"])
      expect(kindOf("Hello", from)).toBe("delivery_report");
  });

  it("an automatic reply, when a header says so", () => {
    expect(kindOf("Re: role", "kim@mail.test", true)).toBe("auto_reply");
    expect(kindOf("Re: role", "kim@mail.test")).toBe("letter");
    expect(kindOf("")).toBe("letter");
  });
});
