import { boolean, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, owned } from "./workspace.ts";

export const confirmations = pgTable(
  "confirmations",
  owned({
    codeHash: text().notNull(),
    memberId: uuid().notNull(),
    tool: text().notNull(),
    argumentsHash: text().notNull(),
    expiresAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "confirmations_pk", columns: [t.workspaceId, t.id] }),
    unique("confirmations_code").on(t.workspaceId, t.codeHash),
  ],
);

/** Append-only. Triggers in the migrations set `seq` and `hash` and refuse update, delete and truncate. */
export const events = pgTable(
  "events",
  {
    workspaceId: uuid().notNull(),
    chainId: uuid().notNull(),
    seq: integer().notNull(),
    at: at().notNull(),
    kind: text().notNull(),
    memberId: uuid().notNull(),
    client: text().notNull(),
    tool: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    hash: text().notNull(),
    /** Whether the payload was taken out when a person was erased. The hash is that of the row as it was. */
    erased: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ name: "events_pk", columns: [t.workspaceId, t.chainId, t.seq] })],
);

export const eventChains = pgTable(
  "event_chains",
  {
    workspaceId: uuid().notNull(),
    chainId: uuid().notNull(),
    seq: integer().notNull(),
    hash: text().notNull(),
  },
  (t) => [primaryKey({ name: "event_chains_pk", columns: [t.workspaceId, t.chainId] })],
);
