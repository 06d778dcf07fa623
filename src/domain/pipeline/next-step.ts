import { ACTS, type AccessRule, EVERYONE, INTERVIEW, leastAccess, may, READ, RUN } from "../access.ts";
import type { Member } from "../member.ts";
import type { Role } from "../roles/role.ts";
import type { Purpose, Stage } from "../roles/role-template.ts";
import type { ExerciseForm } from "../submission/exercise-form.ts";
import { type NextStep, type Step, sendStep } from "./step.ts";
import type { Task } from "./tasks.ts";

/** Who may take each step. It repeats the `access` of the tools, which domain does not know; a test keeps the two equal. */
export const STEP_RULES: Readonly<Record<Step["act"], AccessRule>> = {
  assess: INTERVIEW,
  give_exercise: RUN,
  read_submission: INTERVIEW,
  hand_in: INTERVIEW,
  name_arrived: INTERVIEW,
  vote: INTERVIEW,
  look: READ,
  look_at_messages: READ,
  record_told: ACTS.send.rule,
  hold_debrief: READ,
  submit_card: INTERVIEW,
  call_off: RUN,
  call_off_closed: RUN,
  say_outcome: RUN,
  settle_offer: RUN,
  prepare: READ,
  book: RUN,
  move: RUN,
  draft_message: RUN,
  discard: RUN,
  send: ACTS.send.rule,
  send_reserved: ACTS.send_reserved.rule,
  check_scope: EVERYONE,
  change_role: RUN,
  read_report: READ,
  list_tasks: READ,
};

/** What deals with something that waits: a message to the candidate, or the work that an application waits for. */
export type ApplicationStep = { readonly write: Purpose } | "work";

/** A message that is written and has not left. `sendable` is false where its words are hidden or it is on its way. */
export type Unsent = { readonly id: string; readonly purpose: Purpose; readonly sendable: boolean };

/** What the record says of an application, as far as the next step asks. */
export type ApplicationFacts = Pick<Role, "recruitersSend"> & {
  readonly stages: readonly Stage[];
  readonly stage: string;
  readonly assigned: ExerciseForm | null;
  readonly hasSubmission: boolean;
  /** Whether nothing is missing before the stage may be left. */
  readonly gatesMet: boolean;
  readonly tasks: readonly Task[];
  /** What may be written to them now. */
  readonly purposes: readonly Purpose[];
  readonly unsent: readonly Unsent[];
};

type Reader = Pick<Member, "access" | "email">;

/** The step for this member. If their access does not allow it, `who` names the lowest access level that does. */
export function stepFor(member: Pick<Member, "access">, step: Step): NextStep {
  const rule = STEP_RULES[step.act];
  return may(member, rule) ? step : { ...step, who: leastAccess(rule) };
}

/**
 * What a member is told to do about an application. Their own task comes first; a colleague's task comes with the
 * colleague's e-mail in `who`. Interviewers and viewers are not shown colleagues' tasks.
 */
export function applicationStep(
  member: Reader,
  step: ApplicationStep,
  application: string,
  record: ApplicationFacts,
): NextStep {
  return step === "work"
    ? workStep(member, application, record)
    : messageStep(member, step.write, application, record);
}

/** The step to a message: to send the draft that there is, or to write one. */
export function messageStep(
  member: Pick<Member, "access">,
  wanted: Purpose,
  application: string,
  { purposes, unsent, ...role }: Pick<ApplicationFacts, "purposes" | "unsent" | "recruitersSend">,
): NextStep {
  // Where the wanted message is not allowed now, a status update is.
  const purpose = [wanted, "status_update" as const].find((p) => purposes.includes(p));
  const written = unsent.find((message) => message.purpose === purpose);
  if (written?.sendable) return stepFor(member, sendStep(role, written.id));
  if (written || purpose === undefined) return { act: "look_at_messages", application };
  return stepFor(member, { act: "draft_message", application, purpose });
}

function workStep(member: Reader, application: string, record: ApplicationFacts): NextStep {
  const { stages, stage, assigned, hasSubmission, gatesMet, tasks } = record;
  const at = stages.findIndex(({ id }) => id === stage);
  const own = tasks.find(({ by }) => by.includes(member.email));
  const toGive = stages[at]?.kind === "exercise" && !assigned && !hasSubmission;
  if (toGive && (own === undefined || may(member, RUN)))
    return stepFor(member, { act: "give_exercise", application });
  if (own && may(member, INTERVIEW)) return own.step;
  if (!may(member, RUN)) return { act: "look", application };
  const [first] = tasks;
  if (first) return isForAnyone(first) ? first.step : { ...first.step, who: first.by.join(", ") };
  // What is missing is nobody's turn yet, such as the card of an interview that is ahead.
  if (!gatesMet) return { act: "look", application };
  const next = stages[at + 1];
  // An offer or a hire is decided by people, over everything that is known.
  if (next === undefined || next.kind === "offer") return { act: "hold_debrief", application };
  return stepFor(member, { act: "move", application, from: stage, to: next.id });
}

/** What is asked of the role's owner, and anybody who runs the pipeline can do. */
export const isForAnyone = ({ what }: Pick<Task, "what">): boolean =>
  what === "assessment" || what === "submission" || what === "booking";
