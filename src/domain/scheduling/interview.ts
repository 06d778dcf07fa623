import * as z from "zod";
import { DomainError, notAllowed } from "../errors.ts";
import type { RoleTemplate, Stage } from "../roles/role-template.ts";

export type InterviewStatus = "scheduled" | "cancelled";

const DEFAULT_ROUND_MINUTES = 60;

/** Rounds in which people meet the candidate, in the order of the pipeline. */
const roundsOf = (stages: readonly Stage[]): Stage[] =>
  stages.filter((stage) => stage.kind === "interview" || stage.kind === "exercise");

/** The round with this id. @throws DomainError `invalid` with every round of the role, and what else the caller allows */
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

/** How long a round takes: as the role's pipeline says, else its kit, else an hour. */
export const minutesOf = (stage: Stage, kits: RoleTemplate["interviews"]): number =>
  stage.minutes ?? kits.find((kit) => kit.round === stage.id)?.minutes ?? DEFAULT_ROUND_MINUTES;

/** The rounds of the loop: those with a length of their own in the pipeline, from where the application stands on. */
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

/** What the history keeps of an interview: ids, rounds and times, no person's words. */
export const InterviewEvent = z.object({
  interview: z.string(),
  round: z.string(),
  start: z.string(),
  end: z.string(),
  sequence: z.number(),
});
export type InterviewEvent = Readonly<z.infer<typeof InterviewEvent>>;
