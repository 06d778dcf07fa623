import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { DraftAnswer, draftAnswer } from "../answers/message.ts";
import { application, prose } from "../params.ts";
import { draftText } from "../text/message.ts";
import { defineTool } from "../tool.ts";

export const draftOutreach = defineTool({
  name: "draft_outreach",
  title: "Draft a message",
  description:
    "Draft an e-mail to a candidate from the record; sends nothing. Without purpose, what fits the stage. note: your own " +
    "sentence or two, placed as text. Drafting again revises. An error in findings blocks sending.",
  toolset: "outreach",
  access: RUN,
  effect: "write",
  input: z.strictObject({
    application,
    purpose: z.string().max(60).optional(),
    note: prose(1_000).optional(),
    language: z.string().max(20).optional(),
    discard: z.string().max(60).optional().describe("Message id of a draft to throw away"),
  }),
  output: DraftAnswer,
  handle: async (input, { services, session }) => draftAnswer(await services.outreach.draft(session, input)),
  text: draftText,
});
