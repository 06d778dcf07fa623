import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { REPORTS, Report } from "../../domain/reports/report.ts";
import { withAgreementText } from "../answers/agreement.ts";
import { roleKey } from "../params.ts";
import { linesOf, outline } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

export const getReport = defineTool({
  name: "get_report",
  title: "Get a report",
  description:
    "Figures computed in the database, each with denominator, period and clock: repeat them as given, never recount. " +
    "time_to_fill is about roles; agreement and impact compare interviewers and groups. Who stands where now: get_pipeline.",
  toolset: "reports",
  access: READ,
  effect: "read",
  input: z.strictObject({
    report: z.enum(REPORTS),
    role: roleKey.optional(),
    since: z.iso.date().optional().describe("First day that counts"),
  }),
  output: z.looseObject({
    report: z.string(),
    period: z.looseObject({ to: z.string() }),
    clock: z.string(),
    n: z.number(),
    rows: z.array(z.unknown()),
    notes: z.array(z.string()),
  }),
  handle: async (input, { services, session }) => {
    const { rows, ...report } = await services.reports.get(session, input);
    return { ...report, rows: rows.map(withAgreementText) };
  },
  text: ({ report, role, period, clock, n, rows, notes }) =>
    linesOf(
      `${report}${role ? `, role ${String(role)}` : ""}: n = ${n} (${String(period.of)}), ${period.from ? `since ${String(period.from)}` : "from the beginning"} to ${period.to}.`,
      `Clock: ${clock}`,
      rows.length > 0 && outline(rows).trimStart(),
      ...notes,
    ),
  picture: (output, { services }) => services.reports.draw(Report.parse(output)),
});
