import * as z from "zod";
import {
  AssessedFlag,
  Assessment,
  AssessmentInBrief,
  FlagVerdict,
} from "../../domain/evaluation/assessment.ts";
import { Profile } from "../../domain/evaluation/profile.ts";
import type { Comparison } from "../../services/evaluation/compare-candidates.ts";
import type { Scored } from "../../services/evaluation/score-candidate.ts";
import { scoreNote } from "../text/fields/assessment.ts";
import type { Answer } from "./answer.ts";

/** Candidates of one role flag by flag. */
export const ComparisonAnswer = z.object({
  flags: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      polarity: AssessedFlag.shape.polarity,
      candidates: z.array(
        z.object({
          ref: z.string(),
          name: z.string(),
          verdict: z.union([FlagVerdict, z.literal("not assessed")]),
          quote: z.string().nullable(),
        }),
      ),
    }),
  ),
});
export type ComparisonAnswer = Answer<typeof ComparisonAnswer>;

export const comparisonAnswer = ({ flags }: Comparison): ComparisonAnswer => ({
  flags: flags.map((flag) => ({ ...flag, candidates: [...flag.candidates] })),
});

/**
 * An assessment as it is shown: the rule of a flag stands with what it found, and the passages behind the profile are
 * told as counts.
 */
export const AssessmentAnswer = Assessment.extend({
  flags: z.array(AssessedFlag.partial({ why: true })),
  profile: Profile.omit({ operating: true, modelling: true }),
});
export type AssessmentAnswer = Answer<typeof AssessmentAnswer>;

export function assessmentAnswer({ flags, profile, ...assessment }: Assessment): AssessmentAnswer {
  const { operating: _operating, modelling: _modelling, ...shares } = profile;
  return {
    ...assessment,
    flags: flags.map(({ why, ...flag }) => ({ ...flag, ...(flag.verdict !== "absent" && { why }) })),
    profile: shares,
  };
}

/** An assessment at a glance; `planted` only where something is. */
export const BriefAnswer = AssessmentInBrief.partial({ planted: true });
export type BriefAnswer = Answer<typeof BriefAnswer>;

export const ScoreAnswer = z.object({
  ref: z.string(),
  name: z.string(),
  assessment: AssessmentAnswer,
  note: z.string().optional(),
  comparison: ComparisonAnswer.optional(),
});
export type ScoreAnswer = Answer<typeof ScoreAnswer>;

export function scoreAnswer({ ref, name, assessment, comparison, ...scored }: Scored): ScoreAnswer {
  const note = scoreNote(scored);
  return {
    ref,
    name,
    assessment: assessmentAnswer(assessment),
    ...(note !== undefined && { note }),
    ...(comparison && { comparison: comparisonAnswer(comparison) }),
  };
}
