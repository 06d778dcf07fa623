import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { InterviewOutcome } from "../../domain/scheduling/interview-status.ts";
import { BookedInterviewAnswer, bookedInterviewAnswer } from "../answers/interview.ts";
import { application, interview, member, place, reason, round } from "../params.ts";
import { bookedInterviewText } from "../text/interview.ts";
import { defineTool } from "../tool.ts";

export const scheduleInterview = defineTool({
  name: "schedule_interview",
  title: "Schedule an interview",
  description:
    "Put an interview on record and write its calendar invitation; sends nothing. interview (its id) changes that one; " +
    "cancel calls it off; outcome records what became of it, or with a past start of one booked elsewhere. " +
    "Outside hours, buffer or weekly limit it takes override and reason.",
  toolset: "scheduling",
  access: RUN,
  effect: "write",
  openWorld: true,
  input: z.strictObject({
    application,
    round,
    interviewers: z.array(member).min(1).max(10).optional(),
    start: z.string().max(80).optional().describe("2026-12-01T10:00+01:00, or ...T10:00[Europe/Berlin]"),
    minutes: z.number().int().min(15).max(480).optional(),
    location: place.optional(),
    interview: interview.optional(),
    cancel: z.boolean().optional(),
    outcome: InterviewOutcome.optional(),
    override: z.boolean().optional(),
    reason,
  }),
  output: BookedInterviewAnswer,
  handle: async (input, { services, session }) =>
    bookedInterviewAnswer(await services.interviews.schedule(session, input)),
  text: bookedInterviewText,
});
