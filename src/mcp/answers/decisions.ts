import * as z from "zod";
import type { EvidenceShown } from "../../domain/panel/redact.ts";
import { Verdict } from "../../domain/panel/verdict.ts";
import type { Services } from "../../services/services.ts";
import { hiddenAnswer } from "./hidden.ts";

/** What was on the table: which versions, and the votes where the reader may see them. */
const Evidence = z.object({
  scorecards: z.array(
    z.object({ id: z.string(), round: z.string(), member: z.string(), version: z.number() }),
  ),
  assessment: z.string().nullable(),
  submission: z.object({ url: z.string(), head_sha: z.string() }).nullable(),
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

/** Who decided what, when, why, through which client, and on what. */
export const DecisionAnswer = z.object({
  kind: z.string(),
  version: z.number(),
  from: z.string(),
  to: z.string(),
  at: z.string(),
  by: z.string(),
  through: z.string(),
  reason: z.string().nullable(),
  reason_hidden: z.boolean().optional(),
  overridden: z.array(z.string()),
  undone: z.boolean(),
  on_the_table: Evidence.nullable(),
  hidden: z.string().optional(),
});
export type DecisionAnswer = z.infer<typeof DecisionAnswer>;

export const DecisionsAnswer = z.object({
  ref: z.string(),
  role: z.string(),
  decisions: z.array(DecisionAnswer),
});

type Decisions = Awaited<ReturnType<Services["dossiers"]["decisions"]>>;

export function decisionAnswer(decision: Decisions["decisions"][number]): DecisionAnswer {
  const { on_the_table, overridden, ...rest } = hiddenAnswer(decision);
  return {
    ...rest,
    overridden: [...overridden],
    on_the_table: on_the_table && evidenceAnswer(on_the_table),
  };
}

function evidenceAnswer({ scorecards, votes, ...evidence }: EvidenceShown): z.infer<typeof Evidence> {
  return { ...evidence, scorecards: [...scorecards], ...(votes && { votes: [...votes] }) };
}

export const decisionsAnswer = ({
  decisions,
  ...application
}: Decisions): z.infer<typeof DecisionsAnswer> => ({
  ...application,
  decisions: decisions.map(decisionAnswer),
});
