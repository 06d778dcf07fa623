import { daysBetween } from "../../domain/days.ts";
import { type Histogram, quantile } from "../../domain/reports/quantile.ts";
import { MIN_COUNTED, type ReportBody, type ReportNote } from "../../domain/reports/report.ts";
import type { Stays, TimeInStageRow } from "../../domain/reports/report-rows.ts";
import { countCompleted, countRunning, type Running, type Tenths } from "../../store/reports/stage-counts.ts";
import { labelUsedStages, type ReportContext } from "./report-context.ts";

/** Median and 85th percentile of the days in each stage, separately for completed and running stays. */
export async function timeInStage(context: ReportContext): Promise<ReportBody<"time_in_stage">> {
  const { db, scope, session } = context;
  const done = histograms(await countCompleted(db, scope));
  const running = new Map((await countRunning(db, scope)).map((r) => [r.stage, r]));
  const labels = await labelUsedStages(context);
  const order = [...new Set([...labels.keys(), ...done.keys()])];
  const rows = order.flatMap((stage): TimeInStageRow[] => {
    const row = {
      stage,
      name: labels.get(stage)?.name ?? stage,
      goal_days: labels.get(stage)?.goal_days ?? null,
      completed: spread(done.get(stage) ?? new Map()),
      running: soFar(running.get(stage), session.now),
    };
    return row.completed.n + row.running.n === 0 ? [] : [row];
  });
  const n = [...done.values()].reduce((sum, h) => sum + count(h), 0);
  const few = rows.filter((row) => row.completed.n < MIN_COUNTED).map(({ stage }) => stage);
  const notes: ReportNote[] =
    n < MIN_COUNTED
      ? [{ note: "too_few", n, what: "completed_stay" }]
      : few.length > 0
        ? [{ note: "few_stays", stages: few }]
        : [];
  const enough = n >= MIN_COUNTED;
  return { n, enough, rows: enough ? rows : [], notes };
}

function spread(histogram: Histogram): Stays {
  const n = count(histogram);
  const days = (share: number) => (n < MIN_COUNTED ? null : (quantile(histogram, share) ?? 0) / 10);
  return { n, median_days: days(0.5), p85_days: days(0.85) };
}

function soFar(running: Running | undefined, now: Date): Stays {
  const n = running?.n ?? 0;
  if (running === undefined || n < MIN_COUNTED) return { n, median_days: null, p85_days: null };
  const [median_days, p85_days] = running.since.map((since) => daysBetween(since, now));
  return { n, median_days: median_days ?? null, p85_days: p85_days ?? null };
}

const count = (histogram: Histogram): number => [...histogram.values()].reduce((sum, n) => sum + n, 0);

function histograms(rows: readonly Tenths[]): Map<string, Map<number, number>> {
  const all = new Map<string, Map<number, number>>();
  for (const { stage, tenths, n } of rows) {
    const histogram = all.get(stage) ?? new Map<number, number>();
    all.set(stage, histogram.set(tenths, (histogram.get(tenths) ?? 0) + n));
  }
  return all;
}
