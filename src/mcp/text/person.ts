import type { UpdateCandidateAnswer } from "../answers/person.ts";
import { onceAgreed } from "./confirmation.ts";
import { linesOf } from "./lines.ts";
import { valuesText } from "./record-parts.ts";

/** What was changed about a person, with what it was before, and which drafts are no longer right. */
export function updatedText({
  application,
  changed,
  stale,
  merged,
  confirmation,
}: UpdateCandidateAnswer): string {
  const { ref, name } = application;
  if (confirmation)
    return `Nothing is changed yet. Ask the user: "${confirmation.summary}" ${onceAgreed(confirmation)} It is about ${ref} ${name}.`;
  const same = "that is what the record has; nothing was changed.";
  return linesOf(
    `${ref} ${name}: ${merged ? mergedText(merged) : changed.length === 0 ? same : "changed."}`,
    ...changed.map((change) => `- ${valuesText(change)}`),
    ...stale.map(
      ({ message, application: ref, purpose, fields }) =>
        `Not sent, and with an earlier ${fields.join(" and ")}: the ${purpose} message ${message}. ` +
        `draft_outreach with application: ${ref}, purpose: ${purpose} writes it anew.`,
    ),
  );
}

/** Where the references of the other person lead now. */
function mergedText(merged: NonNullable<UpdateCandidateAnswer["merged"]>): string {
  const leads = merged.map(({ application, into }) =>
    into === undefined ? `${application} is theirs` : `${application} is a part of ${into}`,
  );
  return `one person now: ${leads.join(", ")}. No e-mail was sent.`;
}
