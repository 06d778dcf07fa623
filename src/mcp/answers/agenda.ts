import * as z from "zod";
import { StaleWhy } from "../../domain/evaluation/stale.ts";
import { AGENDA_KINDS } from "../../domain/pipeline/agenda.ts";
import { NOT_TOLD_REASONS, UNREACHABLE } from "../../domain/pipeline/not-told.ts";
import type { Services } from "../../services/services.ts";
import { NextCall, nextCall } from "../next-call.ts";
import type { Answer } from "./answer.ts";
import { countAnswer } from "./not-told.ts";

/** What is ahead: what is overdue first, then by when it is due. Times are in the zone that is named. */
export const AgendaAnswer = z.object({
  /** An e-mail, or `all`. */
  member: z.string(),
  from: z.string(),
  to: z.string(),
  timezone: z.string(),
  /** True where the caller's zone is not on record. */
  timezone_assumed: z.boolean().optional(),
  items: z.array(
    z.object({
      kind: z.enum(AGENDA_KINDS),
      application: z.string(),
      name: z.string(),
      round: z.string().optional(),
      due: z.string(),
      at: z.string().optional(),
      overdue: z.boolean().optional(),
      /** Whose it is; absent where it is that of the member alone. */
      by: z.array(z.string()).optional(),
      purpose: z.string().optional(),
      /** Of a draft that is not to be sent as it is. */
      outdated: z.array(z.string()).optional(),
      written_for: z.string().optional(),
      now_at: z.string().optional(),
      /** Of an assessment that is stale. */
      again: z.boolean().optional(),
      stale_why: StaleWhy.optional(),
      why: z.enum(NOT_TOLD_REASONS).optional(),
      cannot_be_written_to: z.enum(UNREACHABLE).optional(),
      next: NextCall,
    }),
  ),
  total: z.number(),
  more_than_total: z.boolean().optional(),
});
export type AgendaAnswer = Answer<typeof AgendaAnswer>;

type Agenda = Awaited<ReturnType<Services["agenda"]["get"]>>;

export const agendaAnswer = ({ items, total, member, ...window }: Agenda): AgendaAnswer => ({
  member,
  ...window,
  items: items.map(({ by, overdue, next, outdated, ...item }) => ({
    ...item,
    ...(outdated && { outdated: [...outdated] }),
    ...(overdue && { overdue }),
    ...(by.some((email) => email !== member) && { by: [...by] }),
    next: nextCall(next),
  })),
  ...countAnswer(total),
});
