import type { UpdateCandidateAnswer } from "../answers/person.ts";
import { linesOf } from "./lines.ts";
import { valuesText } from "./record-parts.ts";

/** What was changed about a person, with what it was before, and which drafts are no longer right. */
export const updatedText = ({ application, changed, stale }: UpdateCandidateAnswer): string =>
  linesOf(
    `${application.ref} ${application.name}: ${changed.length === 0 ? "that is what the record has; nothing was changed." : "changed."}`,
    ...changed.map((change) => `- ${valuesText(change)}`),
    ...stale.map(
      ({ message, application: ref, purpose, fields }) =>
        `Not sent, and with an earlier ${fields.join(" and ")}: the ${purpose} message ${message}. ` +
        `draft_outreach with application: ${ref}, purpose: ${purpose} writes it anew.`,
    ),
  );
