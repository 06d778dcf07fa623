import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { Confirmation } from "../answers/confirmation.ts";
import { onceAgreed } from "../text/confirmation.ts";
import { linesOf } from "../text/lines.ts";
import { Finding, findingLines } from "../text/message.ts";
import { defineTool } from "../tool.ts";

export const sendMessage = defineTool({
  name: "send_message",
  title: "Send a message",
  description:
    "Send one draft to its candidate. A person agrees to it first: show the whole summary of the confirmation, and only " +
    "when they agree call again with its code as confirm. cancel stops one that has not left; sent_by_hand records that somebody sent it. Never a second time by itself.",
  toolset: "outreach",
  access: RUN,
  effect: "decide",
  openWorld: true,
  input: z.strictObject({
    message: z.string().max(60).describe("Message id"),
    cancel: z.boolean().optional(),
    sent_by_hand: z.boolean().optional(),
    confirm: z.string().max(20).optional(),
  }),
  output: z.object({
    message: z.looseObject({
      id: z.string(),
      to: z.string(),
      status: z.string(),
    }),
    delivery: z.looseObject({ state: z.string() }),
    findings: z.array(Finding),
    note: z.string().optional(),
    confirmation: Confirmation.optional(),
  }),
  confirmation: ({ confirmation }) => confirmation,
  handle: (input, { services, session }) => services.sending.send(session, input),
  text({ message, delivery, findings, note, confirmation }) {
    const { outcome, send_at, mailto, eml } = delivery as Record<string, string | undefined>;
    if (confirmation)
      return linesOf(
        "Nothing is sent or recorded yet. Show the user all of this, as it stands:",
        confirmation.summary,
        onceAgreed(confirmation),
      );
    return linesOf(
      `Message to ${message.to}: ${message.status}.`,
      delivery.state === "waiting" && send_at !== undefined && `It leaves at ${send_at}.`,
      outcome,
      note,
      ...findingLines(findings),
      mailto,
      eml !== undefined && `--- .eml\n${eml}`,
    );
  },
});
