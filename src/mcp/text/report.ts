import type { ReportAnswer } from "../answers/report.ts";
import { linesOf } from "./lines.ts";
import { reasonLines, rowLines } from "./report-rows.ts";

/** What was counted over which days and how, each row in a line or a few, and what is to be kept in mind. */
export function reportText(report: ReportAnswer): string {
  const { role, period, clock, n, notes } = report;
  const from = period.from ? `since ${period.from}` : "from the beginning";
  return linesOf(
    `${report.report}${role ? `, role ${role}` : ""}: n = ${n} (${period.of}), ${from} to ${period.to}.`,
    `Clock: ${clock}`,
    ...rowLines(report),
    ...reasonLines(report.reasons),
    ...notes,
  );
}
