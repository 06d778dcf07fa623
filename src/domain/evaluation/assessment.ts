import type { Document, Evidence } from "../candidates/document.ts";
import { DomainError, notAllowed } from "../errors.ts";
import type { CompiledRubric, ReadyFlag } from "../evidence/compile.ts";
import { holds, verifyQuote } from "../evidence/quote.ts";
import { evidenceOf, judge, type ReadDocument, type RuleVerdict, readDocuments } from "../evidence/read.ts";
import { pluralize } from "../pluralize.ts";
import type { Flag } from "./rubric.ts";

type Verdict = RuleVerdict["verdict"];

/** What somebody else than the rules found, with the words that show it. */
export type Finding = {
  readonly flag: string;
  readonly verdict: Verdict;
  readonly quotes: readonly string[];
  readonly note?: string | undefined;
  readonly by: "assistant" | "member";
  /** Who, by client and member. */
  readonly author: string;
};

type Opinion = {
  by: "rules" | "assistant" | "member";
  author: string;
  verdict: Verdict;
  evidence: Evidence[];
  note?: string;
};

export type AssessedFlag = {
  id: string;
  label: string;
  polarity: "green" | "red";
  verdict: Verdict;
  evidence: Evidence[];
  by: Opinion["by"];
  /** How the rules recognise it. */
  why: string;
  /** Opinions that differ from the verdict: kept beside it, never under it. */
  others?: Opinion[];
};

export type Assessment = {
  flags: AssessedFlag[];
  points: { green: number; red: number; total: number; of: number; arithmetic: string[] };
  profile: {
    operator: number;
    modeler: number;
    reading: string;
    text: string;
    operating: Evidence[];
    modelling: Evidence[];
    warning?: string;
  };
  /** What to ask about each flag that the documents leave open. */
  questions: { flag: string; question: string }[];
  /**
   * Flags that deserve a reader's eye: every unclear one, and where the rules alone have spoken, green ones that they did
   * not find and red ones that they rest on a single passage.
   */
  second_reading: string[];
  /** Text that speaks to whoever reads by machine; it counted for nothing. */
  planted: Evidence[];
};

const MAX_QUOTES_PER_FINDING = 20;
/** Fewer clauses than this say nothing about a person. */
const MIN_PROFILE_CLAUSES = 3;
const MAX_PROFILE_QUOTES = 8;

export type ToAssess = {
  readonly lane: string | null;
  readonly documents: readonly Document[];
  readonly findings: readonly Finding[];
};

/**
 * The flags of an application and the points that follow from them. The same documents and findings give the same answer.
 *
 * How opinions become a verdict: the rules are the floor. A finding that they missed, with a quote that holds, makes a
 * flag present. A finding that denies what they found, or doubts it, makes it unclear, and both stay on record.
 * @throws DomainError `invalid` for an unknown flag, a quote that stands nowhere, or `present` without a quote.
 */
export function assess(rubric: CompiledRubric, { lane, documents, findings }: ToAssess): Assessment {
  const opinions = findings.map((finding) => ({
    flag: finding.flag,
    opinion: verify(finding, rubric, documents),
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

/** Findings after new ones came in: an author's word on a flag replaces their earlier one, others' words stay. */
export function mergeFindings(before: readonly Finding[], given: readonly Finding[]): Finding[] {
  const replaced = (old: Finding) => given.some((f) => f.flag === old.flag && f.author === old.author);
  return [...before.filter((old) => !replaced(old)), ...given];
}

/** The earlier findings that still quote the candidate: who wrote a mail may have become known since. */
export function stillHeld(
  before: readonly Finding[],
  documents: readonly Document[],
): { held: Finding[]; left: number } {
  const held = before.filter(({ quotes }) => quotes.every((quote) => holds(quote, documents)));
  return { held, left: before.length - held.length };
}

function verify(finding: Finding, rubric: CompiledRubric, documents: readonly Document[]): Opinion {
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

/** The rules' verdict on every flag; one that others settle is absent where they are present. */
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
  const rules: Opinion = { by: "rules", author: "rules", verdict, evidence: [...evidence] };
  const opinions = [rules, ...theirs];
  const verdicts = new Set(opinions.map((o) => o.verdict));
  const disputed =
    verdict === "present"
      ? verdicts.size > 1
      : verdicts.has("present") && theirs.some((o) => o.verdict === "absent");
  const agreed: Verdict = disputed
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

/** Points: the weights of the present flags, green ones for and red ones against; `of` is all green together. */
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

/** What share of the clauses that show either kind of work shows which, and what that reads like. */
function profileOf(
  rubric: CompiledRubric,
  read: readonly ReadDocument[],
  lane: string | null,
): Assessment["profile"] {
  const operating = evidenceOf(rubric.profile.operator, read);
  const placeOf = ({ document, start }: Evidence) => `${document} ${start}`;
  const places = new Set(operating.map(placeOf));
  const modelling = evidenceOf(rubric.profile.modeler, read).filter((m) => !places.has(placeOf(m)));
  const total = operating.length + modelling.length;
  const operator = total === 0 ? 0 : Math.round((operating.length / total) * 100) / 100;
  const modeler = total === 0 ? 0 : Math.round((modelling.length / total) * 100) / 100;
  const reading: keyof typeof READS =
    total < MIN_PROFILE_CLAUSES
      ? "neither"
      : operator >= 0.65
        ? "operator"
        : operator <= 0.35
          ? "modeler"
          : "mixed";
  const lead = READS[reading];
  const text =
    reading === "neither"
      ? lead
      : `${lead}: ${pluralize(operating.length, "operating mention")}, ${pluralize(modelling.length, "modelling mention")}`;
  const { expects } = rubric.profile;
  const parts = (reading === "operator" || reading === "modeler") && reading !== expects;
  const warnings = [
    parts && `The role asks for ${NAMED[expects]}; the documents show ${NAMED[reading]}.`,
    laneWarning(rubric.profile.lanes, read, lane),
  ].filter((line) => typeof line === "string");
  const warning = warnings.length > 0 ? { warning: warnings.join(" ") } : {};
  return {
    operator,
    modeler,
    reading,
    text,
    operating: operating.slice(0, MAX_PROFILE_QUOTES),
    modelling: modelling.slice(0, MAX_PROFILE_QUOTES),
    ...warning,
  };
}

/** So many times more of another lane's work than of the role's own is another candidate than was looked for. */
const OUTWEIGHS = 3;

function laneWarning(
  lanes: CompiledRubric["profile"]["lanes"],
  read: readonly ReadDocument[],
  lane: string | null,
): string | undefined {
  if (lane === null) return undefined;
  const shown = lanes.map(({ id, signals }) => ({ id, found: evidenceOf(signals, read) }));
  const own = shown.find(({ id }) => id === lane);
  const [most] = [...shown].sort((a, b) => b.found.length - a.found.length);
  if (!own || !most || most.found.length < Math.max(MIN_PROFILE_CLAUSES, OUTWEIGHS * own.found.length))
    return undefined;
  return `The role's lane is ${own.id} (${pluralize(own.found.length, "mention")}); the documents show ${most.id} (${pluralize(most.found.length, "mention")}).`;
}

const READS = {
  operator: "mostly operating",
  modeler: "mostly modelling",
  mixed: "both in earnest",
  neither: "too little of either to say",
} as const;

const NAMED = { operator: "an operator", modeler: "a modeler" } as const;
