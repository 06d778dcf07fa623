import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import type { Tally } from "../../domain/panel/verdict.ts";
import { application, prose, verdict } from "../params.ts";
import { tallyLine } from "../text/debrief.ts";
import { linesOf } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

export const castVote = defineTool({
  name: "cast_vote",
  title: "Vote at debrief",
  description:
    "Cast the user's own vote at debrief, with the reason in their words. Others' votes open once theirs is cast. Not a decision: " +
    "move_candidate is, and a person makes it.",
  toolset: "evaluation",
  access: INTERVIEW,
  effect: "write",
  input: z.strictObject({ application, vote: verdict, reason: prose(2_000) }),
  output: z.object({
    ref: z.string(),
    vote: z.looseObject({ member: z.string(), vote: z.string(), version: z.number() }),
    cast: z.number(),
    of: z.number(),
    tally: z.looseObject({}).optional(),
    note: z.string().optional(),
  }),
  handle: (input, { services, session }) => services.panel.cast(session, input),
  text({ ref, vote, cast, of, tally: open, note }) {
    const tally = open as { panel: Tally; others: Tally } | undefined;
    return linesOf(
      `${ref}: ${vote.member} votes ${vote.vote}. ${cast} of ${of} of the panel have voted.`,
      note,
      tally
        ? `The panel so far: ${tallyLine(tally.panel)}.${total(tally.others) > 0 ? ` Beside it: ${tallyLine(tally.others)}.` : ""}`
        : "Others' votes stay hidden until your scorecards are in.",
    );
  },
});

const total = (tally: Tally): number => tally.strong_no + tally.no + tally.yes + tally.strong_yes;
