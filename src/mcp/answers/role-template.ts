import * as z from "zod";
import { Flag } from "../../domain/evaluation/rubric.ts";
import {
  MessageTemplate,
  SECTIONS,
  type Section,
  WrittenTemplate,
} from "../../domain/roles/role-template.ts";
import type { BriefContent } from "../../domain/roles/template-sections.ts";
import type { Answer } from "./answer.ts";

const { lanes, stages, interviews, questions, exercises, salary, credentials, neighbours } =
  WrittenTemplate.shape;

const Overview = z.object({
  ...WrittenTemplate.pick({
    ...{
      id: true,
      title: true,
      key: true,
      summary: true,
      responsibilities: true,
      week: true,
      mistakes: true,
    },
    sources: true,
  }).shape,
  time_to_fill: WrittenTemplate.shape.time_to_fill.unwrap().nullable(),
  lanes: z.array(lanes.unwrap().element.pick({ id: true, title: true, hire_when: true })),
  stages: z.array(z.string()),
  sections: z.array(z.enum(SECTIONS)),
  without_data: z.array(z.enum(SECTIONS)),
});

const RubricToRead = z.strictObject({
  flags: z.array(
    Flag.omit({ conditions: true, outweighs: true, excused_by: true }).partial({ why: true, question: true }),
  ),
});
const MessagesToChoose = z.array(MessageTemplate.partial({ body: true }));

/** One section of a role template, or the overview. Each has a shape of its own. */
export const RoleTemplateAnswer = z.object({
  template: z.string(),
  section: z.enum(["overview", ...SECTIONS]),
  content: z.union([
    Overview,
    RubricToRead,
    salary,
    lanes,
    stages,
    interviews,
    questions,
    exercises,
    MessagesToChoose,
    credentials,
    neighbours,
  ]),
});
export type RoleTemplateAnswer = Answer<typeof RoleTemplateAnswer>;

export const roleTemplateAnswer = (
  { template, content }: { readonly template: string; readonly content: BriefContent },
  section: Section | undefined,
): RoleTemplateAnswer => ({ template, section: section ?? "overview", content });
