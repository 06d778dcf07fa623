import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Body, Report, ReportName } from "../../domain/reports/report.ts";
import { listRoles } from "../../store/roles/roles.ts";
import { accessFilter, loadRole } from "../load-application.ts";
import type { Session } from "../session.ts";
import { agreement } from "./agreement.ts";
import { funnel } from "./funnel.ts";
import { impact } from "./impact.ts";
import { owed } from "./owed.ts";
import type { ReportContext } from "./report-context.ts";
import { sources } from "./sources.ts";
import { timeInStage } from "./time-in-stage.ts";
import { timeToFill } from "./time-to-fill.ts";

const MAKE: Record<ReportName, (context: ReportContext) => Promise<Body>> = {
  funnel,
  time_in_stage: timeInStage,
  time_to_fill: timeToFill,
  sources,
  owed,
  agreement,
  impact,
};

export type ReportInput = {
  readonly report: ReportName;
  readonly role?: string | undefined;
  /** First day that counts, as YYYY-MM-DD (UTC). */
  readonly since?: string | undefined;
};

export function createReports() {
  return {
    /**
     * One report, computed in the database and stated with its denominator, period and clock.
     * @throws DomainError `invalid` for a `since` in the future, `not_found` for an unknown role; `impact` has its own.
     */
    async get(session: Session, input: ReportInput): Promise<Report> {
      const since = input.since === undefined ? null : new Date(`${input.since}T00:00:00Z`);
      if (since !== null && since > session.now) throw inTheFuture(input.since ?? "", dayOf(session.now));
      return session.read(async (db) => {
        const role = input.role === undefined ? null : await loadRole(db, session, input.role);
        const roles = (await listRoles(db, session.workspaceId)).filter(
          (listed) => role === null || listed.role.id === role.id,
        );
        const { workspaceId } = session;
        const scope = { workspaceId, roleId: role?.id ?? null, since, seen: await accessFilter(db, session) };
        const { of, timeless, ...body } = await MAKE[input.report]({ db, session, scope, roles });
        const period = { from: timeless ? null : (input.since ?? null), to: dayOf(session.now), of };
        return { report: input.report, role: role?.key ?? null, period, ...body };
      });
    },

    /** A chart of a report as PNG, where one helps; drawn on demand, so that nobody else loads a chart library. */
    async draw(report: Report): Promise<Uint8Array | null> {
      if (report.rows.length === 0) return null;
      const { drawReport } = await import("../../charts/draw.ts");
      return drawReport(report);
    },
  };
}

const inTheFuture = (since: string, today: string): DomainError =>
  new DomainError(
    "invalid",
    `since: ${since} is in the future.`,
    `Call get_report again with since up to today, ${today}.`,
  );
