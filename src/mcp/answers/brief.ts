import * as z from "zod";
import type { InterviewBrief } from "../../domain/panel/interview-brief.ts";
import { InterviewKit, Question } from "../../domain/roles/role-template.ts";
import type { Answer } from "./answer.ts";

/** What one interviewer prepares from. Null where the round has no kit. */
export const BriefOfRound = z.object({
  ...InterviewKit.pick({ round: true, purpose: true, minutes: true, criteria: true, do_not_ask: true }).shape,
  outcomes: z.array(z.string()),
  questions: z.array(Question.pick({ question: true, follow_ups: true, listen_for: true })),
  open: z
    .array(z.object({ id: z.string(), label: z.string(), verdict: z.string(), question: z.string() }))
    .nullable(),
  raised: z.array(z.object({ ask: z.string(), path: z.string().optional(), line: z.number().optional() })),
  handed_in: z.array(z.string()),
  to_check: z.array(z.string()),
});
export type BriefOfRound = Answer<typeof BriefOfRound>;

export const briefOfRound = (brief: InterviewBrief): BriefOfRound => brief;
