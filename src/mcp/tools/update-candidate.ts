import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { UpdateCandidateAnswer, updateCandidateAnswer } from "../answers/person.ts";
import { application, candidateFields } from "../params.ts";
import { updatedText } from "../text/person.ts";
import { defineTool } from "../tool.ts";

export const updateCandidate = defineTool({
  name: "update_candidate",
  title: "Mend a candidate's record",
  description:
    "Change what is given about a person, in all their applications; source, referred_by and owner of this one alone. " +
    "Empty text clears; lists are replaced whole. merge_into makes two people one, kept under merge_into, and needs a " +
    "person, as move_candidate does.",
  toolset: "candidates",
  access: RUN,
  effect: "write",
  input: z.strictObject({
    application,
    ...candidateFields,
    merge_into: application.optional(),
    confirm: z.string().max(20).optional(),
  }),
  output: UpdateCandidateAnswer,
  confirmation: ({ confirmation }) => confirmation,
  handle: async (input, { services, session }) =>
    updateCandidateAnswer(await services.candidates.update(session, input)),
  text: updatedText,
});
