import * as z from "zod";
import { AdminOrigin } from "../../domain/member.ts";
import { MAX_ATTENTION_PER_KIND, MAX_WAITING_PER_STAGE } from "../../domain/pipeline/attention.ts";
import { PACES } from "../../domain/pipeline/search-clock.ts";
import type { Services } from "../../services/services.ts";
import { NextCall, nextCall } from "../next-call.ts";
import { attentionText } from "../text/fields/pipeline.ts";
import type { Answer } from "./answer.ts";
import { NotToldAnswer, notToldAnswer } from "./not-told.ts";
import { omitEmpty } from "./omit-empty.ts";
import { TaskAnswer, taskAnswer } from "./task.ts";

const Weeks = z.object({ low_weeks: z.number(), high_weeks: z.number() });

const Person = z.object({
  ref: z.string(),
  name: z.string(),
  days_in_stage: z.number(),
  waits_for: z.string(),
  next_interview: z
    .object({ round: z.string(), start: z.string(), interviewers: z.array(z.string()) })
    .optional(),
  tasks: z.array(TaskAnswer),
});
const Stage = z.object({
  id: z.string(),
  name: z.string(),
  goal_days: z.number(),
  count: z.number(),
  over_goal: z.number(),
  applications: z.array(Person),
});
const Role = z.object({
  key: z.string(),
  title: z.string(),
  status: z.string(),
  weeks_open: z.number(),
  clock: z
    .object({
      clean: Weeks,
      mis_scoped: Weeks,
      pace: z.enum(PACES),
    })
    .nullable(),
  stages: z.array(Stage),
});

export const PipelineAnswer = z.object({
  roles: z.array(Role),
  needs_attention: z.array(
    z.object({
      kind: z.string(),
      severity: z.string(),
      ref: z.string(),
      days_over: z.number(),
      closeness: z.number(),
      what: z.string(),
      next: NextCall,
    }),
  ),
  more: z.array(z.object({ kind: z.string(), more: z.number(), of: z.number() })).optional(),
  /** Of what needs attention, where something does. */
  order: z.string().optional(),
  drafts: z.array(
    z.object({
      message: z.string(),
      application: z.string(),
      name: z.string(),
      purpose: z.string(),
      since: z.string(),
      next: NextCall,
    }),
  ),
  more_drafts: z.boolean().optional(),
  /** Who has to be told how it ended, or that an interview is off; absent while there is nobody. */
  not_told: NotToldAnswer.optional(),
  /** Whom the first start made the first admin; told to them while there is no role. */
  first_admin: z
    .object({ email: z.string(), name: z.string(), from: AdminOrigin, unreachable: z.boolean() })
    .optional(),
});
export type PipelineAnswer = Answer<typeof PipelineAnswer>;

const ORDER =
  "errors first, then most days over the goal, then closest to a hire; " +
  `at most ${MAX_ATTENTION_PER_KIND} of a kind; ` +
  `people are looked for among the ${MAX_WAITING_PER_STAGE} longest waiting in each stage`;

const toThousandths = (share: number): number => Math.round(share * 1_000) / 1_000;

type Pipeline = Awaited<ReturnType<Services["pipeline"]["get"]>>;

export const pipelineAnswer = ({
  roles,
  needs_attention,
  drafts,
  not_told,
  first_admin,
  ...rest
}: Pipeline): PipelineAnswer => ({
  ...omitEmpty(rest, { more: true, more_drafts: true }),
  ...(first_admin && { first_admin }),
  roles: roles.map(({ clock, stages, ...role }) => ({
    ...role,
    clock: clock && { clean: clock.clean, mis_scoped: clock.mis_scoped, pace: clock.pace },
    stages: stages.map(({ applications, ...stage }) => ({
      ...stage,
      applications: applications.map(({ tasks, next_interview, ...person }) => ({
        ...person,
        ...(next_interview && {
          next_interview: { ...next_interview, interviewers: [...next_interview.interviewers] },
        }),
        tasks: tasks.map(taskAnswer),
      })),
    })),
  })),
  needs_attention: needs_attention.map((item) => {
    const { kind, severity, ref, days_over, closeness, next } = item;
    return {
      kind,
      severity,
      ref,
      days_over,
      closeness: toThousandths(closeness),
      what: attentionText(item),
      next: nextCall(next),
    };
  }),
  ...(needs_attention.length > 0 && { order: ORDER }),
  drafts: drafts.map(({ next, ...draft }) => ({ ...draft, next: nextCall(next) })),
  ...notToldAnswer(not_told),
});
