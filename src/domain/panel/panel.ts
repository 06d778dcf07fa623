import type { Position } from "../pipeline/application.ts";
import type { Panel } from "../roles/role.ts";
import type { Stage } from "../roles/role-template.ts";
import type { InterviewStatus } from "../scheduling/interview-status.ts";

/** A member's place in a round of one application. `member` is their e-mail. */
type Seat = {
  readonly member: string;
  readonly round: string;
  readonly assignedAt: Date;
  readonly submitted: boolean;
  /** False when they have left the team. Then they have no tasks any more. */
  readonly onTeam: boolean;
};

/** An interview of one application, as far as it tells what is due. `interviewers` are e-mails. */
export type RoundInterview = {
  readonly round: string;
  readonly status: InterviewStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** When it was last booked, changed, called off or recorded. */
  readonly changedAt: Date;
  readonly interviewers: readonly string[];
};

/** What has happened in the rounds of one application. */
export type RoundHistory = {
  /** Earliest first. */
  readonly interviews: readonly RoundInterview[];
  /** When the first card of each round came in. */
  readonly firstCards: readonly { readonly round: string; readonly at: Date }[];
  /** When the first answer to the exercise came in; null before that. */
  readonly handedInAt: Date | null;
};

/**
 * Who scores an application, who has scored it, who has voted, and what has happened in its rounds. Gates, tasks and
 * visibility are computed from this.
 */
export type PanelState = RoundHistory & {
  readonly seats: readonly Seat[];
  /** The role's panel, without those who have left the team. */
  readonly planned: readonly { readonly member: string; readonly round: string }[];
  readonly voted: readonly string[];
  /** Rounds that were left by a move that overrode their missing cards, and not entered again. */
  readonly closed: readonly string[];
};

/** The part that says who has which seat. */
export type Seats = Pick<PanelState, "seats" | "planned" | "closed">;

/** The scorecards and votes that are in, as far as the gates of one stage need them. */
export type PanelProgress = {
  readonly scorecards: {
    readonly submitted: number;
    readonly of: number;
    readonly missing: readonly string[];
  };
  readonly votes: { readonly cast: number; readonly of: number; readonly missing: readonly string[] };
};

/** Whether a stage has interviewers. */
export const isRound = (stage: Stage): boolean => stage.kind === "interview" || stage.kind === "exercise";

/** The role's panel as pairs of member and round, in lower case, without people who are not on the team. */
export function plannedSeats(panel: Panel, team: readonly string[]): PanelState["planned"] {
  return panel.flatMap(({ round, members }) =>
    [...new Set(members.map((email) => email.toLowerCase()))]
      .filter((member) => team.includes(member))
      .map((member) => ({ member, round })),
  );
}

/** Whether a role's panel names a member in any round. If so, they may see every application of the role. */
export const isOnPanel = (panel: Panel, member: string): boolean => plannedSeats(panel, [member]).length > 0;

/**
 * Planned seats in rounds without interviewers of their own. Once interviewers are named for a round, the role's panel
 * no longer applies to it.
 */
function expected({ seats, planned }: Omit<Seats, "closed">): PanelState["planned"] {
  const filled = new Set(seats.map((seat) => seat.round));
  return planned.filter((p) => !filled.has(p.round));
}

/** The voters at debrief: everyone on the team who interviews in any round. */
export function votersOf(state: PanelState): string[] {
  const seated = state.seats.filter((seat) => seat.onTeam);
  return [...new Set([...seated, ...expected(state)].map(({ member }) => member))];
}

export function panelProgress(state: PanelState, stage: string): PanelProgress {
  const seats = state.seats.filter((seat) => seat.round === stage && (seat.onTeam || seat.submitted));
  const voters = votersOf(state);
  const missing = voters.filter((member) => !state.voted.includes(member));
  return {
    scorecards: {
      submitted: seats.filter((seat) => seat.submitted).length,
      of: seats.length,
      missing: seats.filter((seat) => !seat.submitted).map((seat) => seat.member),
    },
    votes: { cast: voters.length - missing.length, of: voters.length, missing },
  };
}

/** How many scorecards and votes are in over all rounds. These numbers are hidden from nobody. */
export function panelCounts(state: PanelState) {
  const { votes } = panelProgress(state, "");
  const seats = state.seats.filter((s) => s.onTeam || s.submitted);
  return {
    scorecards: { submitted: seats.filter((s) => s.submitted).length, of: seats.length },
    votes: { cast: votes.cast, of: votes.of },
  };
}

/**
 * Rounds in which a member sits without a card of theirs: assigned ones, unless they were closed without it, and later
 * ones for which the role's panel names them.
 */
export function stillToScore(
  stages: readonly Stage[],
  { stage, status }: Position,
  state: Seats,
  member: string,
): string[] {
  const order = stages.map((s) => s.id);
  const open = state.seats.filter(
    (seat) => seat.member === member && !seat.submitted && !state.closed.includes(seat.round),
  );
  // A withdrawal can be undone, so it must not show anything that was hidden before it.
  const running = status === "active" || status === "withdrawn";
  const ahead = expected(state).filter(
    (p) => p.member === member && running && order.indexOf(p.round) > order.indexOf(stage),
  );
  const rounds = new Set([...open, ...ahead].map(({ round }) => round));
  return order.filter((round) => rounds.has(round));
}
