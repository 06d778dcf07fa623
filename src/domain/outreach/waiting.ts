import { daysBetween, daysOver } from "../days.ts";
import type { Purpose } from "../role-template.ts";

/** The last word from either side about one application. */
export type LastWords = {
  readonly appliedAt: Date;
  /** When they last wrote to us or handed something in. */
  readonly heardAt: Date | null;
  /** When a message of ours last left, and what it was for. */
  readonly sentAt: Date | null;
  readonly sentPurpose: Purpose | null;
};

/**
 * Since when a candidate waits for us; null when the next word is theirs. What we ask of them ends their wait; a
 * `status_update` only says that it goes on, so they wait from then. A move of ours tells them nothing.
 */
export function waitingSince({ appliedAt, heardAt, sentAt, sentPurpose }: LastWords): Date | null {
  const theirs = heardAt !== null && heardAt > appliedAt ? heardAt : appliedAt;
  if (sentAt === null || sentAt < theirs) return theirs;
  return sentPurpose === "status_update" ? sentAt : null;
}

/**
 * Whether somebody has waited for us longer than the stage promises (its goal in days), with the call that drafts the
 * answer. Null when they have not.
 */
export function overdueAnswer(
  ref: string,
  last: LastWords,
  goalDays: number,
  now: Date,
): { readonly since: Date; readonly days: number; readonly days_over: number; readonly next: string } | null {
  const since = waitingSince(last);
  if (since === null) return null;
  const days = daysBetween(since, now);
  if (days <= goalDays) return null;
  const next = `draft_outreach with application: ${ref}, purpose: status_update`;
  return { since, days, days_over: daysOver(days, goalDays), next };
}
