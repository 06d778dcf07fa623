import * as z from "zod";
import { Evidence } from "../../domain/candidates/document.ts";
import { AssessedFlag, isToRead, othersOf } from "../../domain/evaluation/assessed-flag.ts";
import { Assessment } from "../../domain/evaluation/assessment.ts";
import { Reading } from "../../domain/evaluation/finding.ts";
import { AssessmentInBrief } from "../../domain/evaluation/in-brief.ts";
import { Profile } from "../../domain/evaluation/profile.ts";
import type { Scored } from "../../services/evaluation/score-candidate.ts";
import { scoreNote } from "../text/fields/assessment.ts";
import type { Answer } from "./answer.ts";
import {
  ComparisonAnswer,
  clipQuote,
  comparisonAnswer,
  MAX_PASSAGE_CHARS,
  MAX_PASSAGES,
} from "./comparison.ts";
import { CredentialsAnswer, credentialsAnswer } from "./credentials.ts";

const Quote = Evidence.pick({ quote: true, page: true });

/** What a flag shows in every form of an assessment. */
const Shown = AssessedFlag.pick({
  id: true,
  polarity: true,
  verdict: true,
  support: true,
  missing: true,
}).extend({
  /** Absent where the rules alone have spoken. */
  by: AssessedFlag.shape.by.optional(),
  ...AssessedFlag.pick({ author: true, note: true }).shape,
});

const Common = {
  points: Assessment.shape.points,
  /** The counts only where a reader has spoken of the kind of work. */
  profile: Profile.pick({ reading: true, expected: true })
    .extend({ mentions: Profile.shape.mentions.optional() })
    .optional(),
  to_read: Assessment.shape.to_read,
};

/** An assessment with all that is on record of it: every quote in its place, every other reading. */
export const AssessmentAnswer = z.object({
  flags: z.array(
    Shown.extend({
      label: z.string(),
      evidence: z.array(Evidence),
      /** How the rules recognise the flag; absent where it is absent. */
      why: z.string().optional(),
      others: z.array(Reading).optional(),
    }),
  ),
  ...Common,
  questions: Assessment.shape.questions,
  planted: z.array(Evidence),
});
export type AssessmentAnswer = Answer<typeof AssessmentAnswer>;

export const assessmentAnswer = ({
  flags,
  points,
  profile,
  questions,
  to_read,
  planted,
}: Assessment): AssessmentAnswer => ({
  flags: flags.map((flag) => {
    const others = othersOf(flag);
    return {
      ...shownOf(flag),
      label: flag.label,
      evidence: flag.evidence,
      ...(flag.verdict !== "absent" && flag.why !== "" && { why: flag.why }),
      ...(others.length > 0 && { others }),
    };
  }),
  ...(profile && { profile: kindOf(profile) }),
  ...{ points, to_read, questions, planted },
});

/** The step of a reading: what is to be read with its passages, and what is settled with its best quotes. */
const StepAnswer = z.object({
  flags: z.array(
    Shown.extend({
      /** Only where it is still to be read. */
      definition: z.string().optional(),
      evidence: z.array(Quote),
      others: z.array(Reading.extend({ evidence: z.array(Quote) })).optional(),
    }),
  ),
  ...Common,
  /** What to ask the candidate, once all flags are read. */
  questions: Assessment.shape.questions.optional(),
  planted: z.array(Quote),
});
type StepAnswer = Answer<typeof StepAnswer>;

const stepAnswer = ({ flags, points, profile, questions, to_read, planted }: Assessment): StepAnswer => ({
  flags: flags.map((flag) => {
    const others = othersOf(flag).map((reading) => ({ ...reading, evidence: quotesOf(reading.evidence) }));
    return {
      ...shownOf(flag),
      ...(isToRead(flag) && { definition: flag.definition }),
      evidence: quotesOf(flag.evidence),
      ...(others.length > 0 && { others }),
    };
  }),
  ...(profile && { profile: kindOf(profile) }),
  ...{ points, to_read },
  ...(to_read.length === 0 && { questions }),
  planted: planted.map(quoteOf),
});

const shownOf = ({ id, polarity, verdict, support, missing, by, author, note }: AssessedFlag) => ({
  ...{ id, polarity, verdict },
  ...(by !== "rules" && { by, ...(support !== undefined && { support }) }),
  ...(missing !== undefined && { missing }),
  ...(author !== undefined && { author }),
  ...(note !== undefined && { note }),
});

const kindOf = ({ reading, expected, mentions }: Profile) => ({
  reading,
  ...(reading !== "unread" && { mentions }),
  ...(expected !== undefined && { expected }),
});

const quoteOf = ({ quote, page }: Evidence) => ({
  quote: clipQuote(quote, MAX_PASSAGE_CHARS),
  ...(page !== undefined && { page }),
});
const quotesOf = (evidence: readonly Evidence[]) => evidence.slice(0, MAX_PASSAGES).map(quoteOf);

/** An assessment at a glance; `planted` only where something is. */
export const BriefAnswer = AssessmentInBrief.partial({ planted: true });
export type BriefAnswer = Answer<typeof BriefAnswer>;

export const ScoreAnswer = z.object({
  ref: z.string(),
  name: z.string(),
  assessment: StepAnswer,
  /** Findings, or single quotes of them, that were not taken, and why. */
  refused: z
    .array(z.object({ flag: z.string(), quote: z.string().optional(), reason: z.string() }))
    .optional(),
  note: z.string().optional(),
  credentials: CredentialsAnswer,
  comparison: ComparisonAnswer.optional(),
});
export type ScoreAnswer = Answer<typeof ScoreAnswer>;

export function scoreAnswer({ ref, name, assessment, comparison, refused, ...scored }: Scored): ScoreAnswer {
  const { credentials = [] } = scored;
  const note = scoreNote(scored);
  return {
    ref,
    name,
    assessment: stepAnswer(assessment),
    ...(refused.length > 0 && {
      refused: refused.map(({ flag, quote, message, hint }) => ({
        flag,
        ...(quote !== undefined && { quote }),
        reason: hint === undefined ? message : `${message} ${hint}`,
      })),
    }),
    ...(note !== undefined && { note }),
    ...(credentials.length > 0 && { credentials: credentialsAnswer(credentials) }),
    ...(comparison && { comparison: comparisonAnswer(comparison, { defined: assessment.to_read }) }),
  };
}
