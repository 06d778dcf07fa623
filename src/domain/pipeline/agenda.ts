import { may } from "../access.ts";
import { DAY } from "../days.ts";
import type { StaleWhy } from "../evaluation/stale.ts";
import type { Member } from "../member.ts";
import type { Purpose } from "../roles/role-template.ts";
import { isForAnyone, STEP_RULES } from "./next-step.ts";
import type { NotToldReason, Unreachable } from "./not-told.ts";
import type { NextStep, Step } from "./step.ts";
import type { Task } from "./tasks.ts";

/** What an agenda lists. */
export const AGENDA_KINDS = [
  "interview",
  "scorecard",
  "vote",
  "assessment",
  "submission",
  "booking",
  "message",
  "offer",
  "not_told",
] as const;
type AgendaKind = (typeof AGENDA_KINDS)[number];

export const MAX_ITEMS_SHOWN = 50;
export const MAX_AGENDA_DAYS = 31;
export const DEFAULT_AGENDA_DAYS = 7;
/** A draft that nobody has sent for longer is on the agenda. */
export const DAYS_A_DRAFT_WAITS = 1;

/** Something to be done, or to be at. */
export type AgendaItem = {
  readonly kind: AgendaKind;
  /** Reference of the application. */
  readonly application: string;
  readonly name: string;
  readonly round?: string;
  readonly due: Date;
  /** When it takes place. */
  readonly at?: Date;
  /** E-mails of those whose it is. */
  readonly by: readonly string[];
  /** Of a draft. */
  readonly purpose?: Purpose;
  /** Of a draft: what of it is not right any more, so that it is not to be sent. */
  readonly outdated?: readonly string[];
  /** Of a draft that was written for a stage that was left: the stage, and where they are now. */
  readonly written_for?: string;
  readonly now_at?: string;
  /** Of an assessment to be read again: that it is, and why, where it is known. */
  readonly again?: true;
  readonly stale_why?: StaleWhy;
  /** Of somebody who is not told. */
  readonly why?: NotToldReason;
  readonly cannot_be_written_to?: Unreachable;
  readonly next: NextStep;
};

/** Kinds that are due from the moment on at which they can be done: they have that day. */
const DUE_AT_ONCE: ReadonlySet<AgendaKind> = new Set(["assessment", "submission", "booking", "vote"]);

/** Whether an item should have been done. A meeting is not overdue: its card is. */
export const isOverdue = ({ kind, due }: Pick<AgendaItem, "kind" | "due">, now: Date): boolean =>
  kind !== "interview" && due.getTime() + (DUE_AT_ONCE.has(kind) ? DAY : 0) < now.getTime();

/** What is overdue first, then by when it is due; at most as many as are shown. */
export function inOrder<I extends Pick<AgendaItem, "kind" | "due">>(items: readonly I[], now: Date): I[] {
  const rank = (item: I) => (isOverdue(item, now) ? 0 : 1);
  return [...items]
    .sort((a, b) => rank(a) - rank(b) || a.due.getTime() - b.due.getTime())
    .slice(0, MAX_ITEMS_SHOWN);
}

/** The step of a task as this member is told it: it names whose it is, where it is neither theirs nor anybody's. */
export function taskStep(
  member: Pick<Member, "access" | "email">,
  { what, by }: Pick<Task, "what" | "by">,
  step: Step,
): NextStep {
  const isTheirs = by.includes(member.email) || isForAnyone({ what });
  return isTheirs && may(member, STEP_RULES[step.act]) ? step : { ...step, who: by.join(", ") };
}
