import { DomainError, notAllowed } from "../errors.ts";
import type { Reasons } from "../roles/role-template.ts";

/**
 * Checks the kind of reason for a move.
 * @throws DomainError `invalid` for one that is not on the list for that end, and for a move that is no such end.
 */
export function requireReasonCategory(reasons: Reasons, to: string, category: string): void {
  if (to !== "rejected" && to !== "withdrawn")
    throw new DomainError(
      "invalid",
      `reason_category: it goes with rejected or withdrawn, not with ${to}.`,
      "Leave it out.",
    );
  const ids = reasons[to].map(({ id }) => id);
  if (!ids.includes(category)) throw notAllowed("reason_category", category, ids);
}
