import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { VoteCastAnswer, voteCastAnswer } from "../answers/panel.ts";
import { application, prose, verdict } from "../params.ts";
import { voteCastText } from "../text/vote.ts";
import { defineTool } from "../tool.ts";

export const castVote = defineTool({
  name: "cast_vote",
  title: "Vote at debrief",
  description:
    "Cast the user's own vote at debrief, with the reason in their words. Others' votes open once it is cast. The decision " +
    "is move_candidate, and a person's.",
  toolset: "evaluation",
  access: INTERVIEW,
  effect: "write",
  input: z.strictObject({ application, vote: verdict, reason: prose(2_000) }),
  output: VoteCastAnswer,
  handle: async (input, { services, session }) =>
    voteCastAnswer(await services.panel.castVote(session, input)),
  text: voteCastText,
});
