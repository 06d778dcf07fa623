import { pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { toApplication } from "./pipeline.ts";
import { at, foreignTo, members, workspaces } from "./workspace.ts";

/**
 * What applicants said of themselves for the adverse-impact report. Nothing but that report reads it, and it only in
 * counts: no tool shows a row, and none that evaluates a candidate may import its queries (a test says so).
 */
export const selfReports = pgTable(
  "self_reports",
  {
    workspaceId: uuid().notNull(),
    applicationId: uuid().notNull(),
    /** What was asked, such as sex. */
    question: text().notNull(),
    answer: text().notNull(),
  },
  (t) => [
    primaryKey({ name: "self_reports_pk", columns: [t.workspaceId, t.question, t.applicationId] }),
    toApplication("self_reports_application", t).onDelete("cascade"),
  ],
);

/** That an admin turned the adverse-impact report on. No row, no report. */
export const impactSwitch = pgTable(
  "impact_switch",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.workspaceId),
    turnedOnBy: uuid().notNull(),
    turnedOnAt: at().notNull(),
  },
  (t) => [
    unique("impact_switch_one").on(t.workspaceId),
    foreignTo(members, "impact_switch_member", t, t.turnedOnBy),
  ],
);
