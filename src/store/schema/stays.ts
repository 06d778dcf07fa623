import { boolean, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { toApplication } from "./pipeline.ts";
import { at } from "./workspace.ts";

/**
 * Each stay of an application in a stage. Triggers in the migrations fill it from applications and moves, so that a
 * report counts rows instead of replaying the history. A move that was undone leaves no row.
 */
export const stays = pgTable(
  "stays",
  {
    workspaceId: uuid().notNull(),
    applicationId: uuid().notNull(),
    /** The application's version when it entered the stage; 1 for the first stage. */
    version: integer().notNull(),
    roleId: uuid().notNull(),
    stage: text().notNull(),
    /** Position of the stage in the role's pipeline when it was entered, from 1. */
    position: integer().notNull(),
    source: text(),
    appliedAt: at().notNull(),
    enteredAt: at().notNull(),
    /** Whether the application had never been in this stage before. */
    firstVisit: boolean().notNull(),
    leftAt: at(),
    leftVersion: integer(),
    /** Tenths of a day from entering to leaving, rounded. */
    tenths: integer(),
    /** Whether the application left it for a later stage or a hire, for the first time. */
    firstPass: boolean().notNull().default(false),
    /** The stage or final status after it. */
    leftFor: text(),
  },
  (t) => [
    primaryKey({ name: "stays_pk", columns: [t.workspaceId, t.applicationId, t.version] }),
    toApplication("stays_application", t).onDelete("cascade"),
  ],
);
