import type { Tally } from "../../domain/panel/verdict.ts";
import type { VoteAnswer, VoteCastAnswer, VoteTally } from "../answers/panel.ts";
import { linesOf } from "./lines.ts";

/** Those against first, so that dissent is not overheard. */
export const tallyText = ({ strong_no, no, yes, strong_yes }: Tally): string =>
  `${strong_no} strong no, ${no} no, ${yes} yes, ${strong_yes} strong yes`;

/** The panel's votes, and those beside it where there are any. */
export const voteTallyText = ({ panel, others }: VoteTally): string =>
  `${tallyText(panel)}.${others ? ` Beside the panel: ${tallyText(others)}.` : ""}`;

export const voteLine = ({
  member,
  vote,
  version,
  on_panel,
  reason,
  at,
  through,
}: Omit<VoteAnswer, "id" | "current">): string =>
  `${member}, version ${version}${on_panel ? "" : ", beside the panel"}: ${vote} (${at}, ${through}). ${reason}`;

export function voteCastText({ ref, vote, cast, of, tally, note }: VoteCastAnswer): string {
  return linesOf(
    `${ref}: vote cast. ${cast} of ${of} of the panel have voted.`,
    note,
    voteLine(vote),
    tally
      ? `The panel so far: ${voteTallyText(tally)}`
      : "Others' votes stay hidden until your scorecards are in.",
  );
}
