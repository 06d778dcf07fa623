/** What giving an exercise did on the git host or on record, or with a preview would do. The edge words each. */
export type ExerciseStep =
  | {
      readonly did: "would_make" | "made" | "found_made";
      /** `owner/name` of the repository, and of the template that it is made from. */
      readonly repository: string;
      readonly template: string;
    }
  | { readonly did: "would_invite"; readonly username: string; readonly due: string }
  | { readonly did: "invited" | "was_invited_before"; readonly username: string }
  | { readonly did: "would_register" | "registered"; readonly url: string; readonly exercise: string }
  | { readonly did: "changed_due"; readonly due: string }
  | { readonly did: "waits_for_host" | "changed_nothing" };
