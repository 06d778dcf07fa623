import { boolean, date, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { candidates } from "./pipeline.ts";
import { at, foreignTo, members, owned, workspaces } from "./workspace.ts";

/**
 * Who was erased: keyed hashes of addresses, profile links and import keys, so that an import skips the person, a restored
 * backup erases them again, and nobody writes to them.
 */
export const erasures = pgTable(
  "erasures",
  owned({
    /** The row of `candidates` that is left without a name. */
    candidateId: uuid().notNull(),
    hashes: text().array().notNull(),
    /** Null where the person at the machine did it. */
    erasedBy: uuid(),
    erasedAt: at().notNull(),
    /** When the database's own files were cleared of what had been deleted. Null while that is still to be done. */
    clearedAt: at(),
  }),
  (t) => [
    primaryKey({ name: "erasures_pk", columns: [t.workspaceId, t.id] }),
    unique("erasures_candidate").on(t.workspaceId, t.candidateId),
    index("erasures_hashes").using("gin", t.hashes),
  ],
);

/** A duty to keep a person's record, such as a dispute before a court. While it stands they are not erased. */
export const legalHolds = pgTable(
  "legal_holds",
  owned({
    candidateId: uuid().notNull(),
    reason: text().notNull(),
    /** The last day; null until it is released. */
    until: date(),
    placedBy: uuid().notNull(),
    placedAt: at().notNull(),
    releasedAt: at(),
  }),
  (t) => [
    primaryKey({ name: "legal_holds_pk", columns: [t.workspaceId, t.id] }),
    index("legal_holds_candidate").on(t.workspaceId, t.candidateId),
    foreignTo(candidates, "legal_holds_candidate_fk", t, t.candidateId),
    foreignTo(members, "legal_holds_member", t, t.placedBy),
  ],
);

/** A candidate's consent to stay on file after their application has ended. The newest row is the one that counts. */
export const consents = pgTable(
  "consents",
  owned({
    candidateId: uuid().notNull(),
    /** The last day on file; null where the consent was withdrawn. */
    until: date(),
    /** How they gave it, such as the id of the document that holds their answer. */
    how: text().notNull(),
    recordedBy: uuid().notNull(),
    recordedAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "consents_pk", columns: [t.workspaceId, t.id] }),
    index("consents_candidate").on(t.workspaceId, t.candidateId, t.id),
    foreignTo(candidates, "consents_candidate_fk", t, t.candidateId),
    foreignTo(members, "consents_member", t, t.recordedBy),
  ],
);

/**
 * What a team has set about how long records are kept: months by place (`key` is such as `DE`, `US-CA` or `default`), or
 * whether a law binds it (`key` is the id of the law's rule).
 */
export const retentionSettings = pgTable(
  "retention_settings",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.workspaceId),
    key: text().notNull(),
    months: integer(),
    binds: boolean(),
    why: text().notNull(),
    setBy: uuid().notNull(),
    setAt: at().notNull(),
  },
  (t) => [
    primaryKey({ name: "retention_settings_pk", columns: [t.workspaceId, t.key] }),
    foreignTo(members, "retention_settings_member", t, t.setBy),
  ],
);
