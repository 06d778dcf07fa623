import { daysOver } from "../days.ts";
import {
  type AwaitedFromCandidate,
  type LastWords,
  overdueAnswer,
  type WaitsFor,
  waitsFor,
} from "../outreach/waiting.ts";
import type { Stage } from "../roles/role-template.ts";
import type { ApplicationStep } from "./next-step.ts";
import type { SearchClock } from "./search-clock.ts";
import type { Step } from "./step.ts";

/** What every item that waits for the team has: how pressing it is. */
type Pressing = {
  readonly severity: "error" | "warning";
  /** Days past the goal, one decimal. */
  readonly days_over: number;
  /** How far along the pipeline, 0 to 1: a person near an offer is the costliest to lose. */
  readonly closeness: number;
};

/** A delay of one application, in days beside what its stage promises. */
export type Delay = {
  readonly kind: "offer_ageing" | "over_goal" | "unanswered";
  /** The stage's name. */
  readonly stage: string;
  readonly days: number;
  readonly goal_days: number;
  readonly waits_for: WaitsFor;
};

/** An application that waits for the team. */
export type ApplicationAttention = Pressing & {
  readonly kind: Delay["kind"];
  readonly ref: string;
  readonly name: string;
  /** The worse delay first; a second one where there is one. */
  readonly delays: readonly Delay[];
  readonly step: ApplicationStep;
};

/** A role that waits for the team. */
export type RoleAttention = Pressing & {
  readonly kind: "no_outcomes" | "no_loop" | "no_panel" | "search_late" | "search_mis_scoped";
  /** The role's key. */
  readonly ref: string;
  /** How long it has been open, where that is the matter. */
  readonly clock?: SearchClock;
  readonly step: Step;
};

export type Attention = ApplicationAttention | RoleAttention;

/** How many of the longest-waiting applications of a stage are examined. */
export const MAX_WAITING_PER_STAGE = 10;
/** So that one kind of which there is plenty does not hide the others. */
export const MAX_ATTENTION_PER_KIND = 5;

const WORST = { error: 0, warning: 1 } as const;

type Weight = Pick<Pressing, "severity" | "days_over">;

const byPressure = (a: Weight, b: Weight): number =>
  WORST[a.severity] - WORST[b.severity] || b.days_over - a.days_over;

/** How many there are of a kind beside those that are listed. */
export type More = { readonly kind: Attention["kind"]; readonly more: number; readonly of: number };

/** Most pressing first: by severity, then by days past the goal, then by closeness to hire; at most five of a kind. */
export function mostPressing(items: readonly Attention[]): {
  readonly listed: Attention[];
  readonly more: More[];
} {
  const of = new Map<Attention["kind"], number>();
  // Alike ones stay as they came: whoever has stood longest first.
  const ranked = [...items].sort((a, b) => byPressure(a, b) || b.closeness - a.closeness);
  const listed = ranked.filter(({ kind }) => {
    const n = (of.get(kind) ?? 0) + 1;
    of.set(kind, n);
    return n <= MAX_ATTENTION_PER_KIND;
  });
  const more = [...of].flatMap(([kind, n]) =>
    n > MAX_ATTENTION_PER_KIND ? [{ kind, more: n - MAX_ATTENTION_PER_KIND, of: n }] : [],
  );
  return { listed, more };
}

const OFFER_AGEING_DAYS_BEFORE_GOAL = 1; // a day before its goal an offer is about to age
const LONG_OVER_GOALS = 2; // times the goal: no longer a delay, a candidate about to be lost

/** How one application stands, as far as it asks for attention. */
export type ApplicationState = {
  readonly ref: string;
  readonly name: string;
  readonly days_in_stage: number;
  /** What is out with the candidate, if anything. */
  readonly out: AwaitedFromCandidate | null;
  /** If undefined, unanswered time is not checked. */
  readonly words: LastWords | undefined;
};

/** A delay with how pressing it is, and what would deal with it. */
type Weighed = Delay & Pick<Pressing, "severity" | "days_over"> & { readonly step: ApplicationStep };

/**
 * What one waiting application asks for: one entry, for the worse of how long it has stood and how long the candidate has
 * had no answer, which names the other. Undefined while it is within its goal and they have had one.
 */
export function attentionTo(
  application: ApplicationState,
  stage: Stage,
  closeness: number,
  now: Date,
): ApplicationAttention | undefined {
  const silence = silent(application, stage, now);
  const delay = delayed(application, stage, silence !== undefined);
  const isSilenceWorse = silence !== undefined && (!delay || byPressure(silence, delay) < 0);
  const [worse, other] = isSilenceWorse ? [silence, delay] : [delay, silence];
  if (!worse) return undefined;
  const { kind, severity, days_over } = worse;
  // Whoever wrote to us is answered, not reminded.
  const step = silence && worse.step !== "work" ? silence.step : worse.step;
  const delays = [worse, other].flatMap((d) => (d ? [delayOf(d)] : []));
  const { ref, name } = application;
  return { kind, severity, ref, name, days_over, closeness, delays, step };
}

const delayOf = ({ kind, stage, days, goal_days, waits_for }: Weighed): Delay => ({
  kind,
  stage,
  days,
  goal_days,
  waits_for,
});

function delayed(
  { days_in_stage: days, out }: ApplicationState,
  stage: Stage,
  answerDue: boolean,
): Weighed | undefined {
  const { name, goal_days } = stage;
  const days_over = daysOver(days, goal_days);
  const waits_for = answerDue ? "us" : waitsFor(out);
  const base = { stage: name, days, goal_days, waits_for, days_over } as const;
  if (stage.kind === "offer" && days >= goal_days - OFFER_AGEING_DAYS_BEFORE_GOAL)
    return { ...base, kind: "offer_ageing", severity: "error", step: { write: "offer_followup" } };
  if (days <= goal_days) return undefined; // to a tenth of a day, as shown
  if (out?.interview) return undefined; // nothing can be done before they have met
  return {
    ...base,
    kind: "over_goal",
    severity: days > goal_days * LONG_OVER_GOALS && waits_for === "us" ? "error" : "warning",
    step: out === null ? "work" : { write: "exercise_reminder" },
  };
}

/** Somebody who has had no answer for longer than their stage promises. */
function silent({ out, words }: ApplicationState, stage: Stage, now: Date): Weighed | undefined {
  const overdue = words && overdueAnswer(words, out, stage.goal_days, now);
  if (!overdue) return undefined;
  const { days, days_over } = overdue;
  return {
    ...{ kind: "unanswered", severity: "warning", stage: stage.name, days, days_over, waits_for: "us" },
    goal_days: stage.goal_days,
    step: { write: "status_update" },
  };
}
