import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { InterviewTimesAnswer, interviewTimesAnswer } from "../answers/interview.ts";
import { application, cursor, limit, round } from "../params.ts";
import { interviewTimesText } from "../text/interview.ts";
import { defineTool } from "../tool.ts";

export const findInterviewTimes = defineTool({
  name: "find_interview_times",
  title: "Find interview times",
  description:
    "Times at which every interviewer can, best first, on everybody's clock; books nothing. Without interviewers, the " +
    "panel. from and to are days or moments; round: loop plans all rounds left, in order.",
  toolset: "scheduling",
  access: READ,
  effect: "write",
  heavy: true,
  openWorld: true,
  input: z.strictObject({
    application,
    round,
    interviewers: z
      .array(z.string().min(1).max(1_000))
      .min(1)
      .max(10)
      .optional()
      .describe("E-mails, or me; a@x|b@x: either"),
    from: z.string().max(80),
    to: z.string().max(80),
    minutes: z.number().int().min(15).max(480).optional(),
    candidate_hours: z.string().max(1_000).optional().describe("Europe/Lisbon mon-fri 17:00-20:00"),
    cursor,
    limit,
  }),
  output: InterviewTimesAnswer,
  handle: async (input, { services, session }) =>
    interviewTimesAnswer(await services.interviewTimes.find(session, input)),
  text: interviewTimesText,
});
