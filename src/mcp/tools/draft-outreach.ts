import * as z from "zod";
import { application, prose } from "../params.ts";
import { linesOf } from "../text.ts";
import { defineTool } from "../tool.ts";

export const draftOutreach = defineTool({
  name: "draft_outreach",
  title: "Draft a message",
  description:
    "Draft an e-mail to a candidate from the record and the template; sends nothing. Without purpose, the one that fits the " +
    "stage. note is your own sentence or two, placed as plain text.",
  toolset: "outreach",
  effect: "write",
  input: z.strictObject({
    application,
    purpose: z.string().max(60).optional(),
    note: prose(1_000).optional(),
    language: z.string().max(20).optional(),
  }),
  output: z.object({
    message: z.looseObject({
      id: z.string(),
      to: z.string(),
      subject: z.string(),
      body: z.string(),
      status: z.string(),
      findings: z.array(z.looseObject({ rule: z.string(), severity: z.string(), why: z.string() })),
    }),
    note: z.string().optional(),
  }),
  handle: (input, { services, caller }) => services.outreach.draft(caller, input),
  text: ({ message, note }) =>
    linesOf(
      note ?? `Draft (${String(message.purpose)}), not sent.`,
      `To: ${message.to}\nSubject: ${message.subject}\n\n${message.body}`,
      ...message.findings.map((f) => `${f.severity} ${f.rule}: ${f.why}`),
    ),
});
