import type { ExerciseForm } from "../../domain/submission/exercise-form.ts";

/**
 * A step of giving an exercise, on the git host or on record. With a preview, a step that would be done. The edge puts
 * each into words.
 */
export type ExerciseStep =
  | {
      readonly did: "would_make" | "made" | "found_made";
      /** `owner/name` of the repository and of its template. */
      readonly repository: string;
      readonly template: string;
    }
  | { readonly did: "would_invite"; readonly username: string; readonly due: string }
  | { readonly did: "invited" | "was_invited_before"; readonly username: string }
  | { readonly did: "would_register" | "registered"; readonly url: string; readonly exercise: string }
  | {
      readonly did: "would_give" | "gave";
      readonly exercise: string;
      readonly form: ExerciseForm;
      readonly due: string;
    }
  | { readonly did: "would_change_due" | "changed_due"; readonly due: string }
  | { readonly did: "waits_for_host" | "changed_nothing" };
