import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { REPORTS } from "../../domain/reports/report-name.ts";
import { ReportAnswer, reportAnswer } from "../answers/report.ts";
import { roleKey } from "../params.ts";
import { reportText } from "../text/report.ts";
import { defineTool } from "../tool.ts";

export const getReport = defineTool({
  name: "get_report",
  title: "Get a report",
  description:
    "Figures computed in the database, each with denominator, period and clock: repeat them as given, never recount. " +
    "time_to_fill is about roles; agreement and impact compare interviewers and groups. Who stands where: get_pipeline.",
  toolset: "reports",
  access: READ,
  effect: "read",
  heavy: true,
  input: z.strictObject({
    report: z.enum(REPORTS),
    role: roleKey.optional(),
    since: z.iso.date().optional().describe("First day that counts"),
  }),
  output: ReportAnswer,
  handle: async (input, { services, session }) => reportAnswer(await services.reports.get(session, input)),
  text: reportText,
  picture: (report, { services }) => services.reports.draw(report),
});
