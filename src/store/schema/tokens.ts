import { pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, foreignTo, members, owned } from "./workspace.ts";

/** Members' personal tokens. A revoked one stays: once there was any, calls over HTTP need one for good. */
export const tokens = pgTable(
  "tokens",
  owned({
    memberId: uuid().notNull(),
    /** The member's own label, such as the machine that it lies on. */
    name: text().notNull(),
    /** SHA-256 of the token as it is sent, in base64url. The token itself is stored nowhere. */
    hash: text().notNull(),
    createdAt: at().notNull(),
    expiresAt: at().notNull(),
    /** Written once in a few minutes at most. */
    lastUsedAt: at(),
    revokedAt: at(),
  }),
  (t) => [
    primaryKey({ name: "tokens_pk", columns: [t.workspaceId, t.id] }),
    unique("tokens_hash").on(t.workspaceId, t.hash),
    foreignTo(members, "tokens_member", t, t.memberId),
  ],
);
