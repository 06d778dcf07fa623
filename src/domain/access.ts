import { withArticle } from "./article.ts";
import { DomainError } from "./errors.ts";
import { Access, type Member } from "./member.ts";

/** Whose applications a call may touch: everybody's, or those that the member interviews for. */
export type Scope = "all" | "own";
/** Who may, and how far; an access level that is not named may not. */
type Rule = Readonly<Partial<Record<Access, Scope>>>;

const EVERYONE: Rule = {
  admin: "all",
  hiring_manager: "all",
  recruiter: "all",
  interviewer: "all",
  viewer: "all",
};
const READ: Rule = { ...EVERYONE, interviewer: "own" };
const INTERVIEW: Rule = { admin: "all", hiring_manager: "all", recruiter: "all", interviewer: "own" };
const RUN: Rule = { admin: "all", hiring_manager: "all", recruiter: "all" };
const DECIDE: Rule = { admin: "all", hiring_manager: "all" };
const ADMINISTER: Rule = { admin: "all" };

/** Who may call which tool, and about whom. The README prints this table, and a test holds the two together. */
export const TOOLS = {
  open_role: RUN,
  update_role: RUN,
  check_role: EVERYONE,
  draft_job_post: EVERYONE,
  benchmark_salary: EVERYONE,
  get_role_template: EVERYONE,
  get_pipeline: READ,
  add_candidate: RUN,
  add_document: INTERVIEW,
  find_candidates: READ,
  get_candidate: READ,
  move_candidate: RUN,
  undo_move: RUN,
  score_candidate: INTERVIEW,
  submit_scorecard: INTERVIEW,
  cast_vote: INTERVIEW,
  get_debrief: READ,
  assign_exercise: RUN,
  summarize_submission: INTERVIEW,
  draft_outreach: RUN,
  send_message: RUN,
  find_interview_times: READ,
  schedule_interview: RUN,
  get_report: READ,
} as const satisfies Record<string, Rule>;

/** What some calls take besides, and what the program's commands take. */
export const ACTS = {
  decide: { what: "reject, offer, hire, override a gate, take such a move back", rule: DECIDE },
  send: { what: "let a message leave", rule: DECIDE },
  vote_beside: { what: "vote without having interviewed", rule: DECIDE },
  submit_for: { what: "submit a scorecard for somebody else, or without a seat", rule: ADMINISTER },
  impact: { what: "read the impact report", rule: ADMINISTER },
  administer: { what: "`greenflag member add`, `access`, `remove`; `greenflag impact`", rule: ADMINISTER },
} as const satisfies Record<string, { what: string; rule: Rule }>;

export type Right = keyof typeof TOOLS | keyof typeof ACTS;

/** What goes by another name and shows or does what a tool or an act does: resources, prompts, completions, commands. */
const STANDS_FOR: Readonly<Record<string, Right>> = {
  role: "get_role_template",
  application: "get_candidate",
  decisions: "get_candidate",
  completion: "find_candidates",
  scope_role: "get_role_template",
  screen_candidate: "get_candidate",
  prepare_interview: "get_candidate",
  review_submission: "get_candidate",
  run_debrief: "get_debrief",
  weekly_review: "get_pipeline",
  doctor: "summarize_submission",
  "member list": "get_pipeline",
  "member add": "administer",
  "member access": "administer",
  "member remove": "administer",
};

/**
 * What a caller's name asks for.
 * @throws Error for a name without a rule: what nobody has decided about, nobody may call.
 */
export function rightOf(name: string): Right {
  if (Object.hasOwn(TOOLS, name)) return name as keyof typeof TOOLS;
  const right = Object.hasOwn(STANDS_FOR, name) ? STANDS_FOR[name] : undefined;
  if (right === undefined) throw new Error(`domain/access.ts does not say who may call ${name}`);
  return right;
}

const ruleOf = (right: Right): Rule =>
  Object.hasOwn(TOOLS, right) ? TOOLS[right as keyof typeof TOOLS] : ACTS[right as keyof typeof ACTS].rule;

/** Whether the member may, for the few answers that depend on it. */
export const may = (member: Pick<Member, "access">, right: Right): boolean =>
  ruleOf(right)[member.access] !== undefined;

/** Who may at the least, as a person: `a hiring manager`. */
export function whoMay(right: Right): string {
  const able = Access.options.filter((access) => ruleOf(right)[access] !== undefined);
  return withArticle((able.at(-1) ?? "admin").replace("_", " "));
}

/**
 * How far the member's access reaches in this.
 * @throws DomainError `forbidden` when it does not reach at all.
 */
export function requireAccess(member: Member, right: Right): Scope {
  const rule = ruleOf(right);
  const reach = rule[member.access];
  if (reach !== undefined) return reach;
  const what = right in ACTS ? `this: to ${ACTS[right as keyof typeof ACTS].what}` : right;
  throw new DomainError(
    "forbidden",
    `${member.email} has ${member.access} access, which does not allow ${what}.`,
    `It takes ${Object.keys(rule).join(" or ")}; an admin can change it: greenflag member access ${member.email} ACCESS.`,
  );
}
