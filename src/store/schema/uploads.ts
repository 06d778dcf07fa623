import { index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { DocumentKind } from "../../domain/candidates/document.ts";
import { ofApplication, toApplication } from "./pipeline.ts";
import { at, foreignTo, list, members } from "./workspace.ts";

/** Links by which files reach an application. The secrets are stored as hashes only. */
export const uploads = pgTable(
  "uploads",
  ofApplication({
    /** Who asked for the link: the page acts as this member. */
    memberId: uuid().notNull(),
    /** What the files are, unless the page says otherwise. */
    kind: text().$type<DocumentKind>().notNull(),
    linkHash: text().notNull(),
    /** Of the key that the page was given when the link was opened. Null until then; a link is opened once. */
    keyHash: text(),
    expiresAt: at().notNull(),
    /** When the person said that they are done. */
    endedAt: at(),
    /** How many files were sent, kept or not. */
    files: integer().notNull().default(0),
    /** The ids of the documents that arrived. */
    documents: list(),
    /** How many of them have been named to whoever asked for the link. */
    named: integer().notNull().default(0),
  }),
  (t) => [
    primaryKey({ name: "uploads_pk", columns: [t.workspaceId, t.id] }),
    unique("uploads_link").on(t.workspaceId, t.linkHash),
    unique("uploads_key").on(t.workspaceId, t.keyHash),
    index("uploads_application").on(t.workspaceId, t.applicationId),
    toApplication("uploads_application_fk", t),
    foreignTo(members, "uploads_member", t, t.memberId),
  ],
);
