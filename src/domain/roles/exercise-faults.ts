import { isRound } from "../panel/panel.ts";
import { nounOf } from "../submission/exercise-form.ts";
import type { Exercise, WrittenTemplate } from "./role-template.ts";

type ExerciseFault = { readonly path: string; readonly why: string };

const TRACES = ["paths", "content", "removes", "deleted", "observed"] as const;

/** What the form of an exercise rules out. */
export function exerciseFaults({ exercises, stages }: WrittenTemplate): ExerciseFault[] {
  return exercises.flatMap((exercise, n) => {
    const path = `exercises[${n}]`;
    const stage = stages.find(({ id }) => id === exercise.round);
    if (stage && !isRound(stage))
      return [{ path: `${path}.round`, why: `${stage.id} is of kind ${stage.kind}, and no round` }];
    return exercise.form === "code" ? withoutTrace(exercise, path) : ofCodeOnly(exercise, path);
  });
}

const withoutTrace = ({ requirements }: Exercise, path: string): ExerciseFault[] =>
  requirements.flatMap((requirement, n) =>
    TRACES.some((trace) => requirement[trace] !== undefined)
      ? []
      : [
          {
            path: `${path}.requirements[${n}]`,
            why: `needs one of ${TRACES.join(", ")}, by which a change in code shows it`,
          },
        ],
  );

function ofCodeOnly(exercise: Exercise, path: string): ExerciseFault[] {
  const { form, requirements, repository, follow_ups } = exercise;
  const refuse = (field: string, why: string): ExerciseFault => ({
    path: `${path}.${field}`,
    why: `${nounOf(form)} ${why}; leave it out`,
  });
  const traces = requirements.flatMap((requirement, n) =>
    TRACES.filter((trace) => requirement[trace] !== undefined).map((trace) =>
      refuse(`requirements[${n}].${trace}`, "is read by people and leaves no trace in code"),
    ),
  );
  return [
    ...(repository === undefined ? [] : [refuse("repository", "has no repository")]),
    ...(exercise.protected.length === 0 ? [] : [refuse("protected", "has no files to protect")]),
    ...(follow_ups.length === 0 ? [] : [refuse("follow_ups", "shows nothing by which they would be asked")]),
    ...traces,
  ];
}
