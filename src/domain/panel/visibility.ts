import type { Position } from "../pipeline/application.ts";
import type { Stage } from "../roles/role-template.ts";
import { type PanelState, stillToScore, votersOf } from "./panel.ts";

/** What ends the hiding of something: the reader's own scorecards for these rounds, or their vote. */
export type HiddenUntil =
  | { readonly until: "scorecards"; readonly rounds: readonly string[] }
  | { readonly until: "vote" };

/** What of an application's panel is hidden from one member, and until when; null for what is open to them. */
export type Visibility = {
  /** Others' words of judgement: scorecards, notes, remarks on flags, reasons. */
  readonly hidden: HiddenUntil | null;
  /** Others' votes, and what follows from them. */
  readonly votesHidden: HiddenUntil | null;
};

/**
 * Blind means blind: who has still to score sees nobody else's scorecard, vote or words; who has still to vote sees
 * nobody else's vote. How many are in is no secret, who said what is. `redact.ts` takes out what this hides.
 */
export function visibilityFor(
  stages: readonly Stage[],
  position: Position,
  state: PanelState,
  member: string,
): Visibility {
  const rounds = stillToScore(stages, position, state, member);
  const hidden = rounds.length > 0 ? ({ until: "scorecards", rounds } as const) : null;
  const voting = hasToVote(stages, position, state, member);
  return { hidden, votesHidden: hidden ?? (voting ? { until: "vote" } : null) };
}

/**
 * Whether anything might be hidden from a member, told without looking the panel up: others in a round can only relieve
 * them of what the role's panel asks, so who has no seat of their own to score and owes nothing by that panel alone owes nothing.
 */
export const mayOwe = (
  stages: readonly Stage[],
  position: Position,
  { openSeat, planned }: { readonly openSeat: boolean; readonly planned: PanelState["planned"] },
  member: string,
): boolean =>
  openSeat || stillToScore(stages, position, { seats: [], planned, voted: [] }, member).length > 0;

function hasToVote(stages: readonly Stage[], position: Position, state: PanelState, member: string): boolean {
  if (position.status !== "active" || state.voted.includes(member)) return false;
  const debrief = stages.findIndex((s) => s.gate.includes("votes"));
  const here = stages.findIndex((s) => s.id === position.stage);
  // Before debrief there is nothing to hide, unless the application was there and came back.
  const begun = here === debrief || (here < debrief && state.voted.length > 0);
  return begun && votersOf(state).includes(member);
}

/** A member who applies is a candidate like any other: their own application is not theirs to see. */
export const isOwnApplication = (member: string, candidate: string): boolean =>
  member.toLowerCase() === candidate.toLowerCase();
