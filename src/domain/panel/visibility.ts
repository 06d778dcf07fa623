import type { Position } from "../pipeline/application.ts";
import type { Stage } from "../roles/role-template.ts";
import { type PanelState, stillToScore, votersOf } from "./panel.ts";

/** What the reader has to do before hidden things are shown: submit scorecards for these rounds, or vote. */
export type HiddenUntil =
  | { readonly until: "scorecards"; readonly rounds: readonly string[] }
  | { readonly until: "vote" };

/** What of an application's panel is hidden from one member, and until when. Null means that it is shown. */
export type Visibility = {
  /** Others' judgements: scorecards, notes, remarks on flags, reasons. */
  readonly hidden: HiddenUntil | null;
  /** Others' votes, and everything computed from them. */
  readonly votesHidden: HiddenUntil | null;
};

/**
 * What is hidden from a member. As long as they have a scorecard to submit, they see no other member's scorecard, vote
 * or words. As long as they have to vote, they see no other member's vote. The number of scorecards and votes is always
 * shown. `redact.ts` removes what this hides.
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
 * Whether the member might owe a scorecard, without loading the panel. Other interviewers can only remove duties that
 * come from the role's panel. So no open seat and no duty by that panel means nothing is owed.
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
  // Before debrief no votes are hidden, unless the application was at debrief and came back.
  const begun = here === debrief || (here < debrief && state.voted.length > 0);
  return begun && votersOf(state).includes(member);
}

/** Whether the application is the member's own. A member who applies may not see their own application. */
export const isOwnApplication = (member: string, candidate: string): boolean =>
  member.toLowerCase() === candidate.toLowerCase();
