import { pluralize } from "../../domain/pluralize.ts";
import { type Body, LEAST, noteFew, percent, type Row, tooFew } from "../../domain/reports/report.ts";
import { countFlow, countSources } from "../../store/reports/stage-counts.ts";
import type { ReportContext } from "./report-context.ts";

const SHOWN = 30;

/** Where applications come from, and how far they get. */
export async function sources(context: ReportContext): Promise<Body> {
  const counts = await countSources(context.db, context.scope);
  const offers = await offersBySource(context);
  const bySource = new Map<string, Record<string, number>>();
  for (const { source, status, n } of counts) {
    const name = source ?? "not stated";
    bySource.set(name, { ...bySource.get(name), [status]: n });
  }
  const rows = [...bySource].map(([source, status]): Row & { applications: number } => {
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
      ...noteFew(applications),
    };
  });
  rows.sort((a, b) => b.applications - a.applications || (String(a.source) < String(b.source) ? -1 : 1));
  const n = rows.reduce((sum, row) => sum + row.applications, 0);
  const few = rows.filter((row) => row.applications < LEAST).length;
  return {
    of: "applications that came in",
    clock:
      "How applications stand now. offer_percent and hired_percent = of the applications of the source; those still active may yet get there. reached_offer counts whoever ever stood in an offer stage.",
    n,
    enough: n >= LEAST,
    rows: n >= LEAST ? rows.slice(0, SHOWN) : [],
    notes: [
      ...(n < LEAST ? [tooFew(n, "application")] : []),
      ...(n >= LEAST && few > 0
        ? [
            `${pluralize(few, "source has", "sources have")} under ${LEAST} applications: no share is given for them.`,
          ]
        : []),
      ...(rows.length > SHOWN
        ? [`${pluralize(rows.length - SHOWN, "smaller source is", "smaller sources are")} not shown.`]
        : []),
    ],
  };
}

async function offersBySource({ db, scope, roles }: ReportContext): Promise<Map<string, number>> {
  const isOffer = new Set(
    roles.flatMap(({ role }) =>
      role.stages.filter((s) => s.kind === "offer").map((s) => `${role.id} ${s.id}`),
    ),
  );
  const counts = new Map<string, number>();
  const stages = [...new Set([...isOffer].map((pair) => pair.slice(pair.indexOf(" ") + 1)))];
  if (stages.length === 0) return counts;
  for (const flow of await countFlow(db, scope, stages)) {
    if (!isOffer.has(`${flow.roleId} ${flow.stage}`)) continue;
    const name = flow.source ?? "not stated";
    counts.set(name, (counts.get(name) ?? 0) + flow.entered);
  }
  return counts;
}
