import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { checkDraft } from "../../../src/domain/message-check/check.ts";
import { requireLawfulReason } from "../../../src/domain/pipeline/lawful-reason.ts";
import { checkPost } from "../../../src/domain/role-check/check.ts";
import { questionFaults } from "../../../src/domain/roles/question-faults.ts";

const catalog = loadCatalog({});
const { places } = catalog;
const lexicon = catalog.lexicon();
const template = catalog.get("mlops-engineer");

const stopsPost = (text: string): boolean =>
  checkPost(text, { template, places, lexicon, today: "2026-11-24" }).findings.some(
    ({ rule, severity }) => rule === "protected_attribute" && severity === "error",
  );
const stopsMessage = (body: string): boolean =>
  checkDraft(
    { subject: "", body, purpose: "rejection" },
    {
      lexicon,
      recipientName: "Kim",
      roleTitle: "",
      allowedNumbers: [],
      otherCandidates: [],
      salaryRequired: false,
      salary: null,
      allowedHosts: [],
      now: new Date(0),
      unsolicited: false,
      note: body,
    },
  ).some(({ rule, severity }) => rule === "protected_attribute" && severity === "error");
const stopsReason = (text: string): boolean => {
  try {
    requireLawfulReason(lexicon, text);
    return false;
  } catch {
    return true;
  }
};
const stopsQuestion = (question: string): boolean =>
  questionFaults({ questions: [{ question, follow_ups: [] }] }, lexicon).length > 0;

const everywhere = (text: string) => ({
  post: stopsPost(text),
  message: stopsMessage(text),
  reason: stopsReason(text),
  question: stopsQuestion(text),
});

describe("a protected attribute", () => {
  it.each([
    "Graduates of an Ivy League school only; please attach a recent photo.",
    "Candidates should be between 25 and 35 years old.",
    "Maximum age 40.",
    "Please state your date of birth and marital status.",
    "Single people without children are preferred candidates without family commitments.",
    "Pregnant women need not apply.",
    "You are physically fit and have no disabilities.",
    "A practising Christian who shares our faith.",
    "US citizens only.",
    "No foreigners.",
    "We prefer a female engineer.",
    "Applicants living in ZIP code 60601 come first.",
    "58 years old.",
    "He is too old for the team.",
    "How old are you?",
    "Do you have children?",
  ])("stops a post, a message, a reason and a question alike: %j", (text) =>
    expect(everywhere(text)).toEqual({ post: true, message: true, reason: true, question: true }),
  );

  it.each([
    "You teach children aged 2-4 years.",
    "For almost 30 years, clients have trusted us.",
    "We prefer simple tools.",
    "We are a unicorn since 2021.",
    "A journeyman electrician or a senior one.",
    "We hire regardless of age, sex, origin, faith or disability.",
    "We pay health insurance for you and your children.",
    "Good health insurance, and family leave.",
    "The score on the architecture round was 2, with no rollback plan.",
    "Which health checks did your service have?",
    "How old may a feature be before it is stale?",
    "Tell me of a model that was older than 30 days.",
  ])("is not seen where there is none: %j", (text) =>
    expect(everywhere(text)).toEqual({ post: false, message: false, reason: false, question: false }),
  );

  it.each(["Join our young team.", "Native English speakers only."])(
    "that a post only hints at stops what is said to one person: %j",
    (text) => expect(everywhere(text)).toEqual({ post: false, message: true, reason: true, question: true }),
  );

  it("is asked for by no question of a built-in template", () => {
    const faults = catalog.list().flatMap(({ id }) => questionFaults(catalog.get(id), lexicon));
    expect(faults).toEqual([]);
  });
});
