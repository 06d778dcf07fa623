/**
 * What would mend a failure, as a fact. The edge puts each into a sentence with the call that does it (mcp/text/remedy.ts);
 * nothing below the edge knows what a call is named.
 */
export type Remedy =
  | { readonly do: "list_applications" | "list_or_open_roles" }
  | { readonly do: "repeat_move"; readonly from: string }
  | { readonly do: "reopen_first"; readonly stages: readonly string[] }
  | { readonly do: "add_document" | "reopen_role" }
  | { readonly do: "assess"; readonly application: string }
  | { readonly do: "meet_gates"; readonly rules: readonly UnmetRule[] };

export type UnmetRule = "assessment" | "submission" | "scorecards" | "votes" | "skipped_stages";
