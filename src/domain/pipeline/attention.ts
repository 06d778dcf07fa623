import { pluralize } from "../counted.ts";
import { daysOver } from "../days.ts";
import { type AwaitedFromCandidate, type LastWords, overdueAnswer, waitsFor } from "../outreach/waiting.ts";
import type { Stage } from "../roles/role-template.ts";
import type { Step } from "./next-step.ts";

/** Something that waits for the team. */
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
  /** What would deal with it; the call follows from the record and from who asks. */
  readonly step: Step;
};

/** The rule by which attention is ordered, as it is told. */
export const ORDER = "errors first, then most days over the goal, then closest to a hire";
/** What attention is looked for among, in each stage. */
export const MAX_WAITING_PER_STAGE = 10;
/** So that one kind of which there is plenty does not hide the others. */
export const MAX_ATTENTION_PER_KIND = 5;

const WORST = { error: 0, warning: 1 } as const;

type Pressing = Pick<Attention, "severity" | "days_over">;

const byPressure = (a: Pressing, b: Pressing): number =>
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

export type Waiting = {
  readonly ref: string;
  readonly name: string;
  readonly days_in_stage: number;
  /** What is out with the candidate, if anything. */
  readonly out: AwaitedFromCandidate | null;
  /** Without them nothing is said of an answer. */
  readonly words: LastWords | undefined;
};

/** One of the facts about an application: a sentence without its subject, and what would deal with it. */
type Fact = Pick<Attention, "kind" | "severity" | "days_over" | "step"> & { readonly says: string };

/**
 * What one waiting application asks for: one entry, for the worse of how long it has stood and how long the candidate has
 * had no answer, which names the other. Undefined while it is within its goal and they have had one.
 */
export function attentionTo(
  application: Waiting,
  stage: Stage,
  closeness: number,
  now: Date,
): Attention | undefined {
  const { ref, name } = application;
  const silence = silent(application, stage, now);
  const delay = delayed(application, stage, silence !== undefined);
  const [worse, other] =
    silence && (!delay || byPressure(silence, delay) < 0) ? [silence, delay] : [delay, silence];
  if (!worse) return undefined;
  const { kind, severity, days_over } = worse;
  // Whoever wrote to us is answered, not reminded.
  const step = silence && worse.step !== "work" ? silence.step : worse.step;
  const what = `${ref} ${name} ${worse.says}.${other ? ` It ${other.says}.` : ""}`;
  return { kind, severity, ref, days_over, closeness, what, step };
}

function delayed({ days_in_stage: days, out }: Waiting, stage: Stage, answerDue: boolean): Fact | undefined {
  const days_over = daysOver(days, stage.goal_days);
  if (stage.kind === "offer" && days >= stage.goal_days - OFFER_AGEING_DAYS_BEFORE_GOAL) {
    const says = `has had an offer for ${pluralize(days, "day")}; offers age after ${stage.goal_days}`;
    return { kind: "offer_ageing", severity: "error", days_over, says, step: { write: "offer_followup" } };
  }
  if (days <= stage.goal_days) return undefined; // to a tenth of a day, as shown
  const waits = answerDue ? "us" : waitsFor(out);
  const who = waits === "us" ? "us" : "the candidate";
  return {
    kind: "over_goal",
    severity: days > stage.goal_days * LONG_OVER_GOALS && waits === "us" ? "error" : "warning",
    days_over,
    says: `has been in ${stage.name} for ${pluralize(days, "day")} and waits for ${who}; the goal is ${stage.goal_days}`,
    step: out === null ? "work" : { write: "exercise_reminder" },
  };
}

/** Somebody who has had no answer for longer than their stage promises. */
function silent({ out, words }: Waiting, stage: Stage, now: Date): Fact | undefined {
  const overdue = words && overdueAnswer(words, out, stage.goal_days, now);
  if (!overdue) return undefined;
  const { days, days_over } = overdue;
  const says = `has had no answer from us on record for ${pluralize(days, "day")}; ${stage.name} promises one within ${stage.goal_days}`;
  return { kind: "unanswered", severity: "warning", days_over, says, step: { write: "status_update" } };
}
