/**
 * What would mend a failure, as a fact. The edge puts each into a sentence with the call that does it (mcp/text/remedy.ts);
 * nothing below the edge knows what a call is named.
 */
export type Remedy =
  | { readonly do: "list_applications" | "list_or_open_roles" }
  | { readonly do: "repeat_move"; readonly from: string }
  | { readonly do: "reopen_first"; readonly stages: readonly string[] }
  | { readonly do: "meet_gates"; readonly rules: readonly UnmetRule[] }
  | { readonly do: "name_role_or_post" | "change_role_instead" | "state_lower_pay_first" }
  | { readonly do: "fix_role"; readonly role: string }
  | {
      readonly do: "state_yearly_pay";
      readonly field: string;
      readonly least: number;
      readonly most: number;
    };

export type UnmetRule = "assessment" | "submission" | "scorecards" | "votes" | "skipped_stages";
