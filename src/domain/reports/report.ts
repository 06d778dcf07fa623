import type { Frozen } from "../frozen.ts";
import type { ReportName } from "./report-name.ts";
import type {
  AgreementRow,
  FunnelRow,
  ImpactRow,
  SourceRow,
  TasksRow,
  TimeInStageRow,
  TimeToFillRow,
} from "./report-rows.ts";

/** A report or a row about fewer says so instead of giving a share or a median: a share of four people is an anecdote. */
export const MIN_COUNTED = 5;

/** What each report tells row by row. */
type Rows = {
  readonly funnel: FunnelRow;
  readonly time_in_stage: TimeInStageRow;
  readonly time_to_fill: TimeToFillRow;
  readonly sources: SourceRow;
  readonly owed: TasksRow;
  readonly agreement: AgreementRow;
  readonly impact: ImpactRow;
};

/** Something that a report says beside its figures. Days are YYYY-MM-DD. */
export type ReportNote =
  | { readonly note: "too_few"; readonly n: number; readonly what: "application" | "completed_stay" }
  | {
      readonly note: "too_few_roles";
      readonly n: number;
      readonly since: string | null;
      readonly alone: boolean;
    }
  | { readonly note: "none_filled"; readonly n: number; readonly since: string | null }
  | {
      readonly note: "role_unfilled";
      readonly role: string;
      readonly weeks: number;
      readonly on_hold: boolean;
    }
  | { readonly note: "few_stays"; readonly stages: readonly string[] }
  | { readonly note: "few_from_sources" | "sources_not_shown"; readonly n: number }
  | { readonly note: "tasks_left_out" | "cards_left_out"; readonly n: number }
  | { readonly note: "nothing_rated"; readonly since: string | null; readonly own: boolean }
  | { readonly note: "too_few_to_compare" | "not_told_apart" | "since_does_not_apply" };

/** A report, before it is told which period and role it is of. */
export type ReportBody<N extends ReportName> = {
  /** How many the report is about. */
  readonly n: number;
  readonly enough: boolean;
  readonly rows: readonly Frozen<Rows[N]>[];
  readonly notes: readonly ReportNote[];
  /** Set by a report of how things stand now, which no first day narrows. */
  readonly timeless?: true;
  /** Day before which everything counted was decided, where that is not today. */
  readonly decided_before?: string;
};

type ReportOf<N extends ReportName> = ReportBody<N> & {
  readonly report: N;
  /** The role's key; null for all roles. */
  readonly role: string | null;
  /** What is counted in, by day; `from` null is from the beginning, or where a first day does not apply. */
  readonly period: { readonly from: string | null; readonly to: string };
};

/** A report as facts; what its figures mean is said at the edge. */
export type Report = { readonly [N in ReportName]: ReportOf<N> }[ReportName];

type Drawn = "funnel" | "time_in_stage";
type DrawnPart<N extends Drawn> = Pick<ReportOf<N>, "report" | "role" | "period" | "n" | "rows">;

/** What of a report a chart is drawn from, where one says more than figures do. */
export type Drawable<N extends Drawn = Drawn> = { readonly [M in N]: DrawnPart<M> }[N];
/** Any report, as far as it is asked for a chart. */
export type Chartable =
  | Drawable
  | { readonly report: Exclude<ReportName, Drawn>; readonly rows: readonly object[] };

/** A share to a tenth of a per cent; null of too few. */
export const percent = (part: number, whole: number): number | null =>
  whole < MIN_COUNTED ? null : Math.round((part / whole) * 1_000) / 10;
