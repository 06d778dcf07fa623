import * as z from "zod";
import type { Report } from "../../domain/reports/report.ts";
import { REPORTS } from "../../domain/reports/report-name.ts";
import {
  FunnelRow,
  ImpactRow,
  OfferRow,
  ReasonCount,
  SourceInStage,
  SourceRow,
  Stays,
  TasksRow,
  TimeInStageRow,
  TimeToFillRow,
} from "../../domain/reports/report-rows.ts";
import { Agreement } from "../../domain/statistics/agreement.ts";
import { NextCall, nextCall } from "../next-call.ts";
import { clockText, countedText, fewNote, notesText, withheldText } from "../text/fields/report.ts";
import { agreementText } from "../text/fields/statistics.ts";
import type { Answer } from "./answer.ts";

/** The note in place of a share or a median when there are too few. */
const FEW = { note: z.string().optional() };

const StaysAnswer = Stays.extend(FEW);
const FunnelRowAnswer = FunnelRow.extend({ ...FEW, by_source: z.array(SourceInStage.extend(FEW)) });
const TimeInStageRowAnswer = TimeInStageRow.extend({ completed: StaysAnswer, running: StaysAnswer });
const SourceRowAnswer = SourceRow.extend(FEW);
const OfferRowAnswer = OfferRow.extend({ ...FEW, to_answer: StaysAnswer });
const TasksRowAnswer = TasksRow.extend({ next: NextCall });
const AgreementRowAnswer = Agreement.extend({
  role: z.string().nullable(),
  applications: z.number(),
  left_out: z.number(),
  reading: z.string(),
});
const ImpactRowAnswer = ImpactRow.extend({ withheld: z.string().nullable() });

const Head = z.object({
  role: z.string().nullable(),
  period: z.object({ from: z.string().nullable(), to: z.string(), of: z.string() }),
  clock: z.string(),
  n: z.number(),
  enough: z.boolean(),
  notes: z.array(z.string()),
  reasons: z.array(ReasonCount.extend(FEW)).optional(),
});
type Head = Answer<typeof Head>;

/** A report. `report` decides the type of its rows. */
export const ReportAnswer = Head.extend({
  report: z.enum(REPORTS),
  rows: z.array(
    z.union([
      FunnelRowAnswer,
      TimeInStageRowAnswer,
      TimeToFillRow,
      SourceRowAnswer,
      OfferRowAnswer,
      TasksRowAnswer,
      AgreementRowAnswer,
      ImpactRowAnswer,
    ]),
  ),
});

type Of<N extends Report["report"], Row extends z.ZodType> = Head & {
  readonly report: N;
  readonly rows: readonly Answer<Row>[];
};
export type ReportAnswer =
  | Of<"funnel", typeof FunnelRowAnswer>
  | Of<"time_in_stage", typeof TimeInStageRowAnswer>
  | Of<"time_to_fill", typeof TimeToFillRow>
  | Of<"sources", typeof SourceRowAnswer>
  | Of<"offers", typeof OfferRowAnswer>
  | Of<"owed", typeof TasksRowAnswer>
  | Of<"agreement", typeof AgreementRowAnswer>
  | Of<"impact", typeof ImpactRowAnswer>;

/** A report with what each of its figures counts, and the call that lists the tasks counted in a row. */
export function reportAnswer(facts: Report): ReportAnswer {
  const { role, period, n, enough, reasons = [] } = facts;
  const head = {
    ...{ role, n, enough, clock: clockText(facts.report), notes: notesText(facts) },
    period: { ...period, of: countedText(facts) },
    ...(reasons.length > 0 && { reasons: reasons.map((row) => ({ ...row, ...fewNote(row.of) })) }),
  };
  switch (facts.report) {
    case "funnel":
      return {
        ...{ ...head, report: facts.report },
        rows: facts.rows.map((row) => ({
          ...row,
          ...fewNote(row.entered),
          by_source: row.by_source.map((cell) => ({ ...cell, ...fewNote(cell.entered) })),
        })),
      };
    case "time_in_stage":
      return {
        ...{ ...head, report: facts.report },
        rows: facts.rows.map(({ completed, running, ...row }) => ({
          ...row,
          completed: { ...completed, ...fewNote(completed.n) },
          running: { ...running, ...fewNote(running.n) },
        })),
      };
    case "time_to_fill":
      return { ...head, report: facts.report, rows: [...facts.rows] };
    case "sources":
      return {
        ...{ ...head, report: facts.report },
        rows: facts.rows.map((row) => ({ ...row, ...fewNote(row.applications) })),
      };
    case "offers":
      return {
        ...{ ...head, report: facts.report },
        rows: facts.rows.map(({ to_answer, ...row }) => ({
          ...row,
          ...fewNote(row.accepted + row.declined),
          to_answer: { ...to_answer, ...fewNote(to_answer.n) },
        })),
      };
    case "owed":
      return {
        ...{ ...head, report: facts.report },
        rows: facts.rows.map(({ step, ...row }) => ({ ...row, next: nextCall(step) })),
      };
    case "agreement":
      return {
        ...{ ...head, report: facts.report },
        rows: facts.rows.map((row) => ({ ...row, reading: agreementText(row) })),
      };
    case "impact":
      return {
        ...{ ...head, report: facts.report },
        rows: facts.rows.map((row) => ({ ...row, withheld: withheldText(row) })),
      };
  }
}
