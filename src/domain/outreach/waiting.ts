import { daysBetween, daysOver } from "../days.ts";
import type { Purpose, Stage } from "../roles/role-template.ts";

/** The last word from either side about one application. */
export type LastWords = {
  readonly appliedAt: Date;
  /** When they last wrote to us or handed something in. */
  readonly heardAt: Date | null;
  /** When a message of ours last left, and what it was for. */
  readonly sentAt: Date | null;
  readonly sentPurpose: Purpose | null;
};

/** What is out with the candidate: their exercise, since it was given, or our offer, which only a message tells. */
export type AwaitedFromCandidate = { readonly since: Date | null };

/** Whom an application waits for: the candidate while their work or their answer is out, else us. */
export type WaitsFor = "us" | "candidate";

/** What is out with the candidate; null while the next step is ours. */
export function awaitedFromCandidate(
  stage: Pick<Stage, "kind">,
  { assignedAt, hasSubmission }: { readonly assignedAt: Date | null; readonly hasSubmission: boolean },
): AwaitedFromCandidate | null {
  if (stage.kind === "offer") return { since: null };
  return stage.kind === "exercise" && assignedAt !== null && !hasSubmission ? { since: assignedAt } : null;
}

export const waitsFor = (out: AwaitedFromCandidate | null): WaitsFor => (out === null ? "us" : "candidate");

/**
 * Since when a candidate waits for us; null when the next word is theirs. What we ask of them ends their wait; a
 * `status_update` only says that it goes on, so they wait from then, unless something is out with them. A move of ours
 * tells them nothing.
 */
export function waitingSince(
  { appliedAt, heardAt, sentAt, sentPurpose }: LastWords,
  out: AwaitedFromCandidate | null,
): Date | null {
  const theirs = later(appliedAt, heardAt);
  const ours = later(sentAt, out?.since ?? null);
  if (ours === null || ours < theirs) return theirs;
  return out === null && sentPurpose === "status_update" ? sentAt : null;
}

/** How long somebody has waited for us, where that is longer than the stage promises (its goal in days); else null. */
export function overdueAnswer(
  last: LastWords,
  out: AwaitedFromCandidate | null,
  goalDays: number,
  now: Date,
): { readonly days: number; readonly days_over: number } | null {
  const since = waitingSince(last, out);
  if (since === null) return null;
  const days = daysBetween(since, now);
  return days <= goalDays ? null : { days, days_over: daysOver(days, goalDays) };
}

function later<T extends Date | null>(one: T, other: Date | null): T | Date {
  return other !== null && (one === null || other > one) ? other : one;
}
