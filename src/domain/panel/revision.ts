import { DomainError } from "../errors.ts";

/** How a new scorecard or vote changes the earlier one: no change, replace it, or add the next version. */
export type Revision = { readonly kind: "first" | "same" | "replace" | "append"; readonly version: number };

/**
 * Decides how a member's new scorecard or vote changes their earlier one. Before they could see others' words, the new
 * one replaces it. After that both are kept as versions, and the new one needs a reason.
 * @throws DomainError `invalid` when a change after the reveal has no reason.
 */
export function revise(
  before: { readonly version: number; readonly same: boolean } | undefined,
  { revealed, reason }: { readonly revealed: boolean; readonly reason: string | undefined },
): Revision {
  if (!before) return { kind: "first", version: 1 };
  if (before.same) return { kind: "same", version: before.version };
  if (!revealed) return { kind: "replace", version: before.version };
  if (!reason?.trim()) {
    throw new DomainError(
      "invalid",
      "reason: missing. What others may have seen is not changed without one.",
      "Repeat the call with a reason in a sentence; the earlier version stays on record.",
    );
  }
  return { kind: "append", version: before.version + 1 };
}
