import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Chartable, Report, ReportBody } from "../../domain/reports/report.ts";
import type { ReportName } from "../../domain/reports/report-name.ts";
import { listRoles } from "../../store/roles/roles.ts";
import { accessFilter, loadRole } from "../load-application.ts";
import type { Session } from "../session.ts";
import { agreement } from "./agreement.ts";
import { funnel } from "./funnel.ts";
import { impact } from "./impact.ts";
import { offers } from "./offers.ts";
import { owed } from "./owed.ts";
import type { ReportContext } from "./report-context.ts";
import { sources } from "./sources.ts";
import { timeInStage } from "./time-in-stage.ts";
import { timeToFill } from "./time-to-fill.ts";

type NamedBody = { readonly [N in ReportName]: { readonly report: N } & ReportBody<N> }[ReportName];

const MAKE: { readonly [N in ReportName]: (context: ReportContext) => Promise<NamedBody> } = {
  funnel: async (context) => ({ report: "funnel", ...(await funnel(context)) }),
  time_in_stage: async (context) => ({ report: "time_in_stage", ...(await timeInStage(context)) }),
  time_to_fill: async (context) => ({ report: "time_to_fill", ...(await timeToFill(context)) }),
  sources: async (context) => ({ report: "sources", ...(await sources(context)) }),
  offers: async (context) => ({ report: "offers", ...(await offers(context)) }),
  owed: async (context) => ({ report: "owed", ...(await owed(context)) }),
  agreement: async (context) => ({ report: "agreement", ...(await agreement(context)) }),
  impact: async (context) => ({ report: "impact", ...(await impact(context)) }),
};

export type ReportInput = {
  readonly report: ReportName;
  readonly role?: string | undefined;
  /** First day that counts, as YYYY-MM-DD (UTC). */
  readonly since?: string | undefined;
};

/**
 * One report, computed in the database, with its denominator and period.
 * @throws DomainError `invalid` for a `since` in the future, `not_found` for an unknown role; `impact` has errors of
 *   its own.
 */
export async function getReport(session: Session, input: ReportInput): Promise<Report> {
  const since = input.since === undefined ? null : new Date(`${input.since}T00:00:00Z`);
  const today = dayOf(session.now);
  if (since !== null && since > session.now) throw inTheFuture(dayOf(since), today);
  return session.read(async (db) => {
    const role = input.role === undefined ? null : await loadRole(db, session, input.role);
    const roles = (await listRoles(db, session.workspaceId)).filter(
      (owned) => role === null || owned.role.id === role.id,
    );
    const { workspaceId } = session;
    const scope = { workspaceId, roleId: role?.id ?? null, since, access: await accessFilter(db, session) };
    const body = await MAKE[input.report]({ db, session, scope, roles });
    const period = { from: body.timeless ? null : (input.since ?? null), to: today };
    return { ...body, role: role?.key ?? null, period };
  });
}

/** A report's chart as PNG, if it has one. The chart library is loaded only when a chart is drawn. */
export async function drawReport(report: Chartable): Promise<Uint8Array | null> {
  if (report.rows.length === 0) return null;
  const charts = await import("../../charts/draw.ts");
  return charts.drawReport(report);
}

const inTheFuture = (since: string, today: string): DomainError =>
  new DomainError(
    "invalid",
    `since: ${since} is in the future.`,
    `Repeat the call with since up to today, ${today}.`,
  );
