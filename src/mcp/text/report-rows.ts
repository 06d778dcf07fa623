import { pluralize } from "../../domain/pluralize.ts";
import type { ReportAnswer } from "../answers/report.ts";
import { callText } from "../next-call.ts";

type RowOf<N extends ReportAnswer["report"]> = Extract<ReportAnswer, { report: N }>["rows"][number];

/** The rows of a report, each in a line or a few. */
export function rowLines(report: ReportAnswer): string[] {
  switch (report.report) {
    case "funnel":
      return report.rows.flatMap(funnelLines);
    case "time_in_stage":
      return report.rows.map(timeInStageLine);
    case "time_to_fill":
      return report.rows.flatMap(timeToFillLines);
    case "sources":
      return report.rows.map(sourceLine);
    case "offers":
      return report.rows.map(offerLine);
    case "owed":
      return report.rows.map(tasksLine);
    case "agreement":
      return report.rows.map(agreementLine);
    case "impact":
      return report.rows.flatMap(impactLines);
  }
}

/** A share, or why there is none. */
const shareText = (percent: number | null, note: string | undefined): string =>
  percent === null ? (note ?? "no share") : `${percent}%`;

function funnelLines({ stage, name, entered, passed, here, ...row }: RowOf<"funnel">): string[] {
  const sources = row.by_source.map(
    (cell) =>
      `${cell.source} ${cell.passed} of ${cell.entered} (${shareText(cell.conversion_percent, cell.note)})`,
  );
  return [
    `- ${stage} (${name}): ${passed} of ${entered} passed (${shareText(row.conversion_percent, row.note)}), ${here} here now`,
    ...(sources.length > 0 ? [`  by source, passed of entered: ${sources.join("; ")}`] : []),
  ];
}

type Stays = RowOf<"time_in_stage">["completed"];

function timeInStageLine({ stage, name, goal_days, completed, running }: RowOf<"time_in_stage">): string {
  const goal = goal_days === null ? "no common goal" : `goal ${pluralize(goal_days, "day")}`;
  return `- ${stage} (${name}), ${goal}: completed ${staysText(completed)}; running ${staysText(running)}`;
}

const staysText = ({ n, median_days, p85_days, note }: Stays): string =>
  median_days === null || p85_days === null
    ? `n = ${n} (${note ?? "no median"})`
    : `n = ${n}, median ${pluralize(median_days, "day")}, p85 ${pluralize(p85_days, "day")}`;

function timeToFillLines({ roles, filled, unfilled, ...row }: RowOf<"time_to_fill">): string[] {
  const weeks = (value: number | null) => (value === null ? "not reached" : pluralize(value, "week"));
  const steps = row.curve.map(
    (step) =>
      `${pluralize(step.weeks, "week")} (${step.filled} of ${step.at_risk} filled, ${step.share_open_percent}% still open)`,
  );
  return [
    `- ${pluralize(roles, "role")}, ${filled} filled, ${unfilled} not: median ${weeks(row.median_weeks)}, p85 ${weeks(row.p85_weeks)}`,
    `  curve: ${steps.join("; ")}`,
  ];
}

function sourceLine({ source, applications, note, ...row }: RowOf<"sources">): string {
  const { active, reached_offer, hired, rejected, withdrawn, offer_percent, hired_percent } = row;
  const share = (percent: number | null) => (percent === null ? "" : ` (${percent}%)`);
  return (
    `- ${source}: ${pluralize(applications, "application")}, ${active} active, ${rejected} rejected, ` +
    `${withdrawn} withdrawn, ${reached_offer} reached an offer${share(offer_percent)}, ` +
    `${hired} hired${share(hired_percent)}${note === undefined ? "" : `; ${note}`}`
  );
}

function offerLine({ role, extended, accepted_percent, note, to_answer, ...row }: RowOf<"offers">): string {
  const { open, accepted, declined, withdrawn, expired } = row;
  return (
    `- ${role ?? "all roles"}: ${extended} extended; ${open} open, ${accepted} accepted, ${declined} declined, ` +
    `${withdrawn} withdrawn, ${expired} expired; accepted of those answered ${shareText(accepted_percent, note)}; ` +
    `days to answer ${staysText(to_answer)}`
  );
}

/** Why applications ended, one line for each end. */
export const reasonLines = (reasons: ReportAnswer["reasons"] = []): string[] =>
  (["rejected", "withdrawn"] as const).flatMap((end) => {
    const own = reasons.filter((reason) => reason.end === end);
    const [first] = own;
    if (first === undefined) return [];
    const counts = own.map(
      ({ category, count, percent, note }) =>
        `${category ?? "not stated"} ${count}${percent === null ? "" : ` (${shareText(percent, note)})`}`,
    );
    return [
      `${end}, ${first.of} by kind of reason: ${counts.join("; ")}${first.note ? ` (${first.note})` : ""}`,
    ];
  });

const tasksLine = ({ by, what, count, of, longest_days, role, stage, next }: RowOf<"owed">): string =>
  `- ${by}: ${what} for ${role} ${stage}, ${count} of ${of}, for up to ${pluralize(longest_days, "day")} (${callText(next)})`;

function agreementLine({ role, applications, left_out, n, criteria, ...row }: RowOf<"agreement">): string {
  const { statistic, value, interval, reading } = row;
  const between = interval === null ? "" : `, interval ${interval.low} to ${interval.high}`;
  return (
    `- ${role ?? "all roles"}: ${statistic} ${value ?? "not given"}${between}; n = ${n} on ` +
    `${pluralize(criteria, "criterion", "criteria")} of ${pluralize(applications, "application")}, ${left_out} left out. ${reading}`
  );
}

function impactLines({ question, stage, name, groups, withheld }: RowOf<"impact">): string[] {
  return [
    `- ${question}, ${stage} (${name})${withheld === null ? "" : `: ${withheld}`}`,
    ...groups.map((group) => {
      const fourFifths = group.below_four_fifths ? ", below four fifths" : "";
      const p = group.fisher_p === null ? "" : `, fisher_p ${group.fisher_p}`;
      return (
        `  ${group.answer}: ${group.passed} of ${group.decided} passed (${group.rate_percent}%), ` +
        `impact_ratio ${group.impact_ratio}${fourFifths}${p}`
      );
    }),
  ];
}
