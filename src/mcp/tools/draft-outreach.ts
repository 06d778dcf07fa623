import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { application, prose } from "../params.ts";
import { linesOf } from "../text/lines.ts";
import { Finding, findingLines } from "../text/message.ts";
import { defineTool } from "../tool.ts";

export const draftOutreach = defineTool({
  name: "draft_outreach",
  title: "Draft a message",
  description:
    "Draft an e-mail to a candidate from the record; sends nothing. Without purpose, the one that fits the stage. note is " +
    "your own sentence or two, placed as text. Drafting again revises. An error in findings blocks sending.",
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
  output: z.object({
    message: z.looseObject({
      id: z.string(),
      to: z.string(),
      subject: z.string(),
      body: z.string(),
      status: z.string(),
      findings: z.array(Finding),
    }),
    note: z.string().optional(),
  }),
  handle: (input, { services, session }) => services.outreach.draft(session, input),
  text: ({ message, note }) =>
    linesOf(
      note ??
        `Draft ${message.id} (${String(message.purpose)}, version ${String(message.version)}), not sent.`,
      `To: ${message.to}\nSubject: ${message.subject}\n\n${message.body}`,
      ...findingLines(message.findings),
      message.status === "draft" &&
        (message.findings.some(({ severity }) => severity === "error")
          ? "An error blocks sending: mend it, and draft again."
          : `send_message with message: ${message.id} asks a person and sends it.`),
    ),
});
