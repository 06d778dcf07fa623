import * as z from "zod";
import type { Step } from "../pipeline/step.ts";
import type { Agreement } from "../statistics/agreement.ts";

/** Applications of one source in one stage. A share is null when there are too few. */
export const SourceInStage = z.object({
  source: z.string(),
  entered: z.number(),
  passed: z.number(),
  conversion_percent: z.number().nullable(),
});
export const FunnelRow = z.object({
  stage: z.string(),
  name: z.string(),
  entered: z.number(),
  passed: z.number(),
  /** Applications in the stage now. */
  here: z.number(),
  conversion_percent: z.number().nullable(),
  by_source: z.array(SourceInStage),
});
export type FunnelRow = z.infer<typeof FunnelRow>;

/** How long stays took. The figures are null when there are too few stays. */
export const Stays = z.object({
  n: z.number(),
  median_days: z.number().nullable(),
  p85_days: z.number().nullable(),
});
export type Stays = z.infer<typeof Stays>;
export const TimeInStageRow = z.object({
  stage: z.string(),
  name: z.string(),
  /** Null where roles have different goals. */
  goal_days: z.number().nullable(),
  completed: Stays,
  running: Stays,
});
export type TimeInStageRow = z.infer<typeof TimeInStageRow>;

export const TimeToFillRow = z.object({
  roles: z.number(),
  filled: z.number(),
  unfilled: z.number(),
  median_weeks: z.number().nullable(),
  p85_weeks: z.number().nullable(),
  curve: z.array(
    z.object({
      weeks: z.number(),
      at_risk: z.number(),
      filled: z.number(),
      share_open_percent: z.number(),
    }),
  ),
});
export type TimeToFillRow = z.infer<typeof TimeToFillRow>;

export const SourceRow = z.object({
  source: z.string(),
  applications: z.number(),
  active: z.number(),
  reached_offer: z.number(),
  hired: z.number(),
  rejected: z.number(),
  withdrawn: z.number(),
  offer_percent: z.number().nullable(),
  hired_percent: z.number().nullable(),
});
export type SourceRow = z.infer<typeof SourceRow>;

/** Offers that were extended, by where the newest of each application stands. */
export const OfferRow = z.object({
  /** Null for all roles together. */
  role: z.string().nullable(),
  extended: z.number(),
  open: z.number(),
  accepted: z.number(),
  declined: z.number(),
  withdrawn: z.number(),
  expired: z.number(),
  /** Of those accepted or declined. */
  accepted_percent: z.number().nullable(),
  to_answer: Stays,
});
export type OfferRow = z.infer<typeof OfferRow>;

/** Applications that ended for one kind of reason; the kind is null where none was given. */
export const ReasonCount = z.object({
  end: z.enum(["rejected", "withdrawn"]),
  category: z.string().nullable(),
  count: z.number(),
  /** Of how many that ended so. */
  of: z.number(),
  percent: z.number().nullable(),
});
export type ReasonCount = z.infer<typeof ReasonCount>;

/** Tasks of one kind that one person has in one stage of a role. */
export const TasksRow = z.object({
  /** E-mail of the person. */
  by: z.string(),
  what: z.enum(["assessment", "submission", "booking", "scorecards", "votes"]),
  /** `count` applications still lack it, of `of` for which the person is asked for it. */
  count: z.number(),
  of: z.number(),
  longest_days: z.number(),
  role: z.string(),
  /** The round, for scorecards and interviews to be booked. */
  stage: z.string(),
});
/** The row with the step that lists its applications. */
export type TasksRow = z.infer<typeof TasksRow> & { readonly step: Step };

export type AgreementRow = Agreement & {
  /** Null for all roles together. */
  readonly role: string | null;
  readonly applications: number;
  /** Applications that are not counted, because the reader may not see their cards yet. */
  readonly left_out: number;
};

export const ImpactGroup = z.object({
  answer: z.string(),
  decided: z.number(),
  passed: z.number(),
  rate_percent: z.number(),
  /** The group's selection rate divided by the highest one. */
  impact_ratio: z.number(),
  below_four_fifths: z.boolean(),
  /** Fisher's exact test against the group with the highest rate, two-sided; null for that group itself. */
  fisher_p: z.number().nullable(),
});
export type ImpactGroup = z.infer<typeof ImpactGroup>;
/** Why groups are withheld: a group is too small, an outcome in a group is too small, or only one group is left. */
export const Withheld = z.enum(["small_group", "small_outcome", "no_comparison"]);
export type Withheld = z.infer<typeof Withheld>;
export const ImpactRow = z.object({
  question: z.string(),
  stage: z.string(),
  name: z.string(),
  groups: z.array(ImpactGroup),
});
export type ImpactRow = z.infer<typeof ImpactRow> & { readonly withheld: Withheld | null };
