import { isRound } from "../panel/panel.ts";
import { isLive, nounOf } from "../submission/exercise-form.ts";
import type { Exercise, Stage } from "./role-template.ts";

type StageFault = { readonly path: string; readonly why: string };

/** The exercises that may be given in a pipeline, as far as its gates depend on them. */
type Given = readonly Pick<Exercise, "id" | "form" | "round">[];

/** What is wrong with the stages of a role or a template as a whole. `path` is the place, as in `stages[2].gate[0]`. */
export function stageFaults(stages: readonly Stage[], exercises: Given): StageFault[] {
  const last = stages.length - 1;
  return stages.flatMap((stage, n) => {
    const path = `stages[${n}]`;
    const gates = stage.gate.flatMap((gate, at) => {
      const why = unmeetable(gate, stage, { before: stages.slice(0, n + 1), exercises });
      return why === undefined ? [] : [{ path: `${path}.gate[${at}]`, why }];
    });
    return [
      ...(ENDS.has(stage.id)
        ? [{ path: `${path}.id`, why: `${stage.id} is how an application ends, and no stage` }]
        : []),
      ...(stage.kind === "offer" && n === 0
        ? [{ path: `${path}.kind`, why: "is offer, and nobody begins with one: name a stage before it" }]
        : []),
      ...(stage.kind === "offer" && n < last
        ? [{ path: `${path}.kind`, why: "is offer, which comes last, and there is only one" }]
        : []),
      ...gates,
    ];
  });
}

const ENDS: ReadonlySet<string> = new Set(["hired", "rejected", "withdrawn"]);

/** Why nothing can meet a gate, so that nobody would ever leave the stage. Undefined where something can. */
function unmeetable(
  gate: Stage["gate"][number],
  stage: Stage,
  { before, exercises }: { readonly before: readonly Stage[]; readonly exercises: Given },
): string | undefined {
  const live = exercises.find(({ round, form }) => round === stage.id && isLive(form));
  switch (gate) {
    case "assessment":
      return undefined;
    case "scorecards":
      return isRound(stage)
        ? undefined
        : `waits for scorecards, and a stage of kind ${stage.kind} has none: only interview and exercise do`;
    case "votes":
      return before.some(isRound) ? undefined : "waits for votes, and no round comes before it to vote on";
    case "submission":
      if (exercises.length === 0)
        return "waits for a submission, and the template has no exercise to hand in";
      return live && `waits for a submission, and nothing is handed in for ${nounOf(live.form)} (${live.id})`;
  }
}
