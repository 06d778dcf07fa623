import { foreignKey, pgTable, primaryKey, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { applications } from "./pipeline.ts";
import { members, workspaces } from "./workspace.ts";

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
    foreignKey({
      name: "self_reports_application",
      columns: [t.workspaceId, t.applicationId],
      foreignColumns: [applications.workspaceId, applications.id],
    }).onDelete("cascade"),
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
    turnedOnAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    unique("impact_switch_one").on(t.workspaceId),
    foreignKey({
      name: "impact_switch_member",
      columns: [t.workspaceId, t.turnedOnBy],
      foreignColumns: [members.workspaceId, members.id],
    }),
  ],
);
