import type { Position } from "./application.ts";
import { daysBetween } from "./days.ts";
import { type PanelState, panelProgress } from "./panel/panel.ts";
import { owedAt } from "./pipeline.ts";
import { isRunning, type RoleStatus } from "./role.ts";
import type { Stage } from "./role-template.ts";

/** Something that an application waits for: whose turn it is, since when, and the call that deals with it. */
export type Owed = {
  readonly what: Stage["gate"][number];
  /** The round, for a scorecard. */
  readonly round?: string;
  /** E-mails. */
  readonly by: readonly string[];
  /** Days since it became due, one decimal. */
  readonly days: number;
  readonly next: string;
};

export type OwedIn = {
  readonly role: { readonly stages: readonly Stage[]; readonly status: RoleStatus };
  readonly position: Position & { readonly stageEnteredAt: Date };
  readonly assessed: boolean;
  readonly hasSubmission: boolean;
  /** E-mail of whoever opened the role: what is nobody else's is theirs. */
  readonly owner: string;
  readonly panel: PanelState;
};

/**
 * Everything that is owed for an application: assessment and submission by the role's owner, a scorecard by each
 * interviewer of a round that has been reached, a vote by each of the panel at debrief. Nothing once it has ended or
 * its role has.
 */
export function owedFor({ role, position, panel, owner, ...has }: OwedIn, now: Date): Owed[] {
  const { stages } = role;
  if (position.status !== "active" || !isRunning(role)) return [];
  const progress = { ...has, panel: panelProgress(panel, position.stage) };
  const waited = daysBetween(position.stageEnteredAt, now);
  const gates = owedAt(stages, position, progress).flatMap(({ rule, next }): Owed[] =>
    rule === "assessment" || rule === "submission" ? [{ what: rule, by: [owner], days: waited, next }] : [],
  );
  const order = stages.map((s) => s.id);
  const reached = order.indexOf(position.stage);
  const cards = panel.seats
    .filter((seat) => seat.onTeam && !seat.submitted && order.indexOf(seat.round) <= reached)
    .map(({ member, round, assignedAt }): Owed => {
      const days = daysBetween(assignedAt, now);
      return { what: "scorecards", round, by: [member], days, next: "submit_scorecard" };
    });
  const voting = stages[reached]?.gate.includes("votes") === true;
  const votes = (voting ? progress.panel.votes.missing : []).map(
    (member): Owed => ({ what: "votes", by: [member], days: waited, next: "cast_vote" }),
  );
  return [...gates, ...cards, ...votes];
}
