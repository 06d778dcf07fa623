import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { PipelineAnswer, pipelineAnswer } from "../answers/pipeline.ts";
import { roleKey } from "../params.ts";
import { pipelineText } from "../text/pipeline.ts";
import { defineTool } from "../tool.ts";

export const getPipeline = defineTool({
  name: "get_pipeline",
  title: "See the pipeline",
  description:
    "Who stands where in every running role (or one), who owes what, what waits for us or the candidate, how long searches " +
    "take, what comes first. Names the three longest waiting a stage, of one role ten; find_candidates lists all.",
  toolset: "roles",
  access: READ,
  effect: "read",
  input: z.strictObject({ role: roleKey.optional() }),
  output: PipelineAnswer,
  handle: async (input, { services, session }) => pipelineAnswer(await services.pipeline.get(session, input)),
  text: pipelineText,
});
