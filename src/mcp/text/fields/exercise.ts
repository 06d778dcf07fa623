// The sentences that an answer about an exercise carries as fields.

import { isLive, nounOf } from "../../../domain/submission/exercise-form.ts";
import type { ExerciseStep } from "../../../services/submissions/exercise-steps.ts";

const LIVE = "Nothing has to be handed in: it is shown in the interview and rated by submit_scorecard.";
const HANDED_IN = "What the candidate hands in is stored by add_document with kind: work_sample.";

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
    case "would_give":
      return `Would give ${step.exercise}, ${nounOf(step.form)}, due ${step.due}. Nothing was changed.`;
    case "gave":
      return `Gave ${step.exercise}, ${nounOf(step.form)}. ${isLive(step.form) ? LIVE : HANDED_IN}`;
    case "would_change_due":
      return `Would change when it is due to ${step.due}. Nothing was changed.`;
    case "changed_due":
      return `Due is now ${step.due}.`;
    case "waits_for_host":
      return "GitHub is still filling it: repeat the call in a minute to invite the candidate.";
    case "changed_nothing":
      return "It was given already: nothing was changed.";
  }
}
