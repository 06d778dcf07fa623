import type { criteriaOf } from "./debrief.ts";
import type { Scorecard } from "./scorecard.ts";
import { isFor, type Verdict } from "./verdict.ts";
import type { Vote } from "./vote.ts";

/** One side of a difference: the member, their verdict or level, and their reason. */
type Side = {
  readonly member: string;
  readonly gave: Verdict | number;
  readonly evidence: string;
  /** The round, for a recommendation. */
  readonly round?: string;
};

/** Points on which the panel disagrees. Negative votes and lower levels come first, so that they are not overlooked. */
export type Dissent = {
  readonly kind: "votes" | "recommendations" | "criterion";
  readonly round?: string;
  readonly criterion?: string;
  readonly label?: string;
  readonly against: readonly Side[];
  readonly for: readonly Side[];
};

/** Neighbouring levels are no dissent, because one anchor can be read either way. From this difference on they are. */
const MIN_LEVELS_APART = 2;

/** Votes first, then recommendations, then criteria, the widest first. */
export function dissentOf(
  criteria: ReturnType<typeof criteriaOf>,
  cards: readonly Scorecard[],
  votes: readonly Vote[],
): Dissent[] {
  const byVote = votes.map((v): Opinion => ({ member: v.member, gave: v.vote, evidence: v.reason }));
  const byCard = cards.map(
    (c): Opinion => ({ member: c.member, gave: c.recommendation, evidence: c.notes, round: c.round }),
  );
  return [...split("votes", byVote), ...split("recommendations", byCard), ...farApart(criteria)];
}

type Opinion = Side & { readonly gave: Verdict };

function split(kind: "votes" | "recommendations", opinions: readonly Opinion[]): Dissent[] {
  const against = opinions.filter((o) => !isFor(o.gave));
  const others = opinions.filter((o) => isFor(o.gave));
  return against.length > 0 && others.length > 0 ? [{ kind, against, for: others }] : [];
}

function farApart(criteria: ReturnType<typeof criteriaOf>): Dissent[] {
  const wide = criteria.flatMap(({ round, criterion, label, rated }) => {
    const levels = rated.map((r) => r.level);
    const [low, high] = [Math.min(...levels), Math.max(...levels)];
    if (levels.length < 2 || high - low < MIN_LEVELS_APART) return [];
    const side = (level: number) =>
      rated
        .filter((r) => r.level === level)
        .map(({ member, evidence }): Side => ({ member, gave: level, evidence }));
    const dissent: Dissent = {
      kind: "criterion",
      round,
      criterion,
      label,
      against: side(low),
      for: side(high),
    };
    return [{ width: high - low, dissent }];
  });
  return wide.sort((a, b) => b.width - a.width).map(({ dissent }) => dissent);
}
