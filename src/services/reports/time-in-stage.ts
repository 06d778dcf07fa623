import { daysBetween } from "../../domain/days.ts";
import { type Histogram, quantile } from "../../domain/reports/quantile.ts";
import { type Body, LEAST, noteFew, type Row, tooFew } from "../../domain/reports/report.ts";
import { countCompleted, countRunning, type Running, type Tenths } from "../../store/reports/stage-counts.ts";
import { labelUsedStages, type ReportContext } from "./report-context.ts";

/** Median and 85th percentile of the days in each stage, completed and running apart. */
export async function timeInStage(context: ReportContext): Promise<Body> {
  const { db, scope, session } = context;
  const done = histograms(await countCompleted(db, scope));
  const running = new Map((await countRunning(db, scope)).map((r) => [r.stage, r]));
  const labels = await labelUsedStages(context);
  const order = [...new Set([...labels.keys(), ...done.keys()])];
  const rows = order.flatMap((stage): Row[] => {
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
  const few = rows.filter((row) => (row.completed as Spread).n < LEAST).map((row) => String(row.stage));
  return {
    of: "stays in a stage that ended",
    clock:
      "Days from entering a stage to leaving it, to a tenth; nearest rank, so each figure is a stay that occurred. running counts from entering to now and is apart, since it will only grow; since does not narrow it. goal_days is null where roles have different goals.",
    n,
    enough: n >= LEAST,
    rows: n >= LEAST ? rows : [],
    notes:
      n < LEAST
        ? [tooFew(n, "completed stay")]
        : few.length > 0
          ? [`Insufficient data (under ${LEAST} completed stays): ${few.join(", ")}.`]
          : [],
  };
}

type Spread = { n: number; median_days: number | null; p85_days: number | null; note?: string };

function spread(histogram: Histogram): Spread {
  const n = count(histogram);
  const days = (share: number) => (n < LEAST ? null : (quantile(histogram, share) ?? 0) / 10);
  return { n, median_days: days(0.5), p85_days: days(0.85), ...noteFew(n) };
}

function soFar(running: Running | undefined, now: Date): Spread {
  const n = running?.n ?? 0;
  if (running === undefined || n < LEAST) return { n, median_days: null, p85_days: null, ...noteFew(n) };
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
