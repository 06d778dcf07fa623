import { type Body, LEAST, noteFew, percent, type Row, tooFew } from "../../domain/reports/report.ts";
import { countFlow, type Flow } from "../../store/reports/stage-counts.ts";
import { labelStages, type ReportContext } from "./report-context.ts";

const SOURCES = 8;
const UNKNOWN = "not stated";

/** Entered, passed and conversion of each stage, and of each source in it. */
export async function funnel(context: ReportContext): Promise<Body> {
  const flows = await countFlow(context.db, context.scope);
  const labels = labelStages(context, new Set(flows.map((f) => f.roleId)));
  const stages = byStage(flows, [...labels.keys()]);
  const applied = sum(
    flows.filter((f) => f.position === 1),
    "entered",
  );
  const sources = largestSources(flows);
  const rows = stages.map(({ stage, of }): Row => {
    const [entered, passed] = [sum(of, "entered"), sum(of, "passed")];
    return {
      stage,
      name: labels.get(stage)?.name ?? stage,
      entered,
      passed,
      here: sum(of, "here"),
      conversion_percent: percent(passed, entered),
      ...noteFew(entered),
      by_source: sources.map((source) =>
        sourceCell(
          source,
          of.filter((f) => nameOf(f, sources) === source),
        ),
      ),
    };
  });
  return {
    of: "applications that came in",
    clock: `An application counts as entered once it ever stood in a stage, as passed once it ever left it for a later stage or a hire; a move that was undone does not count. conversion_percent = passed / entered, null under ${LEAST} entered; who is still there has not passed yet.`,
    n: applied,
    enough: applied >= LEAST,
    rows: applied >= LEAST ? rows : [],
    notes: applied >= LEAST ? [] : [tooFew(applied, "application")],
  };
}

/** In the order of the pipelines; what no role has in its pipeline any more comes last. */
function byStage(flows: readonly Flow[], order: readonly string[]): { stage: string; of: Flow[] }[] {
  const stages = new Map(order.map((stage): [string, Flow[]] => [stage, []]));
  for (const flow of flows) stages.set(flow.stage, [...(stages.get(flow.stage) ?? []), flow]);
  return [...stages].filter(([, of]) => of.length > 0).map(([stage, of]) => ({ stage, of }));
}

/** The sources with most applications; the rest are told together. */
function largestSources(flows: readonly Flow[]): string[] {
  const counts = new Map<string, number>();
  for (const f of flows)
    if (f.position === 1) counts.set(f.source ?? UNKNOWN, (counts.get(f.source ?? UNKNOWN) ?? 0) + f.entered);
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([source]) => source);
  return ranked.length > SOURCES ? [...ranked.slice(0, SOURCES - 1), "others"] : ranked;
}

const nameOf = (f: Flow, sources: readonly string[]): string => {
  const name = f.source ?? UNKNOWN;
  return sources.includes(name) ? name : "others";
};

function sourceCell(source: string, of: readonly Flow[]): Row {
  const [entered, passed] = [sum(of, "entered"), sum(of, "passed")];
  return { source, entered, passed, conversion_percent: percent(passed, entered), ...noteFew(entered) };
}

const sum = (flows: readonly Flow[], of: "entered" | "passed" | "here"): number =>
  flows.reduce((total, flow) => total + flow[of], 0);
