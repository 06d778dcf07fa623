import { boolean, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { toApplication } from "./pipeline.ts";
import { at } from "./workspace.ts";

/**
 * Each time that an application stood in a stage. Triggers in the migrations keep it from applications and moves, so
 * that a report counts rows instead of replaying history; a move that was undone leaves no trace here.
 */
export const stays = pgTable(
  "stays",
  {
    workspaceId: uuid().notNull(),
    applicationId: uuid().notNull(),
    /** The application's version on entering: 1 for the first. */
    version: integer().notNull(),
    roleId: uuid().notNull(),
    stage: text().notNull(),
    /** Place of the stage in the role's pipeline, from 1. */
    position: integer().notNull(),
    source: text(),
    appliedAt: at().notNull(),
    enteredAt: at().notNull(),
    /** Whether the application had never stood in this stage before. */
    firstVisit: boolean().notNull(),
    leftAt: at(),
    leftVersion: integer(),
    /** Tenths of a day from entering to leaving, rounded. */
    tenths: integer(),
    /** Whether it was left for a later stage or a hire, for the first time. */
    firstPass: boolean().notNull().default(false),
    /** The stage, or the end, that it was left for. */
    leftFor: text(),
  },
  (t) => [
    primaryKey({ name: "stays_pk", columns: [t.workspaceId, t.applicationId, t.version] }),
    toApplication("stays_application", t).onDelete("cascade"),
  ],
);
