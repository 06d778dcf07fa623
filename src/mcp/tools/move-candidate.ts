import * as z from "zod";
import { application, reason } from "../params.ts";
import { defineTool } from "../tool.ts";
import { MoveAnswer, moveText } from "./move-answer.ts";

export const moveCandidate = defineTool({
  name: "move_candidate",
  title: "Move a candidate",
  description:
    "Move to a stage, or to rejected, withdrawn, hired. rejected, offer and hired need a person: show the summary of the " +
    "confirmation, and only when they agree call again with its code as confirm. Never sends e-mail.",
  toolset: "candidates",
  effect: "decide",
  input: z.strictObject({
    application,
    to: z.string().min(1).max(60),
    from: z.string().max(60).optional().describe("Where you believe it is; refused if not"),
    reason: reason.describe("Required for a rejection or override"),
    override: z.boolean().optional().describe("Pass a gate or skip stages"),
    confirm: z.string().max(20).optional(),
  }),
  output: MoveAnswer,
  handle: (input, { services, caller }) => services.moves.move(caller, input),
  text: moveText,
});
