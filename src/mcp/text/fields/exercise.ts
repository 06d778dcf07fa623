// The sentences that an answer about an exercise carries as fields.

import type { ExerciseStep } from "../../../services/submissions/exercise-steps.ts";

/** One step of giving an exercise, in a sentence. */
export function stepText(step: ExerciseStep): string {
  switch (step.did) {
    case "would_make":
      return `Would make the private repository ${step.repository} from ${step.template}.`;
    case "made":
      return `Made the private repository ${step.repository} from ${step.template}.`;
    case "found_made":
      return `${step.repository} was there already, from the same template ${step.template}.`;
    case "would_invite":
      return `Would invite ${step.username} with push access, due ${step.due}. Nothing was changed.`;
    case "invited":
      return `Invited ${step.username} to it; GitHub mails the invitation.`;
    case "was_invited_before":
      return `${step.username} is in it already.`;
    case "would_register":
      return `Would register ${step.url} as the answer to ${step.exercise}; nothing is changed on the git host.`;
    case "registered":
      return `Registered ${step.url} as the answer to ${step.exercise}; nothing is changed on the git host.`;
    case "changed_due":
      return `Due is now ${step.due}.`;
    case "waits_for_host":
      return "GitHub is still filling it: repeat the call in a minute to invite the candidate.";
    case "changed_nothing":
      return "It was given already: nothing was changed.";
  }
}
