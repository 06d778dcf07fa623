import * as z from "zod";
import { DomainError, notAllowed } from "../errors.ts";

const Category = z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9_]*$/), name: z.string().min(1) });

/** The kinds of reasons for which applications end without a hire. */
export const Reasons = z.strictObject({
  rejected: z.array(Category).min(1),
  withdrawn: z.array(Category).min(1),
});
export type Reasons = z.infer<typeof Reasons>;

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
