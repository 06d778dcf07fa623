import { DomainError, notAllowed } from "../errors.ts";
import type { RoleTemplate, Stage } from "../roles/role-template.ts";

export type InterviewStatus = "scheduled" | "cancelled";

const MINUTES_WITHOUT_A_KIT = 60;

/** Rounds in which people meet the candidate, in the order of the pipeline. */
const roundsOf = (stages: readonly Stage[]): Stage[] =>
  stages.filter((stage) => stage.kind === "interview" || stage.kind === "exercise");

/** The round with this id. @throws DomainError `invalid` with every round there is */
export function requireRound(stages: readonly Stage[], round: string, more: readonly string[] = []): Stage {
  const rounds = roundsOf(stages);
  const found = rounds.find((stage) => stage.id === round);
  if (!found) throw notAllowed("round", round, [...rounds.map((stage) => stage.id), ...more]);
  return found;
}

/** How long a round takes: as the role's pipeline says, else its kit, else an hour. */
export const minutesOf = (stage: Stage, kits: RoleTemplate["interviews"]): number =>
  stage.minutes ?? kits.find((kit) => kit.round === stage.id)?.minutes ?? MINUTES_WITHOUT_A_KIT;

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
