import * as z from "zod";
import { type Document, Evidence } from "../candidates/document.ts";
import { DomainError, notAllowed } from "../errors.ts";
import type { CompiledRubric, ReadyFlag } from "../evidence/compile.ts";
import { holds, verifyQuote } from "../evidence/quote.ts";
import { judge, type ReadDocument, type RuleVerdict, readDocuments } from "../evidence/read.ts";
import { Profile, profileOf } from "./profile.ts";
import type { Flag } from "./rubric.ts";

export const FlagVerdict = z.enum(["present", "absent", "unclear"]);
type FlagVerdict = z.infer<typeof FlagVerdict>;

/** The author of a finding: the member (by e-mail) and the client that they used. */
export const Author = z.object({ client: z.string(), member: z.string() });
export type Author = z.infer<typeof Author>;

/** A verdict on a flag from a member or an assistant, with the quotes that support it. */
export type Finding = {
  readonly flag: string;
  readonly verdict: FlagVerdict;
  readonly quotes: readonly string[];
  readonly note?: string | undefined;
  readonly by: "assistant" | "member";
  readonly author: Author;
};

const Reader = z.enum(["rules", "assistant", "member"]);

const Opinion = z.object({
  by: Reader,
  /** Absent for the rules. */
  author: Author.optional(),
  verdict: FlagVerdict,
  evidence: z.array(Evidence),
  note: z.string().optional(),
});
export type Opinion = z.infer<typeof Opinion>;

export const AssessedFlag = z.object({
  id: z.string(),
  label: z.string(),
  polarity: z.enum(["green", "red"]),
  verdict: FlagVerdict,
  evidence: z.array(Evidence),
  by: Reader,
  /** How the rules recognise the flag. */
  why: z.string(),
  /** Opinions that differ from the verdict. They are shown beside it. */
  others: z.array(Opinion).optional(),
});
export type AssessedFlag = z.infer<typeof AssessedFlag>;

export const Assessment = z.object({
  flags: z.array(AssessedFlag),
  points: z.object({
    green: z.number(),
    red: z.number(),
    total: z.number(),
    of: z.number(),
    arithmetic: z.array(z.string()),
  }),
  profile: Profile,
  /** The question to ask about each flag that the documents leave open. */
  questions: z.array(z.object({ flag: z.string(), question: z.string() })),
  /**
   * Ids of flags that a reader should check in the documents. Every unclear flag is among them. If only the rules gave
   * a verdict: also green flags that they did not find, and red flags that they found in one passage only.
   */
  second_reading: z.array(z.string()),
  /** Text addressed to a machine that reads the documents. It was not counted. */
  planted: z.array(Evidence),
});
export type Assessment = z.infer<typeof Assessment>;

const Quote = Evidence.pick({ quote: true, page: true });

/** An assessment at a glance: what is present or unclear with its best quote, and the labels of what is absent. */
export const AssessmentInBrief = z.object({
  points: Assessment.shape.points.omit({ arithmetic: true }),
  profile: Profile.omit({ operating: true, modelling: true }),
  flags: z.array(
    AssessedFlag.pick({ id: true, label: true, polarity: true, verdict: true }).extend({
      /** Absent where the rules alone have spoken. */
      by: Reader.optional(),
      evidence: z.array(Quote),
    }),
  ),
  absent: z.array(z.string()),
  planted: z.array(Quote),
});
export type AssessmentInBrief = z.infer<typeof AssessmentInBrief>;

const MAX_QUOTE_CHARS_IN_BRIEF = 200;

/** As `AssessmentInBrief`: of several quotes the first that is short, else the first. */
export function inBrief({ points, profile, flags, planted }: Assessment): AssessmentInBrief {
  const { arithmetic: _arithmetic, ...sums } = points;
  const { operating: _operating, modelling: _modelling, ...shares } = profile;
  return {
    points: sums,
    profile: shares,
    flags: flags.flatMap(({ id, label, polarity, verdict, by, evidence }) => {
      if (verdict === "absent") return [];
      const best = evidence.find(({ quote }) => quote.length <= MAX_QUOTE_CHARS_IN_BRIEF) ?? evidence[0];
      const reader = by === "rules" ? {} : { by };
      return [{ id, label, polarity, verdict, ...reader, evidence: best ? [quoteOf(best)] : [] }];
    }),
    absent: flags.filter(({ verdict }) => verdict === "absent").map(({ label }) => label),
    planted: planted.map(quoteOf),
  };
}

const quoteOf = ({ quote, page }: Evidence) => ({ quote, ...(page === undefined ? {} : { page }) });

const MAX_QUOTES_PER_FINDING = 20;

export type ToAssess = {
  readonly lane: string | null;
  readonly documents: readonly Document[];
  readonly findings: readonly Finding[];
};

/**
 * The flags of an application and the points computed from them. The same documents and findings give the same result.
 *
 * How opinions become a verdict: the rules' verdict is where it starts. If a finding has a checked quote for a flag
 * that the rules missed, the flag is present. If a finding denies or doubts a flag that the rules found, the flag is
 * unclear. Both opinions stay on record.
 * @throws DomainError `invalid` for an unknown flag, a quote that is not in the documents, or `present` without a
 *   quote.
 */
export function assess(rubric: CompiledRubric, { lane, documents, findings }: ToAssess): Assessment {
  const opinions = findings.map((finding) => ({
    flag: finding.flag,
    opinion: verifyFinding(finding, rubric, documents),
  }));
  const read = readDocuments(rubric, documents);
  const judged = judgeAll(rubric.flags, read);
  const flags = rubric.flags.map((ready) => {
    const theirs = opinions.filter(({ flag }) => flag === ready.flag.id).map(({ opinion }) => opinion);
    return settle(ready, judged.get(ready.flag.id) ?? NOTHING, theirs);
  });
  return {
    flags,
    points: pointsOf(rubric, flags, lane),
    profile: profileOf(rubric, read, lane),
    questions: rubric.flags
      .filter(({ flag }) => isOpen(flag, flags))
      .map(({ flag }) => ({ flag: flag.id, question: flag.question })),
    second_reading: flags
      .filter((flag) => deservesReading(flag, !findings.some((finding) => finding.flag === flag.id)))
      .map(({ id }) => id),
    planted: read.flatMap(({ planted }) => planted),
  };
}

/**
 * Checks findings against the documents that the caller may read.
 * @throws DomainError as `assess`, for the first finding that these documents do not support
 */
export function requireReadableQuotes(
  findings: readonly Finding[],
  rubric: CompiledRubric,
  readable: readonly Document[],
): void {
  for (const finding of findings) verifyFinding(finding, rubric, readable);
}

/**
 * Old and new findings together. An author's new finding on a flag replaces their earlier one; other authors' findings
 * stay.
 */
export function mergeFindings(before: readonly Finding[], added: readonly Finding[]): Finding[] {
  const isReplaced = (old: Finding) => added.some((f) => f.flag === old.flag && isSame(f.author, old.author));
  return [...before.filter((old) => !isReplaced(old)), ...added];
}

const isSame = (a: Author, b: Author): boolean => a.client === b.client && a.member === b.member;

/**
 * The earlier findings whose quotes are still the candidate's own words. A mail's author may have become known since
 * then.
 */
export function stillHeld(
  before: readonly Finding[],
  documents: readonly Document[],
): { held: Finding[]; left: number } {
  const held = before.filter(({ quotes }) => quotes.every((quote) => holds(quote, documents)));
  return { held, left: before.length - held.length };
}

function verifyFinding(finding: Finding, rubric: CompiledRubric, documents: readonly Document[]): Opinion {
  const ids = rubric.flags.map(({ flag }) => flag.id);
  if (!ids.includes(finding.flag)) throw notAllowed("findings.flag", finding.flag, ids);
  const { verdict, quotes, by, author, note } = finding;
  if (quotes.length > MAX_QUOTES_PER_FINDING) {
    throw new DomainError(
      "invalid",
      `findings.quotes: ${quotes.length} for ${finding.flag}.`,
      `Give the best ones, at most ${MAX_QUOTES_PER_FINDING}.`,
    );
  }
  if (verdict === "present" && quotes.length === 0) {
    throw new DomainError(
      "invalid",
      `findings.quotes: ${finding.flag} is called present without a quote.`,
      "Copy the words that show it.",
    );
  }
  const evidence = quotes.map((quote) => verifyQuote(quote, documents));
  return { by, author, verdict, evidence, ...(note === undefined ? {} : { note }) };
}

const NOTHING: RuleVerdict = { verdict: "absent", evidence: [] };

/** The rules' verdict on every flag. A flag is absent when enough of the flags in its `absent_with` are present. */
function judgeAll(flags: readonly ReadyFlag[], read: readonly ReadDocument[]): Map<string, RuleVerdict> {
  const judged = new Map(flags.map((ready) => [ready.flag.id, judge(ready, read)]));
  const isPresent = (id: string) => judged.get(id)?.verdict === "present";
  const settled = flags.filter(
    ({ flag: { absent_with: by } }) => by && by.of.filter(isPresent).length >= by.at_least,
  );
  return new Map([...judged, ...settled.map(({ flag }): [string, RuleVerdict] => [flag.id, NOTHING])]);
}

function settle(
  ready: ReadyFlag,
  { verdict, evidence }: RuleVerdict,
  theirs: readonly Opinion[],
): AssessedFlag {
  const { id, label, polarity, why } = ready.flag;
  const rules: Opinion = { by: "rules", verdict, evidence: [...evidence] };
  const opinions = [rules, ...theirs];
  const verdicts = new Set(opinions.map((o) => o.verdict));
  const disputed =
    verdict === "present"
      ? verdicts.size > 1
      : verdicts.has("present") && theirs.some((o) => o.verdict === "absent");
  const agreed: FlagVerdict = disputed
    ? "unclear"
    : verdicts.has("present")
      ? "present"
      : (theirs.at(-1)?.verdict ?? verdict);
  const speaker = opinions.find((o) => o.verdict === agreed) ?? rules;
  const others = opinions.filter((o) => o.verdict !== agreed);
  const base = { id, label, polarity, verdict: agreed, evidence: speaker.evidence, by: speaker.by, why };
  return others.length > 0 ? { ...base, others } : base;
}

const weightIn = (flag: Flag, lane: string | null): number =>
  (lane === null ? undefined : flag.lanes?.[lane]) ?? flag.weight;

/** Weights of the present flags: green ones add, red ones subtract. `of` is the sum of all green weights. */
function pointsOf(
  rubric: CompiledRubric,
  flags: readonly AssessedFlag[],
  lane: string | null,
): Assessment["points"] {
  const present = rubric.flags.filter(
    ({ flag }) => flags.find((f) => f.id === flag.id)?.verdict === "present",
  );
  const sum = (polarity: string, list: readonly ReadyFlag[]) =>
    list
      .filter(({ flag }) => flag.polarity === polarity)
      .reduce((total, { flag }) => total + weightIn(flag, lane), 0);
  const [green, red] = [sum("green", present), sum("red", present)];
  const arithmetic = present.map(
    ({ flag }) => `${flag.polarity === "green" ? "+" : "-"}${weightIn(flag, lane)} ${flag.id}`,
  );
  return { green, red, total: green - red, of: sum("green", rubric.flags), arithmetic };
}

function deservesReading({ verdict, polarity, evidence }: AssessedFlag, onlyRules: boolean): boolean {
  if (verdict === "unclear") return true;
  if (!onlyRules) return false;
  return polarity === "green" ? verdict === "absent" : verdict === "present" && evidence.length === 1;
}

const isOpen = (flag: Flag, flags: readonly AssessedFlag[]): boolean => {
  const verdict = flags.find((f) => f.id === flag.id)?.verdict;
  return flag.polarity === "green" ? verdict !== "present" : verdict !== "absent";
};
