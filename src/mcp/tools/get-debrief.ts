import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { hiddenAnswer } from "../answers/hidden.ts";
import { application } from "../params.ts";
import { debriefText } from "../text/debrief.ts";
import { defineTool } from "../tool.ts";

const some = z.array(z.looseObject({}));

export const getDebrief = defineTool({
  name: "get_debrief",
  title: "Debrief on a candidate",
  description:
    "What the panel's scorecards and votes come to: dissent first, then means, coverage, agreement, what rubric and submission " +
    "said, and what is owed. Computed, without a verdict: a person decides. Hidden from whoever still owes a scorecard.",
  toolset: "evaluation",
  access: READ,
  effect: "read",
  input: z.strictObject({ application }),
  output: z.looseObject({
    ref: z.string(),
    hidden: z.string().optional(),
    owed: some,
    dissent: some,
    aggregate: z.array(z.looseObject({ criterion: z.string(), n: z.number(), mean: z.number() })),
    coverage_gaps: some,
    agreement: z.looseObject({ value: z.number().nullable(), n: z.number(), reading: z.string() }).nullable(),
    scorecards: some,
  }),
  handle: async (input, { services, session }) => hiddenAnswer(await services.panel.debrief(session, input)),
  text: debriefText,
});
