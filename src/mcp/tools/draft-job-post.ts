import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { JobPostAnswer, jobPostAnswer } from "../answers/job-post.ts";
import { roleKey } from "../params.ts";
import { jobPostText } from "../text/job-post.ts";
import { defineTool } from "../tool.ts";

export const draftJobPost = defineTool({
  name: "draft_job_post",
  title: "Draft a job post",
  description:
    "Write a role out as a job post, from its facts alone; refused while check_role finds an error. You may polish the words, " +
    "then check the result with check_role (description).",
  toolset: "roles",
  access: EVERYONE,
  effect: "read",
  input: z.strictObject({ role: roleKey, format: z.enum(["markdown", "text"]).optional() }),
  output: JobPostAnswer,
  handle: async (input, { services, session }) =>
    jobPostAnswer(await services.scoping.draftPost(session, input)),
  text: jobPostText,
});
