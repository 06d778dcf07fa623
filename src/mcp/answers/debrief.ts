import * as z from "zod";
import { Tally, Verdict } from "../../domain/panel/verdict.ts";
import { Agreement } from "../../domain/statistics/agreement.ts";
import type { Services } from "../../services/services.ts";
import { pointsText, profileText } from "../text/fields/assessment.ts";
import { agreementText, haloText, leniencyText } from "../text/fields/statistics.ts";
import type { Answer } from "./answer.ts";
import { StaleAnswer } from "./comparison.ts";
import { hiddenAnswer } from "./hidden.ts";
import { ScorecardAnswer, VoteAnswer, VoteTally, voteTally } from "./panel.ts";
import { WorkSampleAnswer } from "./submission.ts";
import { TaskAnswer, taskAnswer } from "./task.ts";

const Criterion = z.object({ round: z.string(), criterion: z.string(), label: z.string(), n: z.number() });

/** One side of a difference: the member, their verdict or level, and their reason. */
const Side = z.object({
  member: z.string(),
  gave: z.union([Verdict, z.number()]),
  evidence: z.string(),
  round: z.string().optional(),
});

const Dissent = z.object({
  kind: z.enum(["votes", "recommendations", "criterion"]),
  round: z.string().optional(),
  criterion: z.string().optional(),
  label: z.string().optional(),
  against: z.array(Side),
  for: z.array(Side),
});

const Rater = z.object({
  member: z.string(),
  ratings: z.number(),
  leniency: z.object({
    value: z.number().nullable(),
    n: z.number(),
    needed: z.number(),
    reading: z.string(),
  }),
  halo: z.object({
    sd: z.number().nullable(),
    n: z.number(),
    needed: z.number(),
    cards: z.number(),
    flat_cards: z.number().nullable(),
    reading: z.string(),
  }),
});

const Rubric = z.object({
  points: z.string(),
  present: z.array(z.string()),
  claimed: z.array(z.string()),
  unread: z.array(z.string()),
  unclear: z.array(z.string()),
  absent: z.array(z.string()),
  profile: z.string().optional(),
  open_questions: z.array(z.object({ flag: z.string(), question: z.string() })),
  ...StaleAnswer.shape,
});

const Submission = z.object({
  head_sha: z.string(),
  requirements: z.object({
    seen: z.number(),
    of: z.number(),
    not_seen: z.array(z.string()),
    not_known: z.array(z.string()),
  }),
  /** Null where a changed test was not read. */
  tests: z.object({
    added: z.number().nullable(),
    removed: z.number().nullable(),
    skipped: z.number().nullable(),
  }),
  checks: z.array(z.string()),
  follow_ups: z.array(z.string()),
  missing: z.array(z.string()),
});

/** The debrief of an application. Figures about scorecards are empty or null while any scorecard is hidden. */
export const DebriefAnswer = z.object({
  ref: z.string(),
  name: z.string(),
  role: z.string(),
  stage: z.string(),
  status: z.string(),
  in: z.object({
    scorecards: z.object({ submitted: z.number(), of: z.number() }),
    votes: z.object({ cast: z.number(), of: z.number() }),
  }),
  hidden: z.string().optional(),
  tasks: z.array(TaskAnswer),
  dissent: z.array(Dissent),
  aggregate: z.array(
    Criterion.extend({
      mean: z.number(),
      /** Of several ratings; one has none. */
      spread: z.object({ low: z.number(), high: z.number(), sd: z.number() }).optional(),
      levels: z.array(z.object({ member: z.string(), level: z.number() })),
    }),
  ),
  coverage_gaps: z.array(Criterion),
  recommendations: Tally.nullable(),
  vote_tally: VoteTally.nullable(),
  agreement: Agreement.extend({ reading: z.string() }).nullable(),
  raters: z.array(Rater),
  rubric: Rubric.nullable(),
  submission: Submission.nullable(),
  work_sample: WorkSampleAnswer.optional(),
  /** The newest of each member. */
  scorecards: z.array(ScorecardAnswer.omit({ id: true, current: true })),
  votes: z.array(VoteAnswer.omit({ id: true, current: true })),
});
export type DebriefAnswer = Omit<Answer<typeof DebriefAnswer>, "tasks"> & { readonly tasks: TaskAnswer[] };

type RubricFacts = NonNullable<Debrief["rubric"]>;

const rubricAnswer = ({ profile, points, ...rubric }: RubricFacts): z.infer<typeof Rubric> => ({
  ...rubric,
  points: pointsText({ ...points, arithmetic: [] }),
  ...(profile && { profile: profileText(profile) }),
});

type Debrief = Awaited<ReturnType<Services["panel"]["debrief"]>>;

export function debriefAnswer(debrief: Debrief): DebriefAnswer {
  const { tasks, aggregate, vote_tally, agreement, raters, rubric, submission, scorecards, votes, ...facts } =
    hiddenAnswer(debrief);
  return {
    ...facts,
    tasks: tasks.map(taskAnswer),
    aggregate: aggregate.map(({ spread, ...criterion }) => ({
      ...criterion,
      ...(criterion.n > 1 && { spread }),
    })),
    vote_tally: vote_tally && voteTally(vote_tally),
    scorecards: scorecards.map(({ id: _id, current: _current, ...card }) => card),
    votes: votes.map(({ id: _id, current: _current, ...vote }) => vote),
    agreement: agreement && { ...agreement, reading: agreementText(agreement) },
    raters: raters.map(({ leniency, halo, ...rater }) => ({
      ...rater,
      leniency: { ...leniency, reading: leniencyText(leniency) },
      halo: { ...halo, reading: haloText(halo) },
    })),
    rubric: rubric && rubricAnswer(rubric),
    submission: submission && {
      ...submission,
      checks: submission.checks.map(({ name, result }) => `${name}: ${result}`),
    },
  };
}
