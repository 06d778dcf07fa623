import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { FlagVerdict } from "../../domain/evaluation/assessment.ts";
import { ScoreAnswer, scoreAnswer } from "../answers/assessment.ts";
import { application, compareWith, flag, prose } from "../params.ts";
import { scoreText } from "../text/assessment.ts";
import { defineTool } from "../tool.ts";

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
          flag,
          verdict: FlagVerdict,
          quotes: z.array(z.string()).describe("Copied exactly"),
          note: prose(1_000).optional(),
        }),
      )
      .max(50)
      .optional(),
  }),
  output: ScoreAnswer,
  handle: async (input, { services, session }) =>
    scoreAnswer(await services.assessments.score(session, input)),
  text: scoreText,
});
