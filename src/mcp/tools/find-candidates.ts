import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { FindCandidatesAnswer, findCandidatesAnswer } from "../answers/candidate.ts";
import { cursor, flag, limit, member, roleKey, stage } from "../params.ts";
import { foundText } from "../text/candidate.ts";
import { defineTool } from "../tool.ts";

export const findCandidates = defineTool({
  name: "find_candidates",
  title: "Find candidates",
  description:
    "List applications, newest first; every argument narrows. query matches names, e-mails, references and the candidate's " +
    'own words in documents: words, "a phrase", -without, or. flag is a rubric flag found present.',
  toolset: "candidates",
  access: READ,
  effect: "read",
  input: z.strictObject({
    query: z.string().max(200).optional(),
    role: roleKey.optional(),
    stage: stage.optional(),
    status: ApplicationStatus.optional(),
    flag: flag.optional(),
    over_goal: z.boolean().optional(),
    owed_by: member.optional(),
    cursor,
    limit,
  }),
  output: FindCandidatesAnswer,
  handle: async (input, { services, session }) =>
    findCandidatesAnswer(await services.applications.find(session, input)),
  text: foundText,
});
