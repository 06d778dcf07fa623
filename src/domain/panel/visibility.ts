import type { Position } from "../pipeline/application.ts";
import type { Role } from "../roles/role.ts";
import type { Stage } from "../roles/role-template.ts";
import { type PanelState, type Seats, stillToScore, votersOf } from "./panel.ts";

/** What the reader has to do before hidden things are shown: submit scorecards for these rounds, or vote. */
export type HiddenUntil =
  | {
      readonly until: "scorecards";
      readonly rounds: readonly string[];
      /** Earlier rounds with cards that are shown all the same. */
      readonly except?: readonly string[];
    }
  | { readonly until: "vote" };

/** What of an application's panel is hidden from one member, and until when. Null means that it is shown. */
export type Visibility = {
  /** Others' judgements: scorecards, notes, remarks on flags, reasons. */
  readonly hidden: HiddenUntil | null;
  /** Others' votes, and everything computed from them. */
  readonly votesHidden: HiddenUntil | null;
  /** Rounds whose cards are shown although others are hidden. */
  readonly openRounds: readonly string[];
};

/** What of a role decides who sees what. */
type Rules = Pick<Role, "stages" | "earlierRoundsOpen">;

/**
 * What is hidden from a member. As long as they sit in a round, named or planned, without a card of theirs, they see no
 * other member's scorecard, vote or words, whether that card is due or not. A round that was closed without their card
 * hides nothing. As long as they have to vote, they see no other member's vote. The number of scorecards and votes is
 * always shown. Where the role says so, cards of rounds before their own are shown too, once nobody is waited for there.
 * `redact.ts` removes what this hides.
 */
export function visibilityFor(
  { stages, earlierRoundsOpen }: Rules,
  position: Position,
  state: PanelState,
  member: string,
): Visibility {
  const rounds = stillToScore(stages, position, state, member);
  const voting = hasToVote(stages, position, state, member);
  const openRounds = earlierRoundsOpen ? finishedBefore(stages, position, state, rounds) : [];
  const except = openRounds.filter((round) => state.seats.some((s) => s.round === round && s.submitted));
  const hidden =
    rounds.length > 0
      ? ({ until: "scorecards", rounds, ...(except.length > 0 && { except }) } as const)
      : null;
  return { hidden, votesHidden: hidden ?? (voting ? { until: "vote" } : null), openRounds };
}

/** Rounds before the first of some that the application has left, with every card in. */
function finishedBefore(
  stages: readonly Stage[],
  { stage }: Position,
  { seats, closed }: Seats,
  [first]: readonly string[],
): string[] {
  const order = stages.map(({ id }) => id);
  const end = Math.min(order.indexOf(first ?? ""), order.indexOf(stage));
  const isWaited = (round: string) =>
    !closed.includes(round) && seats.some((s) => s.round === round && s.onTeam && !s.submitted);
  return order.slice(0, Math.max(0, end)).filter((round) => !isWaited(round));
}

/**
 * Whether the member might owe a scorecard, without loading the panel. Other interviewers can only remove duties that
 * come from the role's panel. So no open seat and no duty by that panel means nothing is owed.
 */
export const mayOwe = (
  stages: readonly Stage[],
  position: Position,
  { openSeat, planned }: { readonly openSeat: boolean; readonly planned: PanelState["planned"] },
  member: string,
): boolean =>
  openSeat || stillToScore(stages, position, { seats: [], planned, closed: [] }, member).length > 0;

function hasToVote(stages: readonly Stage[], position: Position, state: PanelState, member: string): boolean {
  if (position.status !== "active" || state.voted.includes(member)) return false;
  const debrief = stages.findIndex((s) => s.gate.includes("votes"));
  const here = stages.findIndex((s) => s.id === position.stage);
  // Before debrief no votes are hidden, unless the application was at debrief and came back.
  const begun = here === debrief || (here < debrief && state.voted.length > 0);
  return begun && votersOf(state).includes(member);
}

/** Whether the record is the member's own. A member who applies may not see their own application. */
export const isOwnApplication = (
  member: { readonly id: string },
  candidate: { readonly memberId: string | null },
): boolean => candidate.memberId === member.id;
