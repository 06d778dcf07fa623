import * as z from "zod";
import { application } from "../params.ts";
import { defineTool } from "../tool.ts";
import { UndoAnswer, undoText } from "./move-answer.ts";

export const undoMove = defineTool({
  name: "undo_move",
  title: "Undo the last move",
  description:
    "Take back the last move of an application, its clock included. Goes back one move only; both stay in the history.",
  toolset: "candidates",
  effect: "write",
  input: z.strictObject({ application }),
  output: UndoAnswer,
  handle: (input, { services, caller }) => services.moves.undo(caller, input),
  text: undoText,
});
