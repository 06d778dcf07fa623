import * as z from "zod";
import { DomainError, notAllowed } from "../errors.ts";
import type { RoleTemplate, Stage } from "../roles/role-template.ts";

const DEFAULT_ROUND_MINUTES = 60;

/** Rounds in which interviewers meet the candidate, in the order of the pipeline. */
const roundsOf = (stages: readonly Stage[]): Stage[] =>
  stages.filter((stage) => stage.kind === "interview" || stage.kind === "exercise");

/**
 * The round with this id. @throws DomainError `invalid` listing every round of the role, and the other values that the
 * caller allows
 */
export function requireRound(
  stages: readonly Stage[],
  round: string,
  alsoAllowed: readonly string[] = [],
): Stage {
  const rounds = roundsOf(stages);
  const stage = rounds.find(({ id }) => id === round);
  if (!stage) throw notAllowed("round", round, [...rounds.map((stage) => stage.id), ...alsoAllowed]);
  return stage;
}

/** The length of a round in minutes: from the role's pipeline, else from its kit, else 60. */
export const minutesOf = (stage: Stage, kits: RoleTemplate["interviews"]): number =>
  stage.minutes ?? kits.find((kit) => kit.round === stage.id)?.minutes ?? DEFAULT_ROUND_MINUTES;

/** The rounds of the loop that are left: those with a length in the pipeline, from the application's stage on. */
export function loopRounds(stages: readonly Stage[], current: string): Stage[] {
  const from = Math.max(
    0,
    stages.findIndex((stage) => stage.id === current),
  );
  const loop = roundsOf(stages.slice(from)).filter((stage) => stage.minutes !== undefined);
  if (loop.length > 0) return loop;
  throw new DomainError(
    "precondition_failed",
    "round: no round of the loop is left for this application.",
    "Name one round instead, such as the one that is to be repeated.",
  );
}

/** @throws DomainError `precondition_failed` for an application that has ended */
export function requireActive({ ref, status }: { readonly ref: string; readonly status: string }): void {
  if (status === "active") return;
  const message = `application: ${ref} is ${status}; there is nothing to schedule.`;
  throw new DomainError("precondition_failed", message, { do: "take_move_back" });
}

/** The history's entry for an interview: ids, rounds and times, but no words of a person. */
export const InterviewEvent = z.object({
  interview: z.string(),
  round: z.string(),
  start: z.string(),
  end: z.string(),
  sequence: z.number(),
});
export type InterviewEvent = Readonly<z.infer<typeof InterviewEvent>>;
