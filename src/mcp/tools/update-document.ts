import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { MailAuthor } from "../../domain/mail/stored-mail.ts";
import { UpdateDocumentAnswer, updateDocumentAnswer } from "../answers/document.ts";
import { application, place, reason } from "../params.ts";
import { updateDocumentText } from "../text/document.ts";
import { defineTool } from "../tool.ts";

export const updateDocument = defineTool({
  name: "update_document",
  title: "Mend a document",
  description:
    "One change: move_to another application, remove with a reason (its content is gone), new content, the author of an " +
    "email, or own_words: false for what others wrote. Its assessments become stale; none is made anew.",
  toolset: "candidates",
  access: INTERVIEW,
  act: ({ move_to, remove, text, file, base64 }) =>
    remove || [move_to, text, file, base64].some((value) => value !== undefined) ? "refile" : undefined,
  effect: "write",
  input: z.strictObject({
    application,
    document: z
      .string()
      .max(60)
      .meta({ listedBy: "get_candidate with include: documents lists them.", description: "Id" }),
    move_to: application.optional(),
    remove: z.boolean().optional(),
    reason,
    author: MailAuthor.optional(),
    own_words: z.boolean().optional(),
    text: z.string().optional(),
    file: z.string().max(4_000).optional(),
    base64: z.string().optional(),
    name: place.optional(),
    attachment: place.optional(),
  }),
  output: UpdateDocumentAnswer,
  handle: async (input, { services, session }) =>
    updateDocumentAnswer(await services.documents.update(session, input)),
  text: updateDocumentText,
});
