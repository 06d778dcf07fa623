import type { Conflict } from "./scheduling/conflict.ts";

/**
 * What would mend a failure, as a fact. The edge puts each into a sentence with the call that does it (mcp/text/remedy.ts);
 * nothing below the edge knows what a call is named.
 */
export type Remedy =
  | { readonly do: "list_applications" | "list_or_open_roles" }
  | { readonly do: "repeat_move"; readonly from: string }
  | { readonly do: "reopen_first"; readonly stages: readonly string[] }
  | { readonly do: "meet_gates"; readonly rules: readonly UnmetRule[] }
  | { readonly do: "take_move_back" | "name_interviewers" | "list_interviews" | "look_at_interview" }
  | { readonly do: "find_times" | "store_what_happened" }
  | { readonly do: "choose_time"; readonly conflicts: readonly Conflict[]; readonly or_override: boolean };

export type UnmetRule = "assessment" | "submission" | "scorecards" | "votes" | "skipped_stages";
