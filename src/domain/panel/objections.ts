import type { Position } from "../pipeline/application.ts";
import type { Stage } from "../roles/role-template.ts";
import { type PanelState, votersOf } from "./panel.ts";
import { newestCards } from "./scorecard.ts";
import { isFor, type Verdict } from "./verdict.ts";
import { newestVotes } from "./vote.ts";

/** An opinion on record that a move or an offer goes against: of a card, whose round is named, or a vote. */
export type Objection = { readonly member: string; readonly gave: Verdict; readonly round?: string };

type Card = {
  readonly member: string;
  readonly round: string;
  readonly version: number;
  readonly recommendation: Verdict;
};
type Cast = { readonly member: string; readonly version: number; readonly vote: Verdict };

/** What is going to be done: go on with somebody, or end it. */
export type Direction = "forward" | "end";

/** The newest opinions against it: a "no" where somebody goes on, a "yes" where they are rejected. */
export function objectionsTo(
  direction: Direction,
  { cards, votes }: { readonly cards: readonly Card[]; readonly votes: readonly Cast[] },
): Objection[] {
  const isAgainst = (verdict: Verdict) => isFor(verdict) === (direction === "end");
  return [
    ...newestCards(cards)
      .filter((card) => isAgainst(card.recommendation))
      .map(({ member, recommendation, round }) => ({ member, gave: recommendation, round })),
    ...newestVotes(votes)
      .filter(({ vote }) => isAgainst(vote))
      .map(({ member, vote }) => ({ member, gave: vote })),
  ];
}

/** Cards and votes that are not in yet, of how many. */
export type Missing = {
  readonly cards: readonly { readonly member: string; readonly round: string }[];
  readonly of_cards: number;
  readonly votes: readonly string[];
  readonly of_votes: number;
};

/**
 * The cards of the rounds that have been reached, and the votes once the application is where votes are cast or is to be
 * decided on.
 */
export function missingOpinions(
  state: PanelState,
  stages: readonly Stage[],
  { stage }: Position,
  { isDecision }: { readonly isDecision: boolean },
): Missing {
  const order = stages.map(({ id }) => id);
  const reached = order.indexOf(stage);
  const seats = state.seats.filter(
    ({ round, onTeam, submitted }) => (onTeam || submitted) && order.indexOf(round) <= reached,
  );
  const voteStage = stages.findIndex(({ gate }) => gate.includes("votes"));
  const isVoting = voteStage >= 0 && (isDecision || reached >= voteStage);
  const voters = isVoting ? votersOf(state) : [];
  return {
    cards: seats.filter((seat) => !seat.submitted).map(({ member, round }) => ({ member, round })),
    of_cards: seats.length,
    votes: voters.filter((member) => !state.voted.includes(member)),
    of_votes: voters.length,
  };
}
