import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { UndoAnswer } from "../answers/move.ts";
import { application } from "../params.ts";
import { undoText } from "../text/move.ts";
import { defineTool } from "../tool.ts";

export const undoMove = defineTool({
  name: "undo_move",
  title: "Undo the last move",
  description:
    "Take back the last move of an application, its clock included. Goes back one move only; both stay in the history.",
  toolset: "candidates",
  access: RUN,
  effect: "write",
  input: z.strictObject({ application }),
  output: UndoAnswer,
  handle: (input, { services, session }) => services.moves.undo(session, input),
  text: undoText,
});
