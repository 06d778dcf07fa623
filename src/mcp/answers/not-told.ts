import * as z from "zod";
import { MAX_DAYS_LISTED, NOT_TOLD_REASONS, UNREACHABLE } from "../../domain/pipeline/not-told.ts";
import type { Counted, NotTold } from "../../services/pipeline/not-told.ts";
import { NextCall, nextCall } from "../next-call.ts";
import type { Answer } from "./answer.ts";

/** Who has to be told, longest first. A total that is reached stands for "at least". */
export const NotToldAnswer = z.object({
  total: z.number(),
  /** True where there are more than the total. */
  more_than_total: z.boolean().optional(),
  people: z.array(
    z.object({
      application: z.string(),
      name: z.string(),
      why: z.enum(NOT_TOLD_REASONS),
      since: z.string().optional(),
      interview: z.object({ id: z.string(), round: z.string(), start: z.string() }).optional(),
      cannot_be_written_to: z.enum(UNREACHABLE).optional(),
      next: NextCall,
    }),
  ),
  /** How many ended too long ago to be listed: more than so many days. */
  older: z
    .object({ total: z.number(), more_than_total: z.boolean().optional(), days: z.number() })
    .optional(),
});
export type NotToldAnswer = Answer<typeof NotToldAnswer>;

/** A count as a total; with `more_than_total` where it stopped there. */
export const countAnswer = ({ n, isMore }: Counted) => ({
  total: n,
  ...(isMore && { more_than_total: true }),
});

type Facts = { readonly people: readonly NotTold[]; readonly total: Counted; readonly older: Counted };

export const notToldAnswer = ({ people, total, older }: Facts): { readonly not_told?: NotToldAnswer } =>
  total.n + older.n === 0
    ? {}
    : {
        not_told: {
          ...countAnswer(total),
          people: people.map(({ next, ...person }) => ({ ...person, next: nextCall(next) })),
          ...(older.n > 0 && { older: { ...countAnswer(older), days: MAX_DAYS_LISTED } }),
        },
      };
