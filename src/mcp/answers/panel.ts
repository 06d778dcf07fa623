import * as z from "zod";
import { Tally, Verdict } from "../../domain/panel/verdict.ts";
import type { VoteCast } from "../../services/panel/cast-vote.ts";
import type { SubmittedScorecard } from "../../services/panel/submit-scorecard.ts";
import { scorecardNote, voteNote } from "../text/fields/panel.ts";
import type { Answer } from "./answer.ts";
import { omitEmpty } from "./omit-empty.ts";

/** An interviewer's ratings of one round. `current` is false when there is a newer version. */
export const ScorecardAnswer = z.object({
  id: z.string(),
  round: z.string(),
  member: z.string(),
  version: z.number(),
  current: z.boolean(),
  recommendation: Verdict,
  ratings: z.array(z.object({ criterion: z.string(), level: z.number(), evidence: z.string() })),
  notes: z.string(),
  reason: z.string().optional(),
  /** E-mail of the admin who submitted it for the interviewer. */
  by_admin: z.string().optional(),
  through: z.string(),
  at: z.string(),
});
export type ScorecardAnswer = Answer<typeof ScorecardAnswer>;

/**
 * A member's vote at debrief. `on_panel` is false for a voter outside the panel, whose vote does not count for the
 * majority.
 */
export const VoteAnswer = z.object({
  id: z.string(),
  member: z.string(),
  version: z.number(),
  current: z.boolean(),
  vote: Verdict,
  reason: z.string(),
  on_panel: z.boolean(),
  through: z.string(),
  at: z.string(),
});
export type VoteAnswer = Answer<typeof VoteAnswer>;

/** Counts of the panel's votes, and of the votes beside it where there are any. */
export const VoteTally = z.object({ panel: Tally, others: Tally.optional() });
export type VoteTally = Answer<typeof VoteTally>;

export const voteTally = ({ panel, others }: NonNullable<VoteCast["tally"]>): VoteTally => ({
  panel,
  ...(Verdict.options.some((verdict) => others[verdict] > 0) && { others }),
});

export const SubmittedAnswer = z.object({
  ref: z.string(),
  scorecard: ScorecardAnswer.omit({ id: true, current: true }),
  /** Set when the caller may see others' cards now. */
  revealed: z.boolean().optional(),
  submitted: z.number(),
  of: z.number(),
  note: z.string().optional(),
});
export type SubmittedAnswer = Answer<typeof SubmittedAnswer>;

/** What was submitted is the version that counts, so only what it says is told. */
export function submittedAnswer({ change, scorecard, ...submitted }: SubmittedScorecard): SubmittedAnswer {
  const note = scorecardNote(change);
  const { id: _id, current: _current, ...card } = scorecard;
  return {
    ...omitEmpty(submitted, { revealed: true }),
    scorecard: card,
    ...(note === undefined ? {} : { note }),
  };
}

export const VoteCastAnswer = z.object({
  ref: z.string(),
  vote: VoteAnswer.omit({ id: true, current: true }),
  cast: z.number(),
  of: z.number(),
  tally: VoteTally.optional(),
  note: z.string().optional(),
});
export type VoteCastAnswer = Answer<typeof VoteCastAnswer>;

/** As for a scorecard. */
export function voteCastAnswer({ change, vote, tally, ...cast }: VoteCast): VoteCastAnswer {
  const note = voteNote(change);
  const { id: _id, current: _current, ...words } = vote;
  return {
    ...cast,
    vote: words,
    ...(tally && { tally: voteTally(tally) }),
    ...(note === undefined ? {} : { note }),
  };
}
