import { sql } from "drizzle-orm";
import {
  boolean,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Apart, DocumentKind } from "../../domain/candidates/document.ts";
import type { StoredHidden, TextWarning } from "../../domain/candidates/hidden.ts";
import type { StaleWhy } from "../../domain/evaluation/stale.ts";
import type { StoredAssessment, StoredFinding } from "../../domain/evaluation/stored-assessment.ts";
import type { StoredMail } from "../../domain/mail/stored-mail.ts";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import type { AssignmentStatus } from "../../domain/submission/assignment.ts";
import type { ExerciseForm } from "../../domain/submission/exercise-form.ts";
import type { SubmissionFacts } from "../../domain/submission/facts.ts";
import { ofApplication, toApplication } from "./pipeline.ts";
import { at, list } from "./workspace.ts";

const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

export const documents = pgTable(
  "documents",
  ofApplication({
    kind: text().$type<DocumentKind>().notNull(),
    name: text().notNull(),
    text: text().notNull(),
    sha256: bytea().notNull(),
    /** Where each page starts in `text`. A document without pages has one entry. */
    pages: jsonb().$type<readonly number[]>().notNull().default([0]),
    hiddenTextRemoved: integer().notNull(),
    /** What nobody sees in the file, in its order. Older rows do not say why. */
    hidden: jsonb().$type<readonly StoredHidden[]>().notNull().default([]),
    /** Printed signs that stand for no letter. */
    signsWithoutLetter: integer().notNull().default(0),
    markupRemoved: integer().notNull().default(0),
    /** What is doubtful about the text as a whole. */
    warnings: jsonb().$type<readonly TextWarning[]>().notNull().default([]),
    /** What a mail quotes or forwards, and its signature: none of it is in `text`. */
    apart: jsonb().$type<readonly Apart[]>().notNull().default([]),
    /** What is known about a mail beside its words. Null for other documents, and for mails that are not split yet. */
    mail: jsonb().$type<StoredMail>(),
    /** False where somebody said that these are not the candidate's own words. Such a text is no evidence. */
    ownWords: boolean().notNull().default(true),
    addedBy: uuid().notNull(),
    createdAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "documents_pk", columns: [t.workspaceId, t.id] }),
    unique("documents_content").on(t.workspaceId, t.applicationId, t.kind, t.sha256),
    toApplication("documents_application", t),
    index("documents_unsplit_mails").on(t.workspaceId, t.id).where(sql`kind = 'email' and mail is null`),
  ],
);

/** The bytes of the file that a document was read from, so that a better reader can read it again. */
export const originals = pgTable(
  "originals",
  ofApplication({
    /** The extension by which the file was read, such as `.pdf`; empty where it had none. */
    extension: text().notNull(),
    bytes: bytea().notNull(),
    /** The version of the reader that read it last. */
    reader: integer().notNull(),
  }),
  (t) => [
    primaryKey({ name: "originals_pk", columns: [t.workspaceId, t.id] }),
    foreignKey({
      name: "originals_document",
      columns: [t.workspaceId, t.id],
      foreignColumns: [documents.workspaceId, documents.id],
    }).onDelete("cascade"),
    toApplication("originals_application", t),
  ],
);

export const moves = pgTable(
  "moves",
  ofApplication({
    /** The application's version after this move. It orders the moves of an application. */
    version: integer().notNull(),
    /** A move, one that was taken back, or that the stage was dropped from the role. */
    kind: text().$type<"move" | "undo" | "stage_dropped">().notNull(),
    fromStage: text().notNull(),
    fromStatus: text().$type<ApplicationStatus>().notNull(),
    toStage: text().notNull(),
    toStatus: text().$type<ApplicationStatus>().notNull(),
    /** When the application had entered the stage that it left. An undo restores this. */
    enteredAt: at().notNull(),
    reason: text(),
    /** The kind of reason for a rejection or a withdrawal, from the team's list. */
    reasonCategory: text(),
    overridden: list(),
    movedBy: uuid().notNull(),
    client: text().notNull(),
    movedAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "moves_pk", columns: [t.workspaceId, t.id] }),
    uniqueIndex("moves_order").on(t.workspaceId, t.applicationId, t.version),
    toApplication("moves_application", t),
  ],
);

export const assessments = pgTable(
  "assessments",
  ofApplication({
    /** SHA-256 of the input (documents, rubric, findings). The same input gives the same row. */
    inputs: text().notNull(),
    /** Findings of assistants and members, kept for the next assessment. */
    findings: jsonb().$type<readonly StoredFinding[]>().notNull(),
    result: jsonb().$type<StoredAssessment>().notNull(),
    assessedBy: uuid().notNull(),
    createdAt: at().notNull(),
    /** The SHA-256 of the rubric that it was made by. Null for those of earlier releases. */
    rubric: text(),
    /** Since when it rests on something that is no longer so, and on what. Null while it stands. */
    staleAt: at(),
    staleWhy: text().$type<StaleWhy>(),
  }),
  (t) => [
    primaryKey({ name: "assessments_pk", columns: [t.workspaceId, t.id] }),
    index("assessments_newest").on(t.workspaceId, t.applicationId, t.id),
    index("assessments_stale").on(t.workspaceId, t.staleAt, t.id).where(sql`stale_at is not null`),
    toApplication("assessments_application", t),
  ],
);

export const submissions = pgTable(
  "submissions",
  ofApplication({
    url: text().notNull(),
    headSha: text().notNull(),
    facts: jsonb().$type<SubmissionFacts>().notNull(),
    createdAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "submissions_pk", columns: [t.workspaceId, t.id] }),
    unique("submissions_head").on(t.workspaceId, t.applicationId, t.url, t.headSha),
    toApplication("submissions_application", t),
  ],
);

/** The exercise given to an application, at most one. Each step on the git host is recorded when it is done. */
export const assignments = pgTable(
  "assignments",
  ofApplication({
    exercise: text().notNull(),
    /** As it was when it was given. A later edit of the template does not change it. */
    form: text().$type<ExerciseForm>().notNull().default("code"),
    status: text().$type<AssignmentStatus>().notNull(),
    /** Where code is handed in: a repository, a pull request, or a clone on this machine. Null for every other form. */
    url: text(),
    githubUsername: text(),
    startSha: text(),
    dueAt: at().notNull(),
    assignedBy: uuid().notNull(),
    createdAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "assignments_pk", columns: [t.workspaceId, t.id] }),
    unique("assignments_application").on(t.workspaceId, t.applicationId),
    toApplication("assignments_fk", t),
  ],
);
