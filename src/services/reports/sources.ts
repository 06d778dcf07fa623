import { MIN_COUNTED, percent, type ReportBody } from "../../domain/reports/report.ts";
import type { SourceRow } from "../../domain/reports/report-rows.ts";
import { countFlow, countSources } from "../../store/reports/stage-counts.ts";
import { type ReportContext, sourceOf } from "./report-context.ts";

const MAX_SOURCES_SHOWN = 30;

/** The sources of applications, and how far their applications get. */
export async function sources(context: ReportContext): Promise<ReportBody<"sources">> {
  const counts = await countSources(context.db, context.scope);
  const offers = await offersBySource(context);
  const bySource = new Map<string, Record<string, number>>();
  for (const count of counts) {
    const source = sourceOf(count);
    bySource.set(source, { ...bySource.get(source), [count.status]: count.n });
  }
  const rows = [...bySource].map(([source, status]): SourceRow => {
    const applications = Object.values(status).reduce((sum, n) => sum + n, 0);
    const [hired, reached_offer] = [status.hired ?? 0, offers.get(source) ?? 0];
    return {
      source,
      applications,
      active: status.active ?? 0,
      reached_offer,
      hired,
      rejected: status.rejected ?? 0,
      withdrawn: status.withdrawn ?? 0,
      offer_percent: percent(reached_offer, applications),
      hired_percent: percent(hired, applications),
    };
  });
  rows.sort((a, b) => b.applications - a.applications || (a.source < b.source ? -1 : 1));
  const n = rows.reduce((sum, row) => sum + row.applications, 0);
  const few = rows.filter((row) => row.applications < MIN_COUNTED).length;
  const hidden = Math.max(0, rows.length - MAX_SOURCES_SHOWN);
  const enough = n >= MIN_COUNTED;
  return {
    n,
    enough,
    rows: enough ? rows.slice(0, MAX_SOURCES_SHOWN) : [],
    notes: [
      ...(enough ? [] : [{ note: "too_few", n, what: "application" } as const]),
      ...(enough && few > 0 ? [{ note: "few_from_sources", n: few } as const] : []),
      ...(hidden > 0 ? [{ note: "sources_not_shown", n: hidden } as const] : []),
    ],
  };
}

/** How many applications ever reached an offer stage of their role, by source. */
async function offersBySource({ db, scope, roles }: ReportContext): Promise<Map<string, number>> {
  const offerStages = new Map(
    roles.map(({ role }) => [
      role.id,
      new Set(role.stages.filter(({ kind }) => kind === "offer").map(({ id }) => id)),
    ]),
  );
  const stages = new Set([...offerStages.values()].flatMap((ids) => [...ids]));
  const counts = new Map<string, number>();
  if (stages.size === 0) return counts;
  for (const flow of await countFlow(db, scope, [...stages])) {
    if (!offerStages.get(flow.roleId)?.has(flow.stage)) continue;
    const source = sourceOf(flow);
    counts.set(source, (counts.get(source) ?? 0) + flow.entered);
  }
  return counts;
}
