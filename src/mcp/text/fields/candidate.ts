// The sentences that an answer about a candidate carries as fields.

import type { Added } from "../../../services/candidates/add-candidate.ts";

/** That somebody had applied for the role before, and what was therefore left out. */
export function alreadyAppliedText(
  { ref, candidate }: Added["application"],
  { resume }: NonNullable<Added["already_applied"]>,
): string {
  const applied = `${candidate.email ?? candidate.name} already applied for this role as ${ref}: nothing was changed.`;
  if (resume === undefined) return applied;
  return resume === "left_out"
    ? `${applied} The résumé was not stored: add_document adds one to it.`
    : `${applied} The résumé is stored already, as document ${resume.document}.`;
}
