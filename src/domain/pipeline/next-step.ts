import { may } from "../access.ts";
import type { Member } from "../member.ts";
import { callFor, callOf } from "../next-call.ts";
import type { ReportName } from "../reports/report.ts";
import type { Purpose, Stage } from "../roles/role-template.ts";
import type { Task } from "./tasks.ts";

/**
 * What would deal with something: a message to the candidate, the work that an application waits for, or a call about
 * the role.
 */
export type Step =
  | { readonly write: Purpose }
  | "work"
  | { readonly call: "check_role" | "update_role" }
  | { readonly call: "get_report"; readonly report: ReportName };

/** A message that is written and has not left. `sendable` is false where its words are hidden or it is on its way. */
export type Unsent = { readonly id: string; readonly purpose: Purpose; readonly sendable: boolean };

/** What the record says of an application, as far as the next step asks. */
export type OnRecord = {
  readonly stages: readonly Stage[];
  readonly stage: string;
  readonly assigned: boolean;
  readonly hasSubmission: boolean;
  readonly owed: readonly Task[];
  /** What may be written to them now. */
  readonly purposes: readonly Purpose[];
  readonly unsent: readonly Unsent[];
};

/** The call that a member is told about a role. */
export function roleCall(
  member: Member,
  { call, ...args }: Extract<Step, { readonly call: unknown }>,
  role: string,
): string {
  return callFor(member, call, { ...args, role });
}

/**
 * The call that a member is told about an application. Their own debt comes first; what somebody else is asked for stands
 * behind that person's address. Who only reads or interviews is told of no colleague's debt.
 */
export function applicationCall(
  member: Member,
  step: Exclude<Step, { readonly call: unknown }>,
  ref: string,
  record: OnRecord,
): string {
  return step === "work" ? workOn(member, ref, record) : writeTo(member, step.write, ref, record);
}

function writeTo(member: Member, wanted: Purpose, ref: string, { purposes, unsent }: OnRecord): string {
  const purpose = [wanted, "status_update" as const].find((p) => purposes.includes(p));
  const written = unsent.find((message) => message.purpose === purpose);
  if (written?.sendable) return callFor(member, "send_message", { message: written.id }, "send");
  if (written || purpose === undefined)
    return callOf("get_candidate", { application: ref, include: "messages" });
  return callFor(member, "draft_outreach", { application: ref, purpose });
}

function workOn(member: Member, ref: string, record: OnRecord): string {
  const { stages, stage, assigned, hasSubmission, owed } = record;
  const application = { application: ref };
  const at = stages.findIndex(({ id }) => id === stage);
  const own = owed.find(({ by }) => by.includes(member.email));
  const toGive = stages[at]?.kind === "exercise" && !assigned && !hasSubmission;
  if (toGive && (own === undefined || may(member, "assign_exercise")))
    return callFor(member, "assign_exercise", application);
  if (own && may(member, "submit_scorecard")) return own.next;
  if (!may(member, "move_candidate")) return callOf("get_candidate", application);
  const [first] = owed;
  if (first) return isAnybodys(first) ? first.next : `${first.by.join(", ")}: ${first.next}`;
  const next = stages[at + 1];
  // An offer or a hire is decided by people, over everything that is on the table.
  if (next === undefined || next.kind === "offer") return callOf("get_debrief", application);
  return callFor(member, "move_candidate", { ...application, from: stage, to: next.id });
}

/** An assessment or a snapshot is asked of the role's owner, and anybody who runs the pipeline can make it. */
const isAnybodys = ({ what }: Task): boolean => what === "assessment" || what === "submission";
