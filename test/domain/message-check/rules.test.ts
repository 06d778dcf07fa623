import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { checkDraft, RULES } from "../../../src/domain/message-check/check.ts";
import type { DraftFacts } from "../../../src/domain/message-check/rule.ts";
import { cpuMs } from "../../support/cpu.ts";
import type { Change, Examples } from "./examples/example.ts";
import { FORM } from "./examples/form.ts";
import { NUMBERS } from "./examples/numbers.ts";
import { PEOPLE } from "./examples/people.ts";
import { RECORD } from "./examples/record.ts";
import { TIMES } from "./examples/times.ts";
import { WORDING } from "./examples/wording.ts";

const FACTS: DraftFacts = {
  lexicon: loadLexicon(),
  recipientName: "Zoë Álvarez-Lind",
  roleTitle: "MLOps engineer",
  allowedNumbers: [
    "MTTR from 47 minutes to 9",
    "p99 under 250 ms, cost down by 30%",
    "due 1 December 2026, 23:59 UTC",
  ],
  otherCandidates: ["Priya Raman", "Maria José Lopes", "Grace", "Zoë Álvarez-Lind"],
  salaryRequired: true,
  salary: "170,000 to 205,000 USD a year",
  allowedHosts: ["github.com", "jobs.example.test", "127.0.0.1:8080"],
  now: new Date("2026-11-24T12:00:00Z"),
  unsolicited: false,
  note: null,
  addresses: ["dana@example.test", "Zoe@mail.example.test"],
};

const EXAMPLES: Examples = { ...FORM, ...PEOPLE, ...NUMBERS, ...RECORD, ...TIMES, ...WORDING };

const cases = (key: "finds" | "passes") =>
  Object.entries(EXAMPLES).flatMap(([rule, examples]) =>
    examples[key].map((example): [string, string, Change] =>
      typeof example === "string" ? [rule, example, {}] : [rule, example[0], example[1]],
    ),
  );
const rulesFor = (
  text: string,
  { subject = "About us", body = text, purpose = "schedule", ...facts }: Change = {},
) => checkDraft({ subject, body, purpose }, { ...FACTS, ...facts });

const ORDINARY = "Thank you for the talk on Tuesday. We read your answer with care, and will write again. ";
/** What a letter of the same length takes that holds nothing special. */
let ordinary: number | undefined;
const ordinaryMs = () => (ordinary ??= cpuMs(() => rulesFor(ORDINARY.repeat(20_000 / ORDINARY.length))));

describe("the rules for drafts", () => {
  it("each have examples of what they find and of what they pass", () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(RULES.map((rule) => rule.id).sort());
    for (const { finds, passes } of Object.values(EXAMPLES)) {
      expect(Math.min(finds.length, passes.length)).toBeGreaterThanOrEqual(2);
    }
  });

  it.each(cases("finds"))("%s finds %j", (rule, text, change) => {
    const found = rulesFor(text, change).filter((finding) => finding.rule === rule);
    expect(found.length).toBeGreaterThan(0);
    const { severity } = RULES.find(({ id }) => id === rule) ?? {};
    for (const finding of found)
      expect(finding).toMatchObject({ severity, why: expect.stringMatching(/^[A-Z].*\.$/) });
  });

  it.each(cases("passes"))("%s passes %j", (rule, text, change) => {
    expect(rulesFor(text, change).filter((finding) => finding.rule === rule)).toEqual([]);
  });

  it("find nothing in a plain message, and put what blocks first", () => {
    expect(rulesFor("Hello Zoë,\n\nCould we speak on Tuesday?\n\nDana\n")).toEqual([]);
    const severities = rulesFor("A rockstar!! Hello Tom, {{ x }}\n\nHello Tom,").map(
      (finding) => finding.severity,
    );
    expect(severities).toEqual([...severities].sort());
    expect(severities).toContain("warning");
  });

  it("quote in one clean line, and no more than five places for a rule", () => {
    const many = Array.from({ length: 30 }, (_, n) => `https://evil${n}.example/\u200b`).join("\n");
    const found = rulesFor(many);
    expect(found.filter((finding) => finding.rule === "link_host")).toHaveLength(5);
    expect(found).toContainEqual(expect.objectContaining({ rule: "hidden_characters", quote: "U+200B" }));
    for (const { quote } of found) expect(quote ?? "").toMatch(/^[ -~]{0,120}$/);
  });

  it("say the same of the same, whatever the text", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "Hello ",
        "{{",
        "http://",
        "www.",
        "@",
        "a.co",
        "14:00",
        "1 May",
        "due ",
        "<a ",
        "\n",
        "[name",
        "not ",
        "offer you the ",
      ),
      fc.string({ unit: "binary", maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const body = pieces.join("");
        expect(rulesFor(body)).toEqual(rulesFor(body));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    "a",
    "a.",
    "a ",
    "{{",
    "<a ",
    "![",
    "[name ",
    "!",
    "a@",
    "http://a",
    "1 may ",
    "14:00 ",
    '"',
    "\n",
    "\n ",
    "not ",
    "offer you the a-",
    "write a b ",
    "your ",
    "dear ",
    "dear mr ",
    "due ",
    "$1 ",
    "\u200b",
  ])("are quick on a long run of %j", (piece) => {
    const body = piece.repeat(Math.ceil(20_000 / piece.length));
    expect(cpuMs(() => rulesFor(body, { purpose: "rejection" })) / ordinaryMs()).toBeLessThan(100);
  });
});
