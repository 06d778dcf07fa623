import * as z from "zod";
import type { Task } from "../../domain/pipeline/tasks.ts";
import { NextCall, nextCall } from "../next-call.ts";
import type { Answer } from "./answer.ts";

/** A task for an application: its kind, since when, who has to do it, and the call that does it. */
export const TaskAnswer = z.object({
  what: z.string(),
  round: z.string().optional(),
  by: z.array(z.string()),
  days: z.number(),
  next: NextCall,
});
export type TaskAnswer = Answer<typeof TaskAnswer>;

export const taskAnswer = ({ what, round, by, days, step }: Task): TaskAnswer => ({
  what,
  ...(round === undefined ? {} : { round }),
  by: [...by],
  days,
  next: nextCall(step),
});
