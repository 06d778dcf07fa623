import {
  type Direction,
  type Missing,
  missingOpinions,
  type Objection,
  objectionsTo,
} from "../../domain/panel/objections.ts";
import { newestCards } from "../../domain/panel/scorecard.ts";
import type { HiddenUntil } from "../../domain/panel/visibility.ts";
import { newestVotes } from "../../domain/panel/vote.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { ForReader } from "./load-for-reader.ts";

/** What the panel says against something that is going to be done, as far as the one who does it may see. */
export type Opinions = {
  readonly direction: Direction;
  readonly dissent: readonly Objection[];
  readonly missing: Missing;
  /** What hides others' opinions. */
  readonly hidden: HiddenUntil | null;
  /** Whether more cards or votes are in than those that are not hidden. */
  readonly more: boolean;
};

/** Loads the panel's opinions against going on with an application, or against rejecting it. */
export async function loadOpinions(
  forReader: ForReader,
  { application, role }: ApplicationRecord,
  { direction, isDecision }: { readonly direction: Direction; readonly isDecision: boolean },
): Promise<Opinions> {
  const { panel, votesHidden } = forReader;
  const [cards, votes] = [await forReader.scorecards(), await forReader.votes()];
  return {
    direction,
    dissent: objectionsTo(direction, { cards: cards.shown, votes: votes.shown }),
    missing: missingOpinions(panel, role.stages, application, { isDecision }),
    hidden: votesHidden,
    more:
      panel.seats.filter(({ submitted }) => submitted).length > newestCards(cards.shown).length ||
      panel.voted.length > newestVotes(votes.shown).length,
  };
}
