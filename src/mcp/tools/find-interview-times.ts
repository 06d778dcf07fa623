import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { application, cursor, limit } from "../params.ts";
import { linesOf } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

export const findInterviewTimes = defineTool({
  name: "find_interview_times",
  title: "Find interview times",
  description:
    "Times at which every interviewer can, best first, on everybody's clock; books nothing. Without interviewers, the " +
    "panel. from and to are days or moments; round: loop plans all rounds left, in order.",
  toolset: "scheduling",
  access: READ,
  effect: "read",
  openWorld: true,
  input: z.strictObject({
    application,
    round: z.string().min(1).max(60),
    interviewers: z
      .array(z.string().min(1).max(1_000))
      .min(1)
      .max(10)
      .optional()
      .describe("E-mails; a@x|b@x: either"),
    from: z.string().max(80),
    to: z.string().max(80),
    minutes: z.number().int().min(15).max(480).optional(),
    candidate_hours: z.string().max(1_000).optional().describe("Europe/Lisbon mon-fri 17:00-20:00"),
    cursor,
    limit,
  }),
  output: z.object({
    slots: z.array(
      z.looseObject({
        round: z.string(),
        start: z.string(),
        interviewers: z.array(z.looseObject({})),
        candidate_local: z.string().nullable(),
      }),
    ),
    total: z.number(),
    next_cursor: z.string().nullable(),
    notes: z.array(z.string()),
  }),
  handle: (input, { services, session }) => services.interviewTimes.find(session, input),
  text: ({ slots, total, next_cursor, notes }) =>
    linesOf(
      `${slots.length} of ${total}:`,
      ...slots.map(({ plan, round, start, candidate_local, interviewers, reasonable }) => {
        const theirs = interviewers.map(({ email, local }) => `${String(email)} ${String(local)}`).join("; ");
        const candidate = candidate_local === null ? "" : ` candidate ${candidate_local};`;
        const odd = reasonable === false ? " (early or late for the candidate)" : "";
        return `${plan === undefined ? "" : `plan ${String(plan)} `}${round} ${start}:${candidate} ${theirs}${odd}`;
      }),
      ...notes,
      next_cursor && `More: cursor ${next_cursor}`,
    ),
});
