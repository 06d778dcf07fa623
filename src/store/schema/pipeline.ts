import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  type ExtraConfigColumn,
  index,
  integer,
  jsonb,
  type PgColumnBuilderBase,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import type { Level, OwnQuestion, Panel, RoleStatus } from "../../domain/roles/role.ts";
import type { Stage } from "../../domain/roles/role-template.ts";
import { at, foreignTo, list, members, owned } from "./workspace.ts";

export const roles = pgTable(
  "roles",
  owned({
    key: text().notNull(),
    template: text().notNull(),
    lane: text(),
    title: text().notNull(),
    level: text().$type<Level>().notNull(),
    location: text().notNull(),
    remote: boolean().notNull(),
    onCall: text(),
    compMin: integer(),
    compMax: integer(),
    currency: text().notNull(),
    outcomes: list(),
    mustHaves: list(),
    niceToHaves: list(),
    panel: jsonb().$type<Panel>().notNull().default([]),
    /** The role's own pipeline: its template's when it was opened, as the team has changed it since. */
    stages: jsonb().$type<readonly Stage[]>().notNull(),
    questions: jsonb().$type<readonly OwnQuestion[]>().notNull().default([]),
    openings: integer().notNull().default(1),
    recruitersSend: boolean().notNull().default(true),
    earlierRoundsOpen: boolean().notNull().default(true),
    status: text().$type<RoleStatus>().notNull(),
    ownerId: uuid().notNull(),
    nextNumber: integer().notNull().default(1),
    openedAt: at().notNull(),
    closedAt: at(),
  }),
  (t) => [
    primaryKey({ name: "roles_pk", columns: [t.workspaceId, t.id] }),
    unique("roles_key").on(t.workspaceId, t.key),
    foreignTo(members, "roles_owner", t, t.ownerId),
  ],
);

export const candidates = pgTable(
  "candidates",
  owned({
    name: text().notNull(),
    /** Null where none is known. Only what writes mail needs one. */
    email: text(),
    phone: text(),
    links: list(),
    location: text(),
    timezone: text(),
    tags: list(),
    /** They asked not to be written to, whatever their address. */
    doNotContact: boolean().notNull().default(false),
    /** The member whose own record this is: nobody sees their own. */
    memberId: uuid(),
    /** The person that this one turned out to be. Its references lead there. */
    mergedInto: uuid(),
    /** Name and e-mail without case and accents, for finding people. */
    searchKey: text().notNull(),
    /** Forms of name, mailbox, phone and profile links by which it is told who somebody may be already. */
    knownBy: text().array().notNull().default([]),
    createdAt: at().notNull(),
    /** Since when nothing personal is left in this row and its applications. */
    erasedAt: at(),
  }),
  (t) => [
    primaryKey({ name: "candidates_pk", columns: [t.workspaceId, t.id] }),
    unique("candidates_email").on(t.workspaceId, t.email),
    index("candidates_search").using("gin", sql`${t.searchKey} gin_trgm_ops`),
    // Three letters and more are found by the index above, one and two by this one.
    index("candidates_short_parts").using("gin", sql`greenflag_short_parts(${t.searchKey})`),
    index("candidates_member").on(t.workspaceId, t.memberId),
    index("candidates_merged").on(t.workspaceId, t.mergedInto).where(sql`merged_into is not null`),
    index("candidates_known_by").using("gin", t.knownBy),
    foreignTo(members, "candidates_member_fk", t, t.memberId),
  ],
);

export const applications = pgTable(
  "applications",
  owned({
    ref: text().notNull(),
    roleId: uuid().notNull(),
    candidateId: uuid().notNull(),
    stage: text().notNull(),
    /** `merged` in rows with `mergedInto`: no list, count or report holds them, and they are read by no other way. */
    status: text().$type<ApplicationStatus>().notNull(),
    version: integer().notNull().default(1),
    stageEnteredAt: at().notNull(),
    appliedAt: at().notNull(),
    source: text(),
    referredBy: text(),
    /** Who looks after this person; null for the role's owner. */
    ownerId: uuid(),
    /** The application for the same role that this one was joined to. Its reference leads there. */
    mergedInto: uuid(),
    /** Flags present in the newest assessment; null while there is none. Stored here so that lists need no join. */
    presentFlags: text().array(),
    hasSubmission: boolean().notNull().default(false),
    /** Since when somebody who was rejected has had no message from us. Triggers keep it, so that a list needs no join. */
    untoldSince: at(),
    /** When it came in with an import. Gates and tasks count from then. */
    importedAt: at(),
    /** Since when nothing personal is left in it, as in its candidate's row. Here, so that lists and locks need no join. */
    erasedAt: at(),
    /**
     * Came in with an import and has no document of the candidate's own: there is nothing to assess, so no gate asks for it.
     * Triggers keep it.
     */
    withoutResume: boolean().notNull().default(false),
  }),
  (t) => [
    primaryKey({ name: "applications_pk", columns: [t.workspaceId, t.id] }),
    unique("applications_ref").on(t.workspaceId, t.ref),
    unique("applications_person").on(t.workspaceId, t.roleId, t.candidateId),
    index("applications_stage").on(
      ...([t.workspaceId, t.roleId, t.status, t.stage, t.stageEnteredAt, t.id, t.importedAt] as const),
    ),
    index("applications_unassessed")
      .on(t.workspaceId, t.roleId, t.stage, t.stageEnteredAt, t.id, t.importedAt)
      .where(sql`status = 'active' and present_flags is null`),
    index("applications_ended").on(t.workspaceId, t.id).where(sql`status in ('rejected', 'withdrawn')`),
    index("applications_candidate").on(t.workspaceId, t.candidateId, t.id),
    index("applications_merged").on(t.workspaceId, t.mergedInto).where(sql`merged_into is not null`),
    check("applications_merged_status", sql`(status = 'merged') = (merged_into is not null)`),
    index("applications_owner").on(t.workspaceId, t.ownerId).where(sql`owner_id is not null`),
    index("applications_untold").on(t.workspaceId, t.untoldSince, t.id).where(sql`untold_since is not null`),
    foreignTo(roles, "applications_role", t, t.roleId),
    foreignTo(candidates, "applications_candidate_fk", t, t.candidateId),
    foreignTo(members, "applications_owner_fk", t, t.ownerId),
  ],
);

/** The columns of a table whose rows belong to one application. */
export const ofApplication = <C extends Record<string, PgColumnBuilderBase>>(columns: C) =>
  owned({ applicationId: uuid().notNull(), ...columns });

export const toApplication = (
  name: string,
  t: { readonly workspaceId: ExtraConfigColumn; readonly applicationId: ExtraConfigColumn },
) => foreignTo(applications, name, t, t.applicationId);
