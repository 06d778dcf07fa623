import * as z from "zod";
import { Question, type Stage } from "./role-template.ts";

/** The seniority of the role. Salary bands are stored per level. */
export const Level = z.enum(["entry", "mid", "senior", "staff"]);
export type Level = z.infer<typeof Level>;

export const RoleStatus = z.enum(["open", "on_hold", "filled", "cancelled"]);
export type RoleStatus = z.infer<typeof RoleStatus>;

/** Whether a role is open or on hold. A role that is filled or cancelled has no tasks any more. */
export const isRunning = ({ status }: { readonly status: RoleStatus }): boolean =>
  status === "open" || status === "on_hold";

/** The interviewers of each round. Members are given by e-mail. */
export const Panel = z.array(z.strictObject({ round: z.string(), members: z.array(z.string()) }));
export type Panel = z.infer<typeof Panel>;

/** A question that the team asks in a round of this role, beside those of the template. */
export const OwnQuestion = Question.omit({ id: true, source: true });
export type OwnQuestion = z.infer<typeof OwnQuestion>;

/** An opening as the hiring team describes it. Pay is whole currency units a year. */
export type Role = {
  readonly key: string;
  readonly template: string;
  readonly lane: string | null;
  readonly title: string;
  readonly level: Level;
  readonly location: string;
  readonly remote: boolean;
  readonly onCall: string | null;
  readonly compMin: number | null;
  readonly compMax: number | null;
  readonly currency: string;
  readonly outcomes: readonly string[];
  readonly mustHaves: readonly string[];
  readonly niceToHaves: readonly string[];
  readonly panel: Panel;
  readonly stages: readonly Stage[];
  readonly questions: readonly OwnQuestion[];
  /** How many people are to be hired. */
  readonly openings: number;
  /** Whether recruiters may let messages about this role leave. */
  readonly recruitersSend: boolean;
  /** Whether an interviewer sees the cards of earlier rounds, once those are over, before their own card is in. */
  readonly earlierRoundsOpen: boolean;
  readonly status: RoleStatus;
};

/** The first free key made from a short one: MLE, MLE2, MLE3. */
export function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let n = 2;
  while (taken.has(`${wanted}${n}`)) n += 1;
  return `${wanted}${n}`;
}
