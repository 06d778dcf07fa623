import { DomainError, notAllowed } from "../errors.ts";
import { pluralize } from "../pluralize.ts";
import type { RoleTemplate } from "../roles/role-template.ts";
import type { Verdict } from "./verdict.ts";

/** A level of a criterion's anchors, 1 to 4, with the observation that supports it. */
export type Rating = { readonly criterion: string; readonly level: number; readonly evidence: string };

/** The content of an interviewer's scorecard for one round. */
export type CardContent = {
  readonly ratings: readonly Rating[];
  readonly recommendation: Verdict;
  readonly notes: string;
};

/** A stored scorecard. Every version that others may have seen is kept, the newest last. */
export type Scorecard = CardContent & {
  readonly id: string;
  readonly round: string;
  /** E-mail of the interviewer. */
  readonly member: string;
  readonly version: number;
  readonly reason: string | null;
  /** E-mail of the member who submitted it: the interviewer, or an admin for them. */
  readonly submittedBy: string;
  /** True when an admin submitted it: on behalf of the interviewer, or without being assigned. */
  readonly byAdmin: boolean;
  readonly client: string;
  readonly submittedAt: Date;
};

export type Kit = RoleTemplate["interviews"][number];

const LEVELS = [1, 2, 3, 4];
/** Shorter evidence cannot say what was observed. */
const MIN_EVIDENCE_CHARS = 20;

/**
 * Checks ratings and puts them in the kit's order. Each criterion needs exactly one rating, with evidence.
 * @throws DomainError `invalid` naming the criterion and what is missing.
 */
export function checkRatings(kit: Kit, ratings: readonly Rating[]): Rating[] {
  const ids = kit.criteria.map((c) => c.id);
  for (const { criterion, level, evidence } of ratings) {
    if (!ids.includes(criterion)) throw notAllowed("ratings.criterion", criterion, ids);
    if (!LEVELS.includes(level)) {
      throw new DomainError("invalid", `ratings.level: ${level} for ${criterion} is no level.`, {
        do: "use_anchored_levels",
        levels: LEVELS,
      });
    }
    if (evidence.trim().length < MIN_EVIDENCE_CHARS) {
      throw new DomainError(
        "invalid",
        `ratings.evidence: ${criterion} is rated ${level} on ${pluralize(evidence.trim().length, "character")}.`,
        `Say in at least ${MIN_EVIDENCE_CHARS} characters what the candidate said or did that shows the level.`,
      );
    }
  }
  const rated = ratings.map((r) => r.criterion);
  const twice = rated.find((id, n) => rated.indexOf(id) !== n);
  if (twice !== undefined)
    throw new DomainError("invalid", `ratings: ${twice} is rated twice.`, "Rate each criterion once.");
  const missing = ids.filter((id) => !rated.includes(id));
  if (missing.length > 0) {
    throw new DomainError(
      "invalid",
      `ratings: ${missing.join(", ")} not rated.`,
      "Rate every criterion of the round; where nothing was shown, level 1 with what was asked and not answered.",
    );
  }
  return ids
    .flatMap((id) => ratings.filter((r) => r.criterion === id))
    .map((r) => ({ ...r, evidence: r.evidence.trim() }));
}

/** The newest version of each interviewer's card, in the order in which the cards came in. */
export function newestCards<
  T extends { readonly round: string; readonly member: string; readonly version: number },
>(cards: readonly T[]): T[] {
  return cards.filter(
    (card) =>
      !cards.some((c) => c.round === card.round && c.member === card.member && c.version > card.version),
  );
}
