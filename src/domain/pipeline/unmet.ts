/** A gate that is not met, or stages that would be skipped, with what is missing. */
export type Unmet =
  | { readonly rule: "assessment" | "submission" }
  | {
      readonly rule: "scorecards";
      readonly submitted: number;
      readonly of: number;
      readonly missing: readonly string[];
    }
  | { readonly rule: "votes"; readonly cast: number; readonly of: number }
  | { readonly rule: "skipped_stages"; readonly stages: readonly string[] };
