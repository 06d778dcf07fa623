import * as z from "zod";
import { Verdict } from "../../domain/panel/verdict.ts";
import { OfferStatus } from "../../domain/pipeline/offer.ts";
import type { Services } from "../../services/services.ts";
import type { Answer } from "./answer.ts";
import { hiddenAnswer } from "./hidden.ts";
import { omitEmpty } from "./omit-empty.ts";

/** The versions that the decider could see, and the votes if the reader may see them. */
const Evidence = z.object({
  scorecards: z.array(
    z.object({ id: z.string(), round: z.string(), member: z.string(), version: z.number() }),
  ),
  assessment: z.string().nullable(),
  submission: z.object({ url: z.string(), head_sha: z.string() }).nullable(),
  /** Ids of the documents handed in for an exercise without a repository. */
  work_samples: z.array(z.string()).optional(),
  offer: z.object({ id: z.string(), version: z.number(), status: OfferStatus }).optional(),
  votes_cast: z.number(),
  votes: z
    .array(
      z.object({
        id: z.string(),
        member: z.string(),
        version: z.number(),
        vote: Verdict,
        on_panel: z.boolean(),
      }),
    )
    .optional(),
  majority: z.enum(["for", "against"]).nullable().optional(),
  against_majority: z.boolean().optional(),
});

/** A move on record: who, when, why, and through which client. */
export const RecordedMove = z.object({
  kind: z.string(),
  version: z.number(),
  from: z.string(),
  to: z.string(),
  at: z.string(),
  by: z.string(),
  through: z.string(),
  reason: z.string().optional(),
  reason_category: z.string().optional(),
  reason_hidden: z.boolean().optional(),
  overridden: z.array(z.string()).optional(),
});

/** A decision: a move, and the evidence that it rests on. */
export const DecisionAnswer = RecordedMove.extend({
  undone: z.boolean().optional(),
  on_the_table: Evidence.nullable(),
  hidden: z.string().optional(),
});
type DecisionAnswer = Answer<typeof DecisionAnswer>;

const DecisionsAnswer = z.object({
  ref: z.string(),
  role: z.string(),
  decisions: z.array(DecisionAnswer),
});

type Decisions = Awaited<ReturnType<Services["dossiers"]["decisions"]>>;

export const decisionAnswer = (decision: Decisions["decisions"][number]): DecisionAnswer =>
  omitEmpty(hiddenAnswer(decision), { reason: true, reason_category: true, overridden: true, undone: true });

export const decisionsAnswer = ({
  decisions,
  ...application
}: Decisions): Answer<typeof DecisionsAnswer> => ({
  ...application,
  decisions: decisions.map(decisionAnswer),
});
