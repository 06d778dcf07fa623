import { counted } from "./counted.ts";
import { daysOver } from "./days.ts";
import { type LastWords, overdueAnswer } from "./outreach/waiting.ts";
import type { Stage } from "./role-template.ts";

/** Something that waits for the team, with the call that would deal with it. */
export type Attention = {
  readonly kind:
    | "offer_ageing"
    | "over_goal"
    | "unanswered"
    | "no_outcomes"
    | "no_loop"
    | "no_panel"
    | "search_late"
    | "search_mis_scoped";
  readonly severity: "error" | "warning";
  /** An application's reference or a role's key. */
  readonly ref: string;
  /** Days past the goal, one decimal. */
  readonly days_over: number;
  /** How far along the pipeline, 0 to 1: a person near an offer is the costliest to lose. */
  readonly closeness: number;
  readonly what: string;
  readonly next: string;
};

/** The rule by which attention is ordered, as it is told. */
export const ORDER = "errors first, then most days over the goal, then closest to a hire";
/** What attention is looked for among, in each stage. */
export const PER_STAGE = 10;

const SHOWN = 20;
const WORST = { error: 0, warning: 1 } as const;

/** Most pressing first: by severity, then by days past the goal, then by closeness to hire; at most 20. */
export function inOrder(items: readonly Attention[]): Attention[] {
  const ranked = [...items].sort(
    (a, b) =>
      WORST[a.severity] - WORST[b.severity] ||
      b.days_over - a.days_over ||
      b.closeness - a.closeness ||
      (a.ref < b.ref ? -1 : 1),
  );
  return ranked.slice(0, SHOWN);
}

/** Whom an application waits for: the candidate while their work or their answer is out, else us. */
export type WaitsFor = "us" | "candidate";

export function waitsFor(
  stage: Pick<Stage, "kind">,
  { assigned, hasSubmission }: { readonly assigned: boolean; readonly hasSubmission: boolean },
): WaitsFor {
  if (stage.kind === "offer") return "candidate";
  return stage.kind === "exercise" && assigned && !hasSubmission ? "candidate" : "us";
}

const AGES_BEFORE = 1; // a day before its goal an offer is about to age
const LONG_OVER = 2; // times the goal: no longer a delay, a candidate about to be lost

export type Standing = {
  readonly ref: string;
  readonly name: string;
  readonly days_in_stage: number;
  readonly waits_for: WaitsFor;
  readonly owed: readonly { readonly next: string }[];
};

/** What one waiting application asks for; undefined while it is within its goal. */
export function attentionTo(application: Standing, stage: Stage, closeness: number): Attention | undefined {
  const { ref, name, days_in_stage: days, waits_for, owed } = application;
  const days_over = daysOver(days, stage.goal_days);
  const about = { ref, days_over, closeness };
  const toCandidate = "draft_outreach";
  if (stage.kind === "offer" && days >= stage.goal_days - AGES_BEFORE) {
    const what = `${ref} ${name} has had an offer for ${counted(days, "day")}; offers age after ${stage.goal_days}.`;
    return { ...about, kind: "offer_ageing", severity: "error", what, next: toCandidate };
  }
  if (days <= stage.goal_days) return undefined; // to a tenth of a day, as shown
  const who = waits_for === "us" ? "waits for us" : "waits for the candidate";
  return {
    ...about,
    kind: "over_goal",
    severity: days > stage.goal_days * LONG_OVER && waits_for === "us" ? "error" : "warning",
    what: `${ref} ${name} has been in ${stage.name} for ${counted(days, "day")}; the goal is ${stage.goal_days}. It ${who}.`,
    next: waits_for === "candidate" ? toCandidate : (owed[0]?.next ?? "move_candidate"),
  };
}

/** Somebody who has had no answer for longer than their stage promises; null where they have. */
export function attentionToSilence(
  { ref, name, ...last }: LastWords & { readonly ref: string; readonly name: string },
  stage: Stage,
  closeness: number,
  now: Date,
): Attention | null {
  const overdue = overdueAnswer(ref, last, stage.goal_days, now);
  if (overdue === null) return null;
  const { days, days_over, next } = overdue;
  const what = `${ref} ${name} has had no answer from us on record for ${counted(days, "day")}; ${stage.name} promises one within ${stage.goal_days}.`;
  return { kind: "unanswered", severity: "warning", ref, days_over, closeness, what, next };
}

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
  const about = { ref: role.key, days_over: 0, closeness: 0 };
  const found: Attention[] = [];
  const add = (
    kind: Attention["kind"],
    severity: Attention["severity"],
    what: string,
    next: string,
    days_over = 0,
  ) => found.push({ ...about, kind, severity, what, next, days_over });
  if (role.outcomes.length === 0)
    add(
      "no_outcomes",
      "error",
      `${role.key} has no outcomes: nobody can tell what good looks like.`,
      "update_role",
    );
  const rounds = role.stages.filter((s) => s.kind === "interview" || s.kind === "exercise");
  if (rounds.length === 0)
    add(
      "no_loop",
      "error",
      `${role.key} has no interview loop: nobody is compared on the same questions.`,
      "check_role",
    );
  else if (role.panel.every(({ members }) => members.length === 0))
    add(
      "no_panel",
      "warning",
      `${role.key} has nobody named for any round: no scorecard will be owed.`,
      "update_role",
    );
  if (clock && clock.weeks_open > clock.clean.high_weeks) {
    const late = Math.round((clock.weeks_open - clock.clean.high_weeks) * 70) / 10;
    const dragging = clock.weeks_open >= clock.mis_scoped.low_weeks;
    add(
      dragging ? "search_mis_scoped" : "search_late",
      "warning",
      `${role.key} has been open for ${counted(clock.weeks_open, "week")}, ${clock.reading}.`,
      dragging ? "check_role" : "get_report",
      late,
    );
  }
  return found;
}
