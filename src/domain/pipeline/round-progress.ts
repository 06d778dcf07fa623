import { latest } from "../days.ts";
import type { RoundHistory, RoundInterview } from "../panel/panel.ts";
import type { Stage } from "../roles/role-template.ts";
import { stands } from "../scheduling/interview-status.ts";
import { type ExerciseForm, isLive } from "../submission/exercise-form.ts";

/** The next interview that is booked and not over, of one round or of any. */
export const interviewAhead = (
  interviews: readonly RoundInterview[],
  now: Date,
  round?: string,
): RoundInterview | undefined =>
  interviews.find(
    (one) => one.status === "booked" && one.endsAt > now && (round === undefined || one.round === round),
  );

/**
 * Since when the cards of a round may be asked for: since its interview ended or, where none is on record, since its first
 * card came in or its exercise was handed in. Null while an interview is booked ahead, and where the round never took place.
 */
export function overSince(
  { id, kind }: Pick<Stage, "id" | "kind">,
  { interviews, firstCards, handedInAt }: RoundHistory,
  now: Date,
): Date | null {
  if (interviewAhead(interviews, now, id)) return null;
  const met = interviews.filter((one) => one.round === id && stands(one.status));
  const card = firstCards.find((one) => one.round === id);
  const last = latest(...met.map(({ endsAt }) => endsAt));
  return last ?? card?.at ?? (kind === "exercise" ? handedInAt : null);
}

/**
 * Since when an interview is to be booked for the round that an application stands in: since it came there, or since the
 * last one was missed or called off. Null where one is booked or was held, where a card is in, and for exercises, unless
 * the one that was given is done before the interviewers.
 */
export function unbookedSince(
  { id, kind }: Pick<Stage, "id" | "kind">,
  enteredAt: Date,
  { interviews, firstCards }: Pick<RoundHistory, "interviews" | "firstCards">,
  assigned: ExerciseForm | null,
): Date | null {
  const isMeeting = kind === "interview" || (kind === "exercise" && assigned !== null && isLive(assigned));
  const ofRound = interviews.filter(({ round }) => round === id);
  const isMet = ofRound.some(({ status }) => stands(status)) || firstCards.some(({ round }) => round === id);
  if (!isMeeting || isMet) return null;
  return latest(enteredAt, ...ofRound.map(({ changedAt }) => changedAt));
}
