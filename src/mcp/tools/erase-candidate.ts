import * as z from "zod";
import { ADMINISTER } from "../../domain/access.ts";
import { EraseCandidateAnswer, eraseCandidateAnswer } from "../answers/erasure.ts";
import { application } from "../params.ts";
import { erasureText } from "../text/erasure.ts";
import { defineTool } from "../tool.ts";

export const eraseCandidate = defineTool({
  name: "erase_candidate",
  title: "Erase a candidate",
  description:
    "Erase a person's data, in all their applications. Shows what would go, and needs a person, as move_candidate does.",
  toolset: "candidates",
  access: ADMINISTER,
  effect: "decide",
  input: z.strictObject({ application, confirm: z.string().max(20).optional() }),
  output: EraseCandidateAnswer,
  confirmation: ({ confirmation }) => confirmation,
  handle: async (input, { services, session }) =>
    eraseCandidateAnswer(await services.erasures.erase(session, input)),
  text: erasureText,
});
