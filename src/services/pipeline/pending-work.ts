import { isRound } from "../../domain/panel/panel.ts";
import type { Debrief, Lack, Round } from "../../store/panel/pending.ts";
import type { RoleRow } from "../../store/roles/roles.ts";

/** What applications in each stage of a role may lack: what its gate asks for, and an interview. */
export const lacksOf = (role: RoleRow): Lack[] =>
  role.stages.flatMap((stage) => {
    const booking = stage.kind === "exercise" ? ("exercise_booking" as const) : ("booking" as const);
    const lacks = [
      ...(["assessment", "submission"] as const).filter((what) => stage.gate.includes(what)),
      ...(isRound(stage) ? [booking] : []),
    ];
    return lacks.map((what): Lack => ({ roleId: role.id, stage: stage.id, lacks: what }));
  });

/** The rounds of a role, each with the stages in which it is reached. */
export const roundsOf = ({ id: role, stages }: RoleRow): Round[] =>
  stages.flatMap((stage, at) => {
    const reached = stages.slice(at).map(({ id }) => id);
    return isRound(stage)
      ? [{ role, round: stage.id, exercise: stage.kind === "exercise", stages: reached }]
      : [];
  });

/** The stages of a role in which votes are cast. */
export const debriefsOf = ({ id: role, stages, panel }: RoleRow): Debrief[] =>
  stages.filter(({ gate }) => gate.includes("votes")).map(({ id: stage }) => ({ role, stage, panel }));
