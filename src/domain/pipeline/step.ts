import type { DocumentKind } from "../candidates/document.ts";
import type { ReportName } from "../reports/report-name.ts";
import type { Role } from "../roles/role.ts";
import type { Purpose } from "../roles/role-template.ts";

/** Something to do, as a fact: the edge knows which call does it. */
export type Step =
  | { readonly act: ApplicationAct; readonly application: string }
  | { readonly act: "submit_card" | "book" | "prepare"; readonly application: string; readonly round: string }
  | {
      readonly act: "call_off" | "call_off_closed" | "say_outcome";
      readonly application: string;
      readonly round: string;
      readonly interview: string;
    }
  | { readonly act: "move"; readonly application: string; readonly from: string; readonly to: string }
  | { readonly act: "draft_message"; readonly application: string; readonly purpose: Purpose }
  /** Files were sent through a link: to ask which have arrived. */
  | { readonly act: "name_arrived"; readonly application: string; readonly kind: DocumentKind }
  | { readonly act: "discard"; readonly application: string; readonly discard: string }
  | { readonly act: "send" | "send_reserved"; readonly message: string }
  | { readonly act: "check_scope" | "change_role"; readonly role: string }
  | { readonly act: "read_report"; readonly role: string; readonly report: ReportName }
  | { readonly act: "list_tasks"; readonly role: string; readonly owed_by: string; readonly stage?: string };
type ApplicationAct =
  | "assess"
  | "give_exercise"
  | "read_submission"
  | "hand_in"
  | "vote"
  | "look"
  | "look_at_messages"
  | "record_told"
  | "settle_offer"
  | "hold_debrief";

/** A step as it is told to one member: `who` does it where that is not the reader, by e-mail or by access. */
export type NextStep = Step & { readonly who?: string };

/** The step by which a message leaves, by what the role lets recruiters do. */
export const sendStep = (role: Pick<Role, "recruitersSend">, message: string): Step => ({
  act: role.recruitersSend ? "send" : "send_reserved",
  message,
});
