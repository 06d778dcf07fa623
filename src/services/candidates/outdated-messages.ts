import { outdatedIn } from "../../domain/outreach/outdated.ts";
import type { Purpose } from "../../domain/roles/role-template.ts";
import type { CandidateRow } from "../../store/candidates/candidates.ts";
import { saveBasis, unsentToCandidate } from "../../store/outreach/outdated.ts";
import type { Db } from "../../store/store.ts";

/** A message that has not left and carries a value that is no longer so. */
export type StaleMessage = {
  readonly message: string;
  readonly application: string;
  readonly purpose: Purpose;
  readonly fields: readonly string[];
};

/** Marks what has not left and carries a value of the record before. @returns what this change made outdated */
export async function markOutdatedMessages(
  tx: Db,
  { before, after }: { readonly before: CandidateRow; readonly after: CandidateRow },
): Promise<StaleMessage[]> {
  const stale = (await unsentToCandidate(tx, before)).flatMap(({ message, ref }) => {
    const fields = outdatedIn(message, before, after);
    return fields.length === 0 ? [] : [{ message, ref, fields }];
  });
  for (const { message, fields } of stale)
    await saveBasis(tx, message, { outdated: [...new Set([...message.outdated, ...fields])] });
  return stale.map(({ message: { id, purpose }, ref, fields }) => ({
    ...{ message: id, application: ref, purpose, fields },
  }));
}
