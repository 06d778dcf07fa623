import { isRound } from "../panel/panel.ts";
import type { Stage } from "./role-template.ts";

type StageFault = { readonly path: string; readonly why: string };

/** What is wrong with the stages of a role or a template as a whole. `path` is the place, as in `stages[2].gate`. */
export function stageFaults(stages: readonly Stage[]): StageFault[] {
  if (stages.length === 0) return [{ path: "stages", why: "there is none; a role has at least one stage" }];
  return stages.flatMap((stage, n) =>
    faultsOf(stage, stages.slice(0, n), stages.slice(n + 1)).map(({ path, why }) => ({
      path: `stages[${n}].${path}`,
      why,
    })),
  );
}

function faultsOf(stage: Stage, before: readonly Stage[], after: readonly Stage[]): StageFault[] {
  const { id, kind, gate } = stage;
  const faults: StageFault[] = [];
  if (before.some((one) => one.id === id))
    faults.push({ path: "id", why: `${JSON.stringify(id)} stands twice` });
  if (ENDS.has(id)) faults.push({ path: "id", why: `${id} is how an application ends, and no stage` });
  if (kind === "offer" && after.length > 0)
    faults.push({ path: "kind", why: `the offer is the last stage, and ${after[0]?.id} comes after it` });
  if (gate.includes("scorecards") && !isRound(stage))
    faults.push({
      path: "gate",
      why: "nothing meets scorecards: cards are given in stages of kind interview or exercise",
    });
  if (gate.includes("votes") && ![...before, stage].some(isRound))
    faults.push({ path: "gate", why: "nothing meets votes: no interview or exercise comes before" });
  return faults;
}

const ENDS: ReadonlySet<string> = new Set(["hired", "rejected", "withdrawn"]);
