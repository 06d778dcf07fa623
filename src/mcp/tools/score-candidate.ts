import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { FindingVerdict } from "../../domain/evaluation/finding.ts";
import { ScoreAnswer, scoreAnswer } from "../answers/assessment.ts";
import { application, compareWith, flag, prose } from "../params.ts";
import { scoreText } from "../text/assessment.ts";
import { defineTool } from "../tool.ts";

export const scoreCandidate = defineTool({
  name: "score_candidate",
  title: "Score against the rubric",
  description:
    "First call: what the rules verify in the documents, and per flag what is to be read. Second: findings for all flags; " +
    "each quote is checked against text and conditions, and what holds is kept under its author. Not a decision.",
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
          verdict: FindingVerdict,
          quotes: z.array(z.string()).describe("Copied exactly"),
          note: prose(1_000).optional().describe("Why these words show it, where they alone do not"),
          by: z.enum(["assistant", "member"]).optional().describe("member: the member's own reading"),
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
