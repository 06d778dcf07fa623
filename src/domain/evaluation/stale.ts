import * as z from "zod";

/** What changed so that an assessment no longer rests on the record as it is. */
export const StaleWhy = z.enum([
  "read_anew",
  "document_moved",
  "document_removed",
  "document_replaced",
  "author_stated",
  "rubric_changed",
  "merged",
]);
export type StaleWhy = z.infer<typeof StaleWhy>;

/**
 * That an assessment is stale, and why: earlier releases did not keep why, and since when a rubric is another one is not
 * known.
 */
export type Stale = {
  readonly stale_at?: string | undefined;
  readonly stale_why?: StaleWhy | undefined;
};

type Stored = {
  readonly staleAt: Date | null;
  readonly staleWhy: StaleWhy | null;
  readonly rubric: string | null;
};

/**
 * Whether an assessment is stale: marked as such, or made by another rubric. Undefined while it stands.
 * @param rubric the hash of the rubric in use; undefined where it cannot be read, and then it is not compared
 */
export function staleOf(
  { staleAt, staleWhy, rubric: used }: Stored,
  rubric: string | undefined,
): Stale | undefined {
  if (staleAt !== null)
    return { stale_at: staleAt.toISOString(), ...(staleWhy !== null && { stale_why: staleWhy }) };
  const isOther = used !== null && rubric !== undefined && used !== rubric;
  return isOther ? { stale_why: "rubric_changed" } : undefined;
}
