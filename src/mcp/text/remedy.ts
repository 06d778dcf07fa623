import type { DomainError } from "../../domain/errors.ts";
import type { Remedy } from "../../domain/remedy.ts";
import type { Purpose } from "../../domain/roles/role-template.ts";
import { callText, nextCall } from "../next-call.ts";
import { hiddenText } from "./fields/hidden.ts";
import { conflictText } from "./fields/interview.ts";
import { draftFixText } from "./fields/message.ts";
import { refusedMoveText } from "./fields/move.ts";
import { memberFixText } from "./fields/team.ts";

/** What an error says to do next, with the call that mends it; undefined where it says nothing. */
export const hintOf = ({ hint, remedy }: DomainError): string | undefined =>
  remedy === undefined ? hint : remedyText(remedy);

/** The sentence that tells which call mends a failure. */
export function remedyText(remedy: Remedy): string {
  switch (remedy.do) {
    case "list_applications":
      return "find_candidates lists references such as MLE-7.";
    case "show_roles":
      return "get_pipeline lists every role with its key; open_role opens one.";
    case "list_team":
      return "get_team lists the team.";
    case "join_team":
      return (
        "An admin adds them: manage_team with action: add, or, where the program runs, " +
        "greenflag member add EMAIL --name NAME --access ACCESS."
      );
    case "add_member":
    case "raise_access":
      return memberFixText(remedy);
    case "ask_for_access":
      return (
        `It takes ${remedy.able.join(" or ")}; an admin can change it: ` +
        `${callText({ tool: "manage_team", arguments: { action: "access", email: remedy.member } })} and access.`
      );
    case "set_hours":
      return `${setCall(remedy)}, timezone: Europe/Berlin, hours: mon-fri 09:00-17:00 says when.`;
    case "set_calendar":
      return `${setCall(remedy)}, calendar_url names another; an empty one takes it off.`;
    case "list_not_told":
      return "get_pipeline lists who does, under not_told; draft_outreach writes to somebody else.";
    case "read_submission_on_record":
      return "Give application and leave url out; assign_exercise puts an address on record.";
    case "read_assigned_repository":
      return "Leave url out to read that one, or register another with assign_exercise (repository).";
    case "read_from_clone":
      return readFromClone(remedy);
    case "choose_answer":
      return chooseAnswer(remedy);
    case "state_start":
      return (
        "If nothing was handed in yet, wait for it. Otherwise call summarize_submission with url: the address of the " +
        "pull request, or of a comparison from where the work began (…/compare/START...BRANCH)."
      );
    case "merge_people":
      return `If they are one person, ${updateCall(remedy.application)}, merge_into: ${remedy.into} joins them.`;
    case "put_email_on_record":
      return `${updateCall(remedy.application)}, email puts one on record.`;
    case "lift_do_not_contact":
      return `If they want to be written to again, ${updateCall(remedy.application)}, do_not_contact: false lifts it.`;
    case "repeat_move":
      return `Look again with get_candidate, then repeat the move with from: ${JSON.stringify(remedy.from)}.`;
    case "reopen_first":
      return `Move it back to a stage first (${remedy.stages.join(", ")}), or call undo_move.`;
    case "reopen_for_offer":
      return (
        `undo_move takes the end back, or move_candidate brings it back to a stage (${remedy.stages.join(", ")}); ` +
        "add_candidate makes a new application for another role."
      );
    case "extend_offer":
      return `record_offer with application: ${remedy.application}, status: extended and its terms extends one.`;
    case "extend_anew":
      return `record_offer with application: ${remedy.application}, status: extended and a new expires_on extends it anew.`;
    case "move_to_offer":
      return moveToOffer(remedy);
    case "see_interviewers":
      return "get_candidate shows who interviews.";
    case "name_voters":
      return "Those who interview vote, and those who may decide; update_role (panel) says who interviews.";
    case "name_interviewers":
      return `${onRounds(remedy.rounds)} update_role (panel) says who interviews in a round.`;
    case "score_or_be_taken_off":
      return "Submit it with submit_scorecard, or ask a colleague to take you off.";
    case "score_or_let_others_move":
      return "Submit it with submit_scorecard, or ask a colleague to make the move.";
    case "use_anchored_levels":
      return `Allowed: ${remedy.levels.join(", ")}, as the criterion's anchors have them (get_role_template, section interviews).`;
    case "reach_debrief":
      return "get_debrief shows what is still to be done before; move_candidate brings it there.";
    case "end_hiding":
      return hiddenText(remedy.hidden);
    case "store_document":
      return "add_document with the résumé or a cover letter first.";
    case "set_status_open":
      return "update_role with status: open opens it again.";
    case "assess":
      return `Call score_candidate with application ${remedy.application} first.`;
    case "read_work_sample":
      return readWorkSample(remedy.application);
    case "meet_gates":
      return refusedMoveText(remedy.unmet);
    case "change_document":
      return `${documentCall(remedy)} changes it there.`;
    case "remove_document":
      return `${documentCall(remedy)}, remove: true and a reason removes this one.`;
    case "cancel_message":
      return "send_message with cancel: true stops one that is confirmed and has not left.";
    case "discard_draft":
      return "draft_outreach with discard throws a draft away.";
    case "look_at_message_template":
      return "get_role_template with section messages shows it; the variables are listed in CONTRIBUTING.md.";
    case "list_messages":
      return listMessages(remedy.application);
    case "draft_again":
      return `${draftCall(remedy)} drafts it again.`;
    case "fix_draft":
      return fixDraft(remedy);
    case "write_what_fits":
      return writeWhatFits(remedy);
    case "take_move_back":
      return "undo_move takes the last move back.";
    case "name_or_set_panel":
      return "Name members by e-mail, or set the panel with update_role.";
    case "list_interviews":
      return "get_candidate with include: interviews lists them.";
    case "call_off_or_keep_round":
      return "Call each off with schedule_interview (round, cancel: true, reason), or keep the stage.";
    case "look_at_interview":
      return "Look at it with get_candidate, then repeat.";
    case "find_times":
      return "find_interview_times proposes times to come.";
    case "store_what_happened":
      return "add_document stores what happened.";
    case "choose_time":
      return chooseTime(remedy);
    case "name_role_or_post":
      return "role is a key such as MLE (get_pipeline lists them); description is the text of a post.";
    case "name_role_or_template":
      return "template is an id such as mlops-engineer; role is a key such as MLE (get_pipeline lists them).";
    case "change_role_instead":
      return "Leave it out, or change the role with update_role first.";
    case "fix_role":
      return `Change ${remedy.role} with update_role, then call draft_job_post again; check_role tells why each costs.`;
    case "state_yearly_pay":
      return wholeYearlyPay(remedy);
    case "state_lower_pay_first":
      return "Call benchmark_salary again with the lower one as offer_min.";
  }
}

const setCall = ({ member }: { readonly member: string }): string =>
  callText({ tool: "set_availability", arguments: { member } });
const updateCall = (application: string): string => `update_candidate with application: ${application}`;
const documentCall = ({ application, document }: { application: string; document: string }): string =>
  callText({ tool: "update_document", arguments: { application, document } });
const moveToOffer = ({ do: _, ...step }: Extract<Remedy, { do: "move_to_offer" }>): string =>
  `${callText(nextCall({ act: "move", ...step }))} comes first.`;

function readFromClone({ field, commands }: Extract<Remedy, { do: "read_from_clone" }>): string {
  const call = field === "repository" ? "assign_exercise with repository" : "summarize_submission with url";
  return `Make a clone (${commands.map((command) => `\`${command}\``).join(", ")}), then call ${call}: the path of its folder.`;
}

const MAX_ANSWERS_SHOWN = 10;

function chooseAnswer({ answers }: Extract<Remedy, { do: "choose_answer" }>): string {
  const lines = answers.slice(0, MAX_ANSWERS_SHOWN).map(({ address, author, state, head_at }) => {
    const by = author === null ? [] : [`by ${author}`];
    const at = head_at === null ? [] : [`head of ${head_at.slice(0, 10)} as the commit claims`];
    return `${address} (${[...by, state, ...at].join(", ")})`;
  });
  const more = answers.length > MAX_ANSWERS_SHOWN ? `; and ${answers.length - MAX_ANSWERS_SHOWN} more` : "";
  return `Call summarize_submission again with url: one of ${lines.join("; ")}${more}.`;
}

const readWorkSample = (application: string): string =>
  `get_candidate with application: ${application}, include: submission shows what was handed in and what to check; ` +
  "submit_scorecard rates it.";

const onRounds = (rounds: readonly string[]): string =>
  rounds.length > 0 ? `They are on: ${rounds.join(", ")}.` : "They are on no round of it yet.";

const listMessages = (application: string | undefined): string =>
  application === undefined
    ? "draft_outreach makes one; get_candidate with include: messages lists them."
    : `get_candidate with application: ${application}, include: messages lists theirs.`;

type ToDraft = { readonly application: string; readonly purpose: Purpose };
const draftCall = ({ application, purpose }: ToDraft): string =>
  callText(nextCall({ act: "draft_message", application, purpose }));

function fixDraft({ fixes, ...message }: Extract<Remedy, { do: "fix_draft" }>): string {
  const onRecord = fixes.filter((fix) => fix !== "draft_again").map(draftFixText);
  return [...onRecord, `Fix the record or the note, then ${draftCall(message)}.`].join(" ");
}

function writeWhatFits({ purposes, decide_first }: Extract<Remedy, { do: "write_what_fits" }>): string {
  const fitting = purposes.length > 0 ? `Fits now: ${purposes.join(", ")}.` : "Nothing fits now.";
  return decide_first
    ? `${fitting} move_candidate to rejected is the decision; the message comes after it.`
    : fitting;
}

function chooseTime({ conflicts, or_override }: Extract<Remedy, { do: "choose_time" }>): string {
  const against = conflicts.map((conflict) => `${conflict.who} ${conflictText(conflict)}`).join("; ");
  const insist = or_override ? " Or repeat with override: true and a reason." : "";
  return `${against}. find_interview_times proposes times at which everybody can.${insist}`;
}
const wholeYearlyPay = ({ field, least, most }: Extract<Remedy, { do: "state_yearly_pay" }>): string =>
  `Call benchmark_salary again with ${field} in whole currency units a year, from ${least} to ${most}: 165000, not 165.`;
