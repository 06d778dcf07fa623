import type { DocumentKind, Evidence } from "../candidates/document.ts";
import type { AssessedFlag, Assessment } from "../evaluation/assessment.ts";
import type { Position } from "../pipeline/application.ts";
import type { Stage } from "../roles/role-template.ts";
import { type PanelState, stillToScore, votersOf } from "./panel.ts";

/** What one member may see of an application's panel. Every read asks this, and nothing else decides it. */
export type Visibility = {
  /** Rounds that the member has still to score; while there is one, nobody else's judgement is shown to them. */
  readonly owes: readonly string[];
  /** Why something is hidden, and what ends it; null when everything is open. */
  readonly hidden: string | null;
  /** Why votes are hidden; null when they are open. */
  readonly votesHidden: string | null;
  /** Whether words of judgement (cards, notes, reasons) of this member, by id or e-mail, may be shown. */
  canRead(author: string): boolean;
  /** Whether this member's vote may be shown. */
  canReadVote(author: string): boolean;
};

type Viewer = { readonly id: string; readonly email: string };

/**
 * Blind means blind: who has still to score sees nobody else's scorecard, vote or words; who has still to vote sees
 * nobody else's vote. How many are in is no secret, who said what is.
 */
export function visibilityFor(
  stages: readonly Stage[],
  position: Position,
  state: PanelState,
  viewer: Viewer,
): Visibility {
  const owes = stillToScore(stages, position, state, viewer.email);
  const hidden =
    owes.length > 0
      ? `What others on the panel said is hidden until you submit your scorecard for ${owes.join(", ")} (submit_scorecard).`
      : null;
  const voting = hasToVote(stages, position, state, viewer.email);
  const votesHidden = hidden ?? (voting ? "Votes are hidden until you cast yours (cast_vote)." : null);
  const isOwn = (author: string) => author === viewer.email || author === viewer.id;
  return {
    owes,
    hidden,
    votesHidden,
    canRead: (author) => hidden === null || isOwn(author),
    canReadVote: (author) => votesHidden === null || isOwn(author),
  };
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

type Stored = { readonly id: string; readonly kind: DocumentKind; readonly addedBy: string };

/** The documents that may be shown: a note is a colleague's judgement, everything else is the candidate's. */
export function visibleDocuments<D extends Stored>(documents: readonly D[], visibility: Visibility): D[] {
  return documents.filter((d) => d.kind !== "note" || visibility.canRead(d.addedBy));
}

/** An assessment without the words that may not be shown: quotes from hidden notes, and others' remarks on flags. */
export function visibleAssessment(
  assessment: Assessment,
  documents: readonly Stored[],
  visibility: Visibility,
  viewer: Viewer,
): Assessment {
  if (visibility.hidden === null) return assessment;
  const seen = new Set(visibleDocuments(documents, visibility).map((d) => d.id));
  const shown = (evidence: readonly Evidence[]) => evidence.filter((e) => seen.has(e.document));
  const flags = assessment.flags.map(({ others, ...flag }): AssessedFlag => {
    const evidence = shown(flag.evidence);
    if (!others) return { ...flag, evidence };
    const opinions = others.map(({ note, ...opinion }) => ({
      ...opinion,
      evidence: shown(opinion.evidence),
      ...(note !== undefined && opinion.author?.member === viewer.email ? { note } : {}),
    }));
    return { ...flag, evidence, others: opinions };
  });
  const { profile, planted } = assessment;
  return {
    ...assessment,
    flags,
    profile: { ...profile, operating: shown(profile.operating), modelling: shown(profile.modelling) },
    planted: shown(planted),
  };
}
