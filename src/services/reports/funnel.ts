import { MIN_COUNTED, percent, type ReportBody } from "../../domain/reports/report.ts";
import type { FunnelRow, ReasonCount } from "../../domain/reports/report-rows.ts";
import {
  countEnds,
  countFlow,
  countSources,
  countUndated,
  type EndCount,
  type Flow,
  type SourceCount,
} from "../../store/reports/stage-counts.ts";
import { labelStages, type ReportContext, sourceOf } from "./report-context.ts";

const MAX_SOURCES_SHOWN = 8;
const OTHERS = "others";

/** Applications that entered and passed each stage, with the share, also by source. */
export async function funnel(context: ReportContext): Promise<ReportBody<"funnel">> {
  const flows = await countFlow(context.db, context.scope);
  const labels = labelStages(context, new Set(flows.map((f) => f.roleId)));
  const stages = byStage(flows, [...labels.keys()]);
  const applications = await countSources(context.db, context.scope);
  const applied = applications.reduce((total, { n }) => total + n, 0);
  const sources = largestSources(applications);
  const rows = stages.map(({ stage, of }): FunnelRow => {
    const [entered, passed] = [sum(of, "entered"), sum(of, "passed")];
    return {
      stage,
      name: labels.get(stage)?.name ?? stage,
      entered,
      passed,
      here: sum(of, "here"),
      conversion_percent: percent(passed, entered),
      by_source: sources.map((source) =>
        sourceInStage(
          source,
          of.filter((f) => shownSource(f, sources) === source),
        ),
      ),
    };
  });
  const enough = applied >= MIN_COUNTED;
  const undated = await countUndated(context.db, context.scope);
  return {
    n: applied,
    enough,
    rows: enough ? rows : [],
    reasons: enough ? reasonsOf(await countEnds(context.db, context.scope)) : [],
    notes: [
      ...(enough ? [] : [{ note: "too_few", n: applied, what: "application" } as const]),
      ...(enough && undated > 0 ? [{ note: "stages_undated", n: undated } as const] : []),
    ],
  };
}

const reasonsOf = (ends: readonly EndCount[]): ReasonCount[] =>
  ends.map(({ end, category, n }) => {
    const of = ends.filter((other) => other.end === end).reduce((total, other) => total + other.n, 0);
    return { end, category, count: n, of, percent: percent(n, of) };
  });

/** Groups by stage in the order of the pipelines. Stages that no pipeline has any more come last. */
function byStage(flows: readonly Flow[], order: readonly string[]): { stage: string; of: Flow[] }[] {
  const stages = new Map(order.map((stage): [string, Flow[]] => [stage, []]));
  for (const flow of flows) stages.set(flow.stage, [...(stages.get(flow.stage) ?? []), flow]);
  return [...stages].filter(([, of]) => of.length > 0).map(([stage, of]) => ({ stage, of }));
}

/** The sources with the most applications. The other sources are counted together. */
function largestSources(applications: readonly SourceCount[]): string[] {
  const counts = new Map<string, number>();
  for (const some of applications) counts.set(sourceOf(some), (counts.get(sourceOf(some)) ?? 0) + some.n);
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([source]) => source);
  return ranked.length > MAX_SOURCES_SHOWN ? [...ranked.slice(0, MAX_SOURCES_SHOWN - 1), OTHERS] : ranked;
}

const shownSource = (flow: Flow, shown: readonly string[]): string =>
  shown.includes(sourceOf(flow)) ? sourceOf(flow) : OTHERS;

function sourceInStage(source: string, of: readonly Flow[]): FunnelRow["by_source"][number] {
  const [entered, passed] = [sum(of, "entered"), sum(of, "passed")];
  return { source, entered, passed, conversion_percent: percent(passed, entered) };
}

const sum = (flows: readonly Flow[], of: "entered" | "passed" | "here"): number =>
  flows.reduce((total, flow) => total + flow[of], 0);
