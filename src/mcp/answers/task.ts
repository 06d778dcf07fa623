import * as z from "zod";
import type { Task } from "../../domain/pipeline/tasks.ts";
import { NextCall, nextCall } from "../next-call.ts";
import type { Answer } from "./answer.ts";

/** A task for an application: its kind, since when it could be done, when it is due, by whom, and the call that does it. */
export const TaskAnswer = z.object({
  what: z.string(),
  round: z.string().optional(),
  by: z.array(z.string()),
  days: z.number(),
  due: z.string(),
  next: NextCall,
});
export type TaskAnswer = Answer<typeof TaskAnswer>;

export const taskAnswer = ({ what, round, by, days, due, step }: Task): TaskAnswer => ({
  what,
  ...(round === undefined ? {} : { round }),
  by: [...by],
  days,
  due,
  next: nextCall(step),
});
