import type { Frozen } from "../frozen.ts";
import type { ReportName } from "./report-name.ts";
import type {
  AgreementRow,
  FunnelRow,
  ImpactRow,
  OfferRow,
  ReasonCount,
  SourceRow,
  TasksRow,
  TimeInStageRow,
  TimeToFillRow,
} from "./report-rows.ts";

/** A report or row about fewer than this gives no share and no median, because these mean little for four people. */
export const MIN_COUNTED = 5;

/** The row type of each report. */
type Rows = {
  readonly funnel: FunnelRow;
  readonly time_in_stage: TimeInStageRow;
  readonly time_to_fill: TimeToFillRow;
  readonly sources: SourceRow;
  readonly offers: OfferRow;
  readonly owed: TasksRow;
  readonly agreement: AgreementRow;
  readonly impact: ImpactRow;
};

/** A remark beside a report's figures. Days are YYYY-MM-DD. */
export type ReportNote =
  | {
      readonly note: "too_few";
      readonly n: number;
      readonly what: "application" | "completed_stay" | "offer";
    }
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
  /** Applications that came in with an import without the days of the stages before theirs. */
  | { readonly note: "stages_undated"; readonly n: number }
  /** Roles that are left out: people had applied before they were opened here. */
  | { readonly note: "opening_unknown"; readonly roles: readonly string[]; readonly n: number }
  | { readonly note: "tasks_left_out" | "cards_left_out"; readonly n: number }
  | { readonly note: "nothing_rated"; readonly since: string | null; readonly own: boolean }
  | { readonly note: "too_few_to_compare" | "not_told_apart" | "since_does_not_apply" };

/** A report without the role and the period that it was asked for. */
export type ReportBody<N extends ReportName> = {
  /** How many applications or roles the report counts. */
  readonly n: number;
  readonly enough: boolean;
  readonly rows: readonly Frozen<Rows[N]>[];
  readonly notes: readonly ReportNote[];
  /** Of the funnel: for what kinds of reasons applications ended. */
  readonly reasons?: readonly ReasonCount[];
  /** Set for a report on the present state, to which `since` does not apply. */
  readonly timeless?: true;
  /** Only decisions before this day are counted. Absent when that is today. */
  readonly decided_before?: string;
};

type ReportOf<N extends ReportName> = ReportBody<N> & {
  readonly report: N;
  /** The role's key. Null for all roles. */
  readonly role: string | null;
  /** The period, by day. `from` is null for a report from the beginning, or when `since` does not apply. */
  readonly period: { readonly from: string | null; readonly to: string };
};

/** A report as facts. The edge adds the words. */
export type Report = { readonly [N in ReportName]: ReportOf<N> }[ReportName];

type Drawn = "funnel" | "time_in_stage";
type DrawnPart<N extends Drawn> = Pick<ReportOf<N>, "report" | "role" | "period" | "n" | "rows">;

/** The part of a report from which a chart is drawn, for the reports that have one. */
export type Drawable<N extends Drawn = Drawn> = { readonly [M in N]: DrawnPart<M> }[N];
/** Any report, with what is needed to draw its chart if it has one. */
export type Chartable =
  | Drawable
  | { readonly report: Exclude<ReportName, Drawn>; readonly rows: readonly object[] };

/** A share in per cent, to one decimal. Null when `whole` is below the least number counted. */
export const percent = (part: number, whole: number): number | null =>
  whole < MIN_COUNTED ? null : Math.round((part / whole) * 1_000) / 10;
