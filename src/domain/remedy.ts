import type { Access, Member } from "./member.ts";
import type { HiddenUntil } from "./panel/visibility.ts";
import type { Unmet } from "./pipeline/unmet.ts";
import type { Purpose } from "./roles/role-template.ts";
import type { Conflict } from "./scheduling/conflict.ts";

/**
 * What would repair a failure, as a fact. The edge makes a sentence of it and names the call (mcp/text/remedy.ts). Code
 * below the edge does not know the names of calls.
 */
export type Remedy =
  | { readonly do: "list_applications" | "show_roles" | "list_not_told" | "list_team" | "join_team" }
  /** Somebody who is not on the team, or whose access does not reach. `admins` are who can change that, the caller aside. */
  | {
      readonly do: "add_member" | "raise_access";
      readonly email: string;
      readonly access: Access;
      /** Who could be named instead. */
      readonly allowed: readonly string[];
      /** Empty where the caller is an admin. */
      readonly admins: readonly Pick<Member, "email" | "name">[];
    }
  | { readonly do: "ask_for_access"; readonly member: string; readonly able: readonly Access[] }
  | { readonly do: "set_hours" | "set_calendar"; readonly member: string }
  | { readonly do: "state_start" | "read_submission_on_record" | "read_assigned_repository" }
  /** The commands that make a clone of what an address on another host names, and the argument that takes its folder. */
  | { readonly do: "read_from_clone"; readonly field: string; readonly commands: readonly string[] }
  | { readonly do: "choose_answer"; readonly answers: readonly PossibleAnswer[] }
  | { readonly do: "merge_people"; readonly application: string; readonly into: string }
  | { readonly do: "put_email_on_record" | "lift_do_not_contact"; readonly application: string }
  | { readonly do: "repeat_move"; readonly from: string }
  | { readonly do: "reopen_first" | "reopen_for_offer"; readonly stages: readonly string[] }
  | { readonly do: "extend_offer" | "extend_anew"; readonly application: string }
  | {
      readonly do: "move_to_offer";
      readonly application: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly do: "meet_gates"; readonly unmet: readonly Unmet[] }
  | {
      readonly do:
        | "see_interviewers"
        | "name_voters"
        | "score_or_be_taken_off"
        | "score_or_let_others_move"
        | "reach_debrief";
    }
  | { readonly do: "use_anchored_levels"; readonly levels: readonly number[] }
  /** The rounds of the application that the member is assigned to. */
  | { readonly do: "name_interviewers"; readonly rounds: readonly string[] }
  | { readonly do: "end_hiding"; readonly hidden: HiddenUntil }
  /** A document is elsewhere, or its content is there already: the call about that one. */
  | {
      readonly do: "change_document" | "remove_document";
      readonly application: string;
      readonly document: string;
    }
  | { readonly do: "cancel_message" | "discard_draft" | "look_at_message_template" }
  | { readonly do: "list_messages"; readonly application?: string }
  | { readonly do: "draft_again"; readonly application: string; readonly purpose: Purpose }
  | {
      readonly do: "fix_draft";
      readonly application: string;
      readonly purpose: Purpose;
      readonly fixes: readonly DraftFix[];
    }
  | { readonly do: "write_what_fits"; readonly purposes: readonly Purpose[]; readonly decide_first: boolean }
  | { readonly do: "take_move_back" | "name_or_set_panel" | "list_interviews" | "look_at_interview" }
  | { readonly do: "call_off_or_keep_round" }
  | { readonly do: "find_times" | "store_what_happened" }
  | { readonly do: "choose_time"; readonly conflicts: readonly Conflict[]; readonly or_override: boolean }
  | {
      readonly do:
        | "name_role_or_post"
        | "name_role_or_template"
        | "change_role_instead"
        | "state_lower_pay_first";
    }
  | { readonly do: "fix_role"; readonly role: string }
  | {
      readonly do: "state_yearly_pay";
      readonly field: string;
      readonly least: number;
      readonly most: number;
    }
  | { readonly do: "store_document" | "set_status_open" }
  | { readonly do: "assess" | "read_work_sample"; readonly application: string };

/** A pull request or branch that may be the answer. `address` is what `url` takes; no author in the blind round. */
type PossibleAnswer = {
  readonly address: string;
  readonly author: string | null;
  readonly state: string;
  /** The date of the head commit, as the commit claims. */
  readonly head_at: string | null;
};

/** What may be needed before a message is drafted again. */
export const DRAFT_FIXES = [
  "give_exercise",
  "extend_exercise",
  "set_pay",
  "assess",
  "assess_anew",
  "look_at_opt_out",
  "draft_again",
] as const;
export type DraftFix = (typeof DRAFT_FIXES)[number];
