import { pluralize } from "../counted.ts";
import { isRound } from "../panel/panel.ts";
import type { Stage } from "../roles/role-template.ts";
import type { Attention } from "./attention.ts";

type Weeks = { readonly low_weeks: number; readonly high_weeks: number };
export type SearchClock = {
  readonly weeks_open: number;
  readonly clean: Weeks;
  readonly mis_scoped: Weeks;
  readonly reading: string;
};

/** Weeks open beside how long such searches take; null where the template has no figures. */
export function searchClock(
  weeks_open: number,
  figures: { readonly clean: Weeks; readonly mis_scoped: Weeks } | undefined,
): SearchClock | null {
  if (!figures) return null;
  const { clean, mis_scoped } = figures;
  const told = (w: Weeks) => `${w.low_weeks} to ${w.high_weeks}`;
  const reading =
    weeks_open <= clean.high_weeks
      ? `within a clean search (${told(clean)} weeks)`
      : weeks_open < mis_scoped.low_weeks
        ? `past a clean search (${told(clean)} weeks)`
        : weeks_open <= mis_scoped.high_weeks
          ? `where mis-scoped searches are (${told(mis_scoped)} weeks)`
          : `beyond even mis-scoped searches (${told(mis_scoped)} weeks)`;
  return { weeks_open, clean, mis_scoped, reading };
}

export type RoleStanding = {
  readonly key: string;
  readonly outcomes: readonly unknown[];
  readonly panel: readonly { readonly members: readonly string[] }[];
  readonly stages: readonly Stage[];
};

/** What a role itself asks for: outcomes, a loop, people to interview, and an end. */
export function attentionToRole(role: RoleStanding, clock: SearchClock | null): Attention[] {
  const { key, outcomes, stages, panel } = role;
  const found: Attention[] = [];
  const add = (item: Pick<Attention, "kind" | "severity" | "what" | "step">, days_over = 0) =>
    found.push({ ...item, ref: key, days_over, closeness: 0 });
  if (outcomes.length === 0) {
    const what = `${key} has no outcomes: nobody can tell what good looks like. update_role takes them as outcomes.`;
    add({ kind: "no_outcomes", severity: "error", what, step: { call: "update_role" } });
  }
  if (!stages.some(isRound)) {
    const what = `${key} has no interview loop: nobody is compared on the same questions.`;
    add({ kind: "no_loop", severity: "error", what, step: { call: "check_role" } });
  } else if (panel.every(({ members }) => members.length === 0)) {
    const what = `${key} has nobody named for any round: no scorecard will be owed. update_role takes them as panel.`;
    add({ kind: "no_panel", severity: "warning", what, step: { call: "update_role" } });
  }
  if (clock && clock.weeks_open > clock.clean.high_weeks) {
    const late = Math.round((clock.weeks_open - clock.clean.high_weeks) * 70) / 10;
    const what = `${key} has been open for ${pluralize(clock.weeks_open, "week")}, ${clock.reading}.`;
    const severity = "warning" as const;
    if (clock.weeks_open >= clock.mis_scoped.low_weeks)
      add({ kind: "search_mis_scoped", severity, what, step: { call: "check_role" } }, late);
    else add({ kind: "search_late", severity, what, step: { call: "get_report", report: "funnel" } }, late);
  }
  return found;
}
