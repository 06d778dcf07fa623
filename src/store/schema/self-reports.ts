import { pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { toApplication } from "./pipeline.ts";
import { at, foreignTo, members, workspaces } from "./workspace.ts";

/**
 * Applicants' answers about themselves, for the adverse-impact report. Only that report reads them, and only as counts.
 * No tool shows a row, and no tool that evaluates candidates may import these queries (a test checks that).
 */
export const selfReports = pgTable(
  "self_reports",
  {
    workspaceId: uuid().notNull(),
    applicationId: uuid().notNull(),
    /** The name of the question, such as `sex`. */
    question: text().notNull(),
    answer: text().notNull(),
  },
  (t) => [
    primaryKey({ name: "self_reports_pk", columns: [t.workspaceId, t.question, t.applicationId] }),
    toApplication("self_reports_application", t).onDelete("cascade"),
  ],
);

/** A row exists while the adverse-impact report is on. */
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
