import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { application, compareWith, prose } from "../params.ts";
import { assessmentText } from "../text/assessment.ts";
import { comparisonText } from "../text/comparison.ts";
import { linesOf } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

const Evidence = z.looseObject({
  document: z.string(),
  quote: z.string(),
  start: z.number(),
  end: z.number(),
});

export const scoreCandidate = defineTool({
  name: "score_candidate",
  title: "Score against the rubric",
  description:
    "Green and red flags with verbatim evidence, by rules: the same answer every time. Then read the documents yourself " +
    "(get_candidate, get_role_template rubric) and add findings; each quote is checked against the text. Not a decision.",
  toolset: "evaluation",
  access: INTERVIEW,
  effect: "write",
  input: z.strictObject({
    application,
    compare_with: compareWith,
    findings: z
      .array(
        z.strictObject({
          flag: z.string().max(60),
          verdict: z.enum(["present", "absent", "unclear"]),
          quotes: z.array(z.string()).describe("Copied exactly"),
          note: prose(1_000).optional(),
        }),
      )
      .max(50)
      .optional(),
  }),
  output: z.object({
    ref: z.string(),
    name: z.string(),
    assessment: z.looseObject({
      flags: z.array(
        z.looseObject({
          id: z.string(),
          label: z.string(),
          polarity: z.string(),
          verdict: z.string(),
          evidence: z.array(Evidence),
          by: z.string(),
        }),
      ),
      points: z.looseObject({ green: z.number(), red: z.number(), total: z.number(), of: z.number() }),
      profile: z.looseObject({ operator: z.number(), modeler: z.number(), reading: z.string() }),
      questions: z.array(z.object({ flag: z.string(), question: z.string() })),
    }),
    note: z.string().optional(),
    comparison: z.looseObject({}).optional(),
  }),
  handle: (input, { services, session }) => services.assessments.score(session, input),
  text: (output) => linesOf(assessmentText(output), output.comparison && comparisonText(output.comparison)),
});
