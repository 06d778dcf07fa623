import * as z from "zod";

/** What became of an interview; `booked` until somebody says so. */
export const InterviewOutcome = z.enum(["held", "no_show"]);
export type InterviewOutcome = z.infer<typeof InterviewOutcome>;
export const InterviewStatus = z.enum(["booked", ...InterviewOutcome.options, "cancelled"]);
export type InterviewStatus = z.infer<typeof InterviewStatus>;

/** Whether an interview of a round counts as met or to come. One that was missed or called off leaves the round free. */
export const stands = (status: InterviewStatus): boolean => status === "booked" || status === "held";
