import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { ImportedRecordKind } from "../../domain/transfer/imported.ts";
import { ofApplication, toApplication } from "./pipeline.ts";
import { at, foreignTo, members, workspaces } from "./workspace.ts";

/**
 * What came in with an import and is no document: notes, answers, scorecards as another tracker had them. They are read
 * as history. No panel, gate or figure counts them.
 */
export const importedRecords = pgTable(
  "imported_records",
  ofApplication({
    kind: text().$type<ImportedRecordKind>().notNull(),
    /** The question, the interview or the subject; null where there is none. */
    title: text(),
    text: text().notNull(),
    /** Who wrote it, as the other tracker names them. */
    author: text(),
    /** A scorecard's recommendation in the other tracker's words. */
    recommendation: text(),
    writtenAt: at(),
    /** Where it came from, such as `greenhouse`. */
    source: text().notNull(),
    importedBy: uuid().notNull(),
    importedAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "imported_records_pk", columns: [t.workspaceId, t.id] }),
    index("imported_records_application").on(t.workspaceId, t.applicationId, t.id),
    toApplication("imported_records_application_fk", t),
    foreignTo(members, "imported_records_member", t, t.importedBy),
  ],
);

/** By what an application that was imported is known when it comes again: a keyed hash, which names nobody. */
export const importKeys = pgTable(
  "import_keys",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.workspaceId),
    key: text().notNull(),
    applicationId: uuid().notNull(),
    importedAt: at().notNull(),
  },
  (t) => [
    primaryKey({ name: "import_keys_pk", columns: [t.workspaceId, t.key] }),
    index("import_keys_application").on(t.workspaceId, t.applicationId),
    toApplication("import_keys_application_fk", t),
  ],
);
