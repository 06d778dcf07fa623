import { DomainError } from "../errors.ts";
import { isRound } from "../panel/panel.ts";
import type { RoleTemplate, Stage } from "./role-template.ts";
import { stageFaults } from "./stage-faults.ts";

/**
 * A stage as a caller wants it. What is left out stays as it is in the role or its template, and in a new stage is what is
 * usual for its kind.
 */
export type WantedStage = Pick<Stage, "id"> & {
  readonly [K in Exclude<keyof Stage, "id">]?: Stage[K] | undefined;
};

const USUAL: Readonly<Record<Stage["kind"], Pick<Stage, "goal_days" | "gate">>> = {
  application: { goal_days: 3, gate: ["assessment"] },
  interview: { goal_days: 5, gate: ["scorecards"] },
  exercise: { goal_days: 7, gate: ["scorecards"] },
  debrief: { goal_days: 2, gate: ["votes"] },
  offer: { goal_days: 5, gate: [] },
};

/**
 * A role's stages as they are wanted: all of them, in order. A stage that is not named is dropped.
 * @param template that of the role: a stage of it that was dropped comes back as it is there
 * @throws DomainError `invalid` naming the first thing that is wrong, such as an id that stands twice, a gate that nothing
 *   can meet, or another kind for a stage that is there.
 */
export function ownStages(
  current: readonly Stage[],
  wanted: readonly WantedStage[],
  template: Pick<RoleTemplate, "stages" | "exercises">,
): Stage[] {
  const known = [...current, ...template.stages];
  const stages = wanted.map((one, n) => ownStage(known, one, n));
  const twice = wanted.findIndex(({ id }, n) => wanted.findIndex((one) => one.id === id) < n);
  if (twice >= 0) throw wrong(`stages[${twice}].id`, `${JSON.stringify(wanted[twice]?.id)} stands twice`);
  const [fault] = stageFaults(stages, template.exercises);
  if (fault !== undefined) throw wrong(fault.path, fault.why);
  return stages;
}

function ownStage(known: readonly Stage[], wanted: WantedStage, n: number): Stage {
  const { id } = wanted;
  const before = known.find((stage) => stage.id === id);
  if (before === undefined && wanted.name === undefined && wanted.kind === undefined) {
    const ids = [...new Set(known.map((stage) => stage.id))].join(", ");
    throw wrong(
      `stages[${n}].id`,
      `${JSON.stringify(id)} is none of ${ids}; a new stage has a name or a kind`,
    );
  }
  const kind = wanted.kind ?? before?.kind ?? "interview";
  if (before !== undefined && before.kind !== kind)
    throw wrong(
      `stages[${n}].kind`,
      `${id} is of kind ${before.kind}, and what was done in it stays on record; add a stage with another id`,
    );
  const minutes = wanted.minutes ?? before?.minutes;
  return {
    ...{ id, kind },
    name: wanted.name ?? before?.name ?? nameOf(id),
    goal_days: wanted.goal_days ?? before?.goal_days ?? USUAL[kind].goal_days,
    gate: [...new Set(wanted.gate ?? before?.gate ?? USUAL[kind].gate)],
    ...(minutes === undefined ? {} : { minutes }),
  };
}

/** `case_study` is called `Case study`. */
const nameOf = (id: string): string => {
  const words = id.replaceAll(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const wrong = (path: string, why: string): DomainError =>
  new DomainError(
    "invalid",
    `${path}: ${why}.`,
    "Name every stage that the role shall have, in order: the id alone keeps a stage as it is.",
  );

/** Stages that are there before and not after. */
export function droppedStages(before: readonly Stage[], after: readonly Stage[]): Stage[] {
  return before.filter(({ id }) => !after.some((stage) => stage.id === id));
}

/** Rounds that are there before and not after. */
export const droppedRounds = (before: readonly Stage[], after: readonly Stage[]): string[] =>
  droppedStages(before, after)
    .filter(isRound)
    .map(({ id }) => id);

/**
 * Where whoever stands in a dropped stage goes: to the next stage that stays, because nothing is asked of them in the dropped
 * one any more. An offer is decided by people, so nobody is moved into it: they go back to the stage before.
 */
export function stageInsteadOf(dropped: string, before: readonly Stage[], after: readonly Stage[]): string {
  const at = before.findIndex(({ id }) => id === dropped);
  const stays = ({ id }: Stage) => after.find((stage) => stage.id === id && stage.kind !== "offer");
  const next = before.slice(at + 1).map(stays);
  const earlier = before.slice(0, at).reverse().map(stays);
  const stage = [...next, ...earlier, ...after].find((one) => one !== undefined);
  if (stage === undefined) throw new Error("a role without stages");
  return stage.id;
}
