import { newestCards, type Scorecard } from "../../domain/panel/scorecard.ts";
import { newestVotes, type Vote } from "../../domain/panel/vote.ts";
import type { ForReader } from "./load-for-reader.ts";

/** A scorecard for tools and resources. `current` is false when there is a newer version. */
export function viewScorecard(card: Scorecard, { current }: { readonly current: boolean }) {
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
export type ScorecardView = ReturnType<typeof viewScorecard>;

/** A vote for tools and resources. `current` is false when there is a newer version. */
export function viewVote(
  { id, member, version, vote, reason, onPanel, client, castAt }: Vote,
  { current }: { readonly current: boolean },
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

/** Every version of every scorecard that this reader may see. */
export async function viewScorecards(forReader: ForReader): Promise<ScorecardView[]> {
  const { shown } = await forReader.scorecards();
  const newest = new Set(newestCards(shown).map((card) => card.id));
  return shown.map((card) => viewScorecard(card, { current: newest.has(card.id) }));
}

/** Every version of every vote that this reader may see. */
export async function viewVotes(forReader: ForReader): Promise<VoteView[]> {
  const { shown } = await forReader.votes();
  const newest = new Set(newestVotes(shown).map((vote) => vote.id));
  return shown.map((vote) => viewVote(vote, { current: newest.has(vote.id) }));
}
