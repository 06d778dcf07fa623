import * as z from "zod";
import { DAY } from "../days.ts";
import { foldText } from "../text/fold.ts";
import { withPlainLetters } from "../text/letters.ts";

export const ApplicationStatus = z.enum(["active", "rejected", "withdrawn", "hired"]);
export type ApplicationStatus = z.infer<typeof ApplicationStatus>;

/** Where an application is: the stage reached, and whether it is still running. */
export type Position = { readonly stage: string; readonly status: ApplicationStatus };

/** The one word for a position that tools take and give: a stage id while active, else how it ended. */
export function statusLabel(position: Position): string {
  return position.status === "active" ? position.stage : position.status;
}

/** True when a stage entered then has been held for longer than its goal. */
export function isOverGoal(enteredAt: Date, goalDays: number, now: Date): boolean {
  return enteredAt < overGoalSince(goalDays, now);
}

/** The moment before which a stage must have been entered to be over its goal now. */
export function overGoalSince(goalDays: number, now: Date): Date {
  return new Date(now.getTime() - goalDays * DAY);
}

/** Folds a name or query for finding people: no case, no accents, plain letters, single spaces. */
export function searchKey(text: string): string {
  const lower = foldText(text).text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return withPlainLetters(lower).replace(/\s+/g, " ").trim();
}
