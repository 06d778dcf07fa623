import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { DocumentKind } from "../../domain/candidates/document.ts";
import { MailAuthor } from "../../domain/mail/stored-mail.ts";
import { AddDocumentAnswer, addDocumentAnswer } from "../answers/document.ts";
import { application, place } from "../params.ts";
import { addDocumentText } from "../text/document.ts";
import { defineTool } from "../tool.ts";

export const addDocument = defineTool({
  name: "add_document",
  title: "Add a document",
  description:
    "Store a text about an application, whole and unedited: quotes are checked against it. One of text, file, base64: " +
    "text, Markdown, PDF, DOCX, EML. An email with headers is filed under what it answers. note: a member's own words; " +
    "work_sample: hands in an exercise, also as a link.",
  toolset: "candidates",
  access: INTERVIEW,
  effect: "write",
  input: z.strictObject({
    application,
    kind: DocumentKind,
    text: z.string().optional(),
    file: z
      .string()
      .max(4_000)
      .optional()
      .describe("Absolute path; over HTTP any name, to get an upload link"),
    base64: z.string().optional(),
    link: z.string().max(2_000).optional().describe("https address of a work_sample; never opened"),
    name: place.optional(),
    author: MailAuthor.optional().describe("Whose an email is, where its sender does not tell"),
    attachment: place.optional().describe("Read this file of the mail instead"),
  }),
  output: AddDocumentAnswer,
  handle: async (input, { services, session }) =>
    addDocumentAnswer(await services.documents.addOrOffer(session, input)),
  text: addDocumentText,
});
