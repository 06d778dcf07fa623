import { isRound } from "../panel/panel.ts";
import type { Stage } from "../roles/role-template.ts";
import type { RoleAttention } from "./attention.ts";
import type { SearchClock } from "./search-clock.ts";

export type RoleState = {
  readonly key: string;
  readonly outcomes: readonly unknown[];
  readonly panel: readonly { readonly members: readonly string[] }[];
  readonly stages: readonly Stage[];
};

/** What a role itself asks for: outcomes, a loop, people to interview, and an end. */
export function attentionToRole(role: RoleState, clock: SearchClock | null): RoleAttention[] {
  const { key, outcomes, stages, panel } = role;
  const base = { ref: key, days_over: 0, closeness: 0 } as const;
  const scope = { act: "check_scope", role: key } as const;
  const change = { act: "change_role", role: key } as const;
  const attention: RoleAttention[] = [];
  if (outcomes.length === 0)
    attention.push({ ...base, kind: "no_outcomes", severity: "error", step: change });
  if (!stages.some(isRound)) attention.push({ ...base, kind: "no_loop", severity: "error", step: scope });
  else if (panel.every(({ members }) => members.length === 0))
    attention.push({ ...base, kind: "no_panel", severity: "warning", step: change });
  if (clock && clock.weeks_open > clock.clean.high_weeks) {
    const { weeks_open, clean, mis_scoped } = clock;
    const days_over = Math.round((weeks_open - clean.high_weeks) * 70) / 10;
    const late = { ...base, days_over, severity: "warning", clock } as const;
    if (weeks_open >= mis_scoped.low_weeks)
      attention.push({ ...late, kind: "search_mis_scoped", step: scope });
    else
      attention.push({
        ...late,
        kind: "search_late",
        step: { act: "read_report", role: key, report: "funnel" },
      });
  }
  return attention;
}
