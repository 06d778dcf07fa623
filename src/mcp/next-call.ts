import * as z from "zod";
import type { NextStep, Step } from "../domain/pipeline/step.ts";
import type { Answer } from "./answers/answer.ts";

/** A call to make next. `who` is set when somebody other than the reader has to make it. */
export const NextCall = z.object({
  tool: z.string(),
  arguments: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.boolean()])),
  who: z.string().optional(),
});
export type NextCall = Answer<typeof NextCall>;

/** The tool for each step. A test checks every one against the tool's schema and access rule. */
const TOOL_FOR: Record<Step["act"], string> = {
  assess: "score_candidate",
  give_exercise: "assign_exercise",
  read_submission: "summarize_submission",
  hand_in: "add_document",
  name_arrived: "add_document",
  vote: "cast_vote",
  look: "get_candidate",
  look_at_messages: "get_candidate",
  record_told: "send_message",
  hold_debrief: "get_debrief",
  submit_card: "submit_scorecard",
  call_off: "schedule_interview",
  call_off_closed: "schedule_interview",
  say_outcome: "schedule_interview",
  settle_offer: "record_offer",
  prepare: "get_candidate",
  book: "schedule_interview",
  move: "move_candidate",
  draft_message: "draft_outreach",
  discard: "draft_outreach",
  send: "send_message",
  send_reserved: "send_message",
  check_scope: "check_role",
  change_role: "update_role",
  read_report: "get_report",
  list_tasks: "find_candidates",
};

/** What some steps' calls name beside the facts. */
const ADDED: Partial<Record<Step["act"], NextCall["arguments"]>> = {
  look_at_messages: { include: ["messages"] },
  record_told: { channel: "phone" },
  prepare: { include: ["brief"] },
  hand_in: { kind: "work_sample" },
  call_off: { cancel: true, reason: "The application has ended" },
  call_off_closed: { cancel: true, reason: "The role has been closed" },
};

/** The call for a step. */
export function nextCall({ act, who, ...facts }: NextStep): NextCall {
  return {
    tool: TOOL_FOR[act],
    arguments: { ...facts, ...ADDED[act] },
    ...(who === undefined ? {} : { who }),
  };
}

/** A call in words: `a hiring manager: send_message with message: ID`. */
export function callText({ tool, arguments: args, who }: NextCall): string {
  const pairs = Object.entries(args).map(([name, value]) => `${name}: ${String(value)}`);
  return `${who === undefined ? "" : `${who}: `}${tool} with ${pairs.join(", ")}`;
}
