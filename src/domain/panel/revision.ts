import { DomainError } from "../errors.ts";

/** What a submission does to what is there: nothing, take its place, or stand beside it as the next version. */
export type Revision = { readonly kind: "first" | "same" | "replace" | "append"; readonly version: number };

/**
 * What the same person's word does to their earlier one. Until others' words could be seen it is theirs to correct; from
 * then on both stay, and the change says why.
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
