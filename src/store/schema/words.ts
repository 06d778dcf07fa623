import { boolean, customType, index, integer, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { toApplication } from "./pipeline.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/**
 * The candidate's own visible words, for finding people by them. Triggers in the migrations fill it from documents. A
 * long document has several parts, which overlap, because a search vector counts only so many words.
 */
export const documentWords = pgTable(
  "document_words",
  {
    workspaceId: uuid().notNull(),
    applicationId: uuid().notNull(),
    documentId: uuid().notNull(),
    part: integer().notNull(),
    /** A work sample or what was written with a submission: not found while the exercise is judged blind. */
    handedIn: boolean().notNull(),
    words: tsvector().notNull(),
  },
  (t) => [
    primaryKey({
      name: "document_words_pk",
      columns: [t.workspaceId, t.applicationId, t.documentId, t.part],
    }),
    index("document_words_words").using("gin", t.words),
    toApplication("document_words_application", t).onDelete("cascade"),
  ],
);
