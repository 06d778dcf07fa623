import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { Channel } from "../../domain/outreach/outbox.ts";
import { SendAnswer, sendAnswer } from "../answers/message.ts";
import { application, message } from "../params.ts";
import { sendText } from "../text/message.ts";
import { defineTool } from "../tool.ts";

export const sendMessage = defineTool({
  name: "send_message",
  title: "Send a message",
  description:
    "Send one draft to its candidate, once. A person agrees first: show the whole summary of the confirmation, and only " +
    "when they agree call again with its code as confirm. " +
    "cancel stops one that has not left; sent_by_hand records that somebody sent it; application and channel, that " +
    "somebody was told of a rejection without it.",
  toolset: "outreach",
  access: RUN,
  effect: "decide",
  heavy: true,
  openWorld: true,
  input: z.strictObject({
    message: message.optional(),
    application: application.optional(),
    channel: Channel.optional().describe("With application, not message: how they were told"),
    cancel: z.boolean().optional(),
    sent_by_hand: z.boolean().optional(),
    as_eml: z.boolean().optional().describe("To send by hand: as a file, invitation included"),
    confirm: z.string().max(20).optional(),
  }),
  output: SendAnswer,
  confirmation: ({ confirmation }) => confirmation,
  handle: async (input, { services, session }) => sendAnswer(await services.sending.send(session, input)),
  text: sendText,
});
