import { newestCards, type Scorecard } from "../../domain/panel/scorecard.ts";
import type { Visibility } from "../../domain/panel/visibility.ts";
import { newestVotes, type Vote } from "../../domain/panel/vote.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listScorecards } from "../../store/panel/scorecards.ts";
import { listVotes } from "../../store/panel/votes.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/** A scorecard as tools and resources show it; `current` is false for a version that another follows. */
export function viewCard(card: Scorecard, current = true) {
  const {
    id,
    round,
    member,
    version,
    ratings,
    recommendation,
    notes,
    reason,
    submittedBy,
    client,
    submittedAt,
  } = card;
  return {
    id,
    round,
    member,
    version,
    current,
    recommendation,
    ratings,
    notes,
    ...(reason === null ? {} : { reason }),
    ...(card.byAdmin ? { by_admin: submittedBy } : {}),
    through: client,
    at: submittedAt.toISOString(),
  };
}
export type CardView = ReturnType<typeof viewCard>;

export function viewVote(
  { id, member, version, vote, reason, onPanel, client, castAt }: Vote,
  current = true,
) {
  return {
    id,
    member,
    version,
    current,
    vote,
    reason,
    on_panel: onPanel,
    through: client,
    at: castAt.toISOString(),
  };
}
export type VoteView = ReturnType<typeof viewVote>;

/** Every version of every scorecard that this member may see. */
export async function viewCards(
  db: Db,
  { workspaceId }: Session,
  { application }: ApplicationRecord,
  visibility: Visibility,
): Promise<CardView[]> {
  const cards = (await listScorecards(db, workspaceId, [application.id])).filter((c) =>
    visibility.canRead(c.member),
  );
  const newest = new Set(newestCards(cards).map((c) => c.id));
  return cards.map((card) => viewCard(card, newest.has(card.id)));
}

/** Every version of every vote that this member may see. */
export async function viewVotes(
  db: Db,
  { workspaceId }: Session,
  { application }: ApplicationRecord,
  visibility: Visibility,
): Promise<VoteView[]> {
  const votes = (await listVotes(db, workspaceId, application.id)).filter((v) =>
    visibility.canReadVote(v.member),
  );
  const newest = new Set(newestVotes(votes).map((v) => v.id));
  return votes.map((vote) => viewVote(vote, newest.has(vote.id)));
}
