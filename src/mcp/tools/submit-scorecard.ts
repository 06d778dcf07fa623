import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { SubmittedAnswer, submittedAnswer } from "../answers/panel.ts";
import { application, criterion, member, prose, reason, round, verdict } from "../params.ts";
import { submittedText } from "../text/scorecard.ts";
import { defineTool } from "../tool.ts";

export const submitScorecard = defineTool({
  name: "submit_scorecard",
  title: "Submit a scorecard",
  description:
    "Submit the user's own ratings of one round: every criterion of its kit (get_role_template interviews), a level by its " +
    "anchors, and what the candidate said or did. Only what the user tells you: rate nothing yourself. " +
    "Others' cards open once theirs are in.",
  toolset: "evaluation",
  access: INTERVIEW,
  effect: "write",
  input: z.strictObject({
    application,
    round,
    ratings: z
      .array(
        z.strictObject({
          criterion,
          level: z.number().describe("1 to 4"),
          evidence: prose(2_000).describe("At least 20 characters"),
        }),
      )
      .max(30),
    recommendation: verdict,
    notes: prose(4_000).optional(),
    reason: reason.describe("Why a revealed card changes"),
    member: member.optional().describe("Admins: for whom"),
  }),
  output: SubmittedAnswer,
  handle: async (input, { services, session }) =>
    submittedAnswer(await services.panel.submitScorecard(session, input)),
  text: submittedText,
});
