import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { DebriefAnswer, debriefAnswer } from "../answers/debrief.ts";
import { application } from "../params.ts";
import { debriefText } from "../text/debrief.ts";
import { defineTool } from "../tool.ts";

export const getDebrief = defineTool({
  name: "get_debrief",
  title: "Debrief on a candidate",
  description:
    "What the panel's scorecards and votes come to: dissent first, then means, coverage, agreement, rubric, submission, and " +
    "what is still to be done. Computed, without a verdict: a person decides. Hidden from whoever owes a scorecard.",
  toolset: "evaluation",
  access: READ,
  effect: "read",
  input: z.strictObject({ application }),
  output: DebriefAnswer,
  handle: async (input, { services, session }) => debriefAnswer(await services.panel.debrief(session, input)),
  text: debriefText,
});
