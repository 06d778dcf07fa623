// The sentences that an answer about a candidate carries as fields.

import type { Added } from "../../../services/candidates/add-candidate.ts";

/** That somebody had applied for the role before, and what was therefore left out. */
export function alreadyAppliedText(
  { ref, candidate }: Added["application"],
  { resume_left_out }: NonNullable<Added["already_applied"]>,
): string {
  const resume = resume_left_out ? " The résumé was not stored: add_document adds one to it." : "";
  return `${candidate.email ?? candidate.name} already applied for this role as ${ref}: nothing was changed.${resume}`;
}
