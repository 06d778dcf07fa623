import * as z from "zod";
import { RUN } from "../../domain/access.ts";
import { AddCandidateAnswer, addCandidateAnswer } from "../answers/candidate.ts";
import { email, links, personName, phone, place, roleKey, timezone } from "../params.ts";
import { addedText } from "../text/candidate.ts";
import { defineTool } from "../tool.ts";

export const addCandidate = defineTool({
  name: "add_candidate",
  title: "Add a candidate",
  description:
    "Add a person to a role, best with the whole résumé: text, Markdown, PDF or DOCX, by one of resume_text, resume_file, " +
    "resume_base64. The same again changes nothing. Next: score_candidate.",
  toolset: "candidates",
  access: RUN,
  effect: "write",
  input: z.strictObject({
    role: roleKey,
    name: personName,
    email: email.optional(),
    phone,
    links,
    location: place.optional(),
    timezone,
    source: place.optional(),
    resume_text: z.string().optional(),
    resume_file: z
      .string()
      .max(4_000)
      .optional()
      .describe("Absolute path; over HTTP any name, to get an upload link"),
    resume_base64: z.string().optional(),
    resume_name: place.optional(),
  }),
  output: AddCandidateAnswer,
  handle: async (input, { services, session }) =>
    addCandidateAnswer(await services.candidates.add(session, input)),
  text: addedText,
});
