import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { MoveAnswer, moveAnswer } from "../answers/move.ts";
import { application, reason, stage } from "../params.ts";
import { moveText } from "../text/move.ts";
import { defineTool } from "../tool.ts";

export const moveCandidate = defineTool({
  name: "move_candidate",
  title: "Move a candidate",
  description:
    "Move to a stage, or to rejected, withdrawn, hired. rejected, offer, hired and an override need a person: show the " +
    "summary of the confirmation, and only when they agree call again with its code as confirm. Never sends e-mail.",
  toolset: "candidates",
  access: RUN,
  effect: "decide",
  input: z.strictObject({
    application,
    to: stage,
    from: z.string().max(60).optional().describe("Refused if the application is elsewhere"),
    reason: reason.describe("Required for a rejection or override"),
    reason_category: z
      .string()
      .max(60)
      .optional()
      .describe("For rejected or withdrawn; a wrong one is answered with the list"),
    override: z.boolean().optional().describe("Pass a gate or skip stages"),
    confirm: z.string().max(20).optional(),
  }),
  output: MoveAnswer,
  confirmation: ({ confirmation }) => confirmation,
  handle: async (input, { services, session }) =>
    moveAnswer(await services.moves.move(session, input), input),
  text: moveText,
});
