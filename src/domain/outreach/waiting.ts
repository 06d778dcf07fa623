import { daysBetween, daysOver } from "../days.ts";
import type { Purpose, Stage } from "../roles/role-template.ts";
import { type ExerciseForm, isLive } from "../submission/exercise-form.ts";

/** When both sides last wrote about one application. */
export type LastWords = {
  readonly appliedAt: Date;
  /** When the candidate last wrote to us or handed something in. */
  readonly heardAt: Date | null;
  /** When our last message was sent. `sentPurpose` is its purpose. */
  readonly sentAt: Date | null;
  readonly sentPurpose: Purpose | null;
};

/**
 * What comes before we have to act. `since` is when the exercise was given or the interview booked; null for an offer, whose
 * date only a message shows.
 */
export type AwaitedFromCandidate = { readonly since: Date | null; readonly interview?: true };

/**
 * Who has to act next: nobody before an interview that is booked, the candidate while their exercise or their answer to an
 * offer is open, else us.
 */
export type WaitsFor = "us" | "candidate" | "interview";

/** The exercise of an application, as far as it tells who has to act. */
export type ExerciseProgress = {
  readonly assigned: ExerciseForm | null;
  /** When it was given. */
  readonly assignedAt: Date | null;
  readonly hasSubmission: boolean;
};

/** When the interview was booked, or last changed, that an application waits for. */
export type InterviewAhead = { readonly interviewBookedAt?: Date | null };

/** What we wait for from the candidate. Null while the next step is ours, as it is where nothing has to be handed in. */
export function awaitedFromCandidate(
  stage: Pick<Stage, "kind">,
  { assigned, assignedAt, hasSubmission, interviewBookedAt = null }: ExerciseProgress & InterviewAhead,
): AwaitedFromCandidate | null {
  if (interviewBookedAt !== null) return { since: interviewBookedAt, interview: true };
  if (stage.kind === "offer") return { since: null };
  if (assigned !== null && isLive(assigned)) return null;
  return stage.kind === "exercise" && assignedAt !== null && !hasSubmission ? { since: assignedAt } : null;
}

export const waitsFor = (out: AwaitedFromCandidate | null): WaitsFor =>
  out === null ? "us" : out.interview ? "interview" : "candidate";

/**
 * Since when a candidate waits for us. Null when the candidate has to act next. A message of ours ends the wait. A
 * `status_update` only restarts it, unless the candidate has something to do. Moving the application does not end it,
 * because the candidate is not told.
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

/** How long a candidate has waited for us, if that is longer than the stage's goal in days; else null. */
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
