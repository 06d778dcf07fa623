import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  type ExtraConfigColumn,
  foreignKey,
  jsonb,
  type PgColumnBuilderBase,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Access } from "../../domain/member.ts";

export const at = () => timestamp({ withTimezone: true });
export const list = () => jsonb().$type<readonly string[]>().notNull().default([]);

export const workspaces = pgTable("workspaces", {
  workspaceId: uuid().primaryKey(),
  name: text().notNull(),
  /** The key of the hashes by which erased people and imported rows are known again. It leaves in a backup only. */
  hashKey: text()
    .notNull()
    .default(sql`replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`),
  createdAt: at().notNull(),
});

/**
 * Every row belongs to one workspace. `workspace_id` leads the primary key, so a query that forgets it cannot use that
 * index.
 */
export const owned = <C extends Record<string, PgColumnBuilderBase>>(columns: C) => ({
  workspaceId: uuid()
    .notNull()
    .references(() => workspaces.workspaceId),
  id: uuid().notNull(),
  ...columns,
});

/** The foreign key from a column to a row of `parent` in the same workspace. */
export const foreignTo = (
  parent: { readonly workspaceId: AnyPgColumn; readonly id: AnyPgColumn },
  name: string,
  t: { readonly workspaceId: ExtraConfigColumn },
  column: ExtraConfigColumn,
) =>
  foreignKey({
    name,
    columns: [t.workspaceId, column],
    foreignColumns: [parent.workspaceId, parent.id],
  });

export const members = pgTable(
  "members",
  owned({
    email: text().notNull(),
    name: text().notNull(),
    access: text().$type<Access>().notNull(),
    createdAt: at().notNull(),
    removedAt: at(),
    /** Sign-ins of before this moment are over. */
    signedOutAt: at(),
  }),
  (t) => [
    primaryKey({ name: "members_pk", columns: [t.workspaceId, t.id] }),
    unique("members_email").on(t.workspaceId, t.email),
  ],
);
