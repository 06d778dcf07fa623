import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { application, email, prose, reason, verdict } from "../params.ts";
import { linesOf } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

export const submitScorecard = defineTool({
  name: "submit_scorecard",
  title: "Submit a scorecard",
  description:
    "Submit the user's own ratings of one round: every criterion of its kit (get_role_template interviews), a level by its " +
    "anchors, and what the candidate said or did that shows it. Only what the user tells you: rate nothing yourself. " +
    "Others' cards open once theirs are in.",
  toolset: "evaluation",
  access: INTERVIEW,
  effect: "write",
  input: z.strictObject({
    application,
    round: z.string().min(1).max(60),
    ratings: z
      .array(
        z.strictObject({
          criterion: z.string().max(60),
          level: z.number().describe("1 to 4"),
          evidence: prose(2_000).describe("At least 20 characters"),
        }),
      )
      .max(30),
    recommendation: verdict,
    notes: prose(4_000).optional(),
    reason: reason.describe("Why a revealed card changes"),
    member: email.optional().describe("Admins: for whom"),
  }),
  output: z.object({
    ref: z.string(),
    scorecard: z.looseObject({ round: z.string(), member: z.string(), version: z.number() }),
    revealed: z.boolean(),
    submitted: z.number(),
    of: z.number(),
    note: z.string().optional(),
  }),
  handle: (input, { services, session }) => services.panel.submit(session, input),
  text: ({ ref, scorecard: card, revealed, submitted, of, note }) =>
    linesOf(
      `${ref}, ${card.round}: scorecard of ${card.member}, version ${card.version} (${String(card.recommendation)}). ${submitted} of ${of} are in for this round.`,
      note,
      revealed
        ? "Others' scorecards are open now: get_debrief."
        : "Others' scorecards stay hidden until all of yours are in.",
    ),
});
