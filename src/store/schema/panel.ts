import {
  boolean,
  type ExtraConfigColumn,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { EvidenceSnapshot } from "../../domain/panel/decision.ts";
import type { Rating } from "../../domain/panel/scorecard.ts";
import type { Verdict } from "../../domain/panel/verdict.ts";
import { ofApplication, toApplication } from "./pipeline.ts";
import { at, foreignTo, members } from "./workspace.ts";

/** Foreign keys of a table whose rows belong to one member and one application. */
const ties = (name: string, t: Record<"workspaceId" | "applicationId" | "memberId", ExtraConfigColumn>) => [
  toApplication(`${name}_application`, t),
  foreignTo(members, `${name}_member`, t, t.memberId),
];

/** The interviewers of each round of an application. */
export const interviewers = pgTable(
  "interviewers",
  ofApplication({
    round: text().notNull(),
    memberId: uuid().notNull(),
    assignedAt: at().notNull(),
    assignedBy: uuid().notNull(),
  }),
  (t) => [
    primaryKey({ name: "interviewers_pk", columns: [t.workspaceId, t.id] }),
    unique("interviewers_seat").on(t.workspaceId, t.applicationId, t.round, t.memberId),
    index("interviewers_by_member").on(t.workspaceId, t.memberId, t.applicationId),
    ...ties("interviewers", t),
  ],
);

/**
 * One interviewer's ratings for one round. A version that others may have seen is kept, and a later change is a new
 * version.
 */
export const scorecards = pgTable(
  "scorecards",
  ofApplication({
    round: text().notNull(),
    memberId: uuid().notNull(),
    /** From 1. Versions below 1 are from an application that was joined to this one, and earlier than the first. */
    version: integer().notNull(),
    ratings: jsonb().$type<readonly Rating[]>().notNull(),
    recommendation: text().$type<Verdict>().notNull(),
    notes: text().notNull(),
    /** The reason for a version that changes one that others may have seen. */
    reason: text(),
    submittedBy: uuid().notNull(),
    /** Whether an admin submitted it for the interviewer, or without a seat. */
    byAdmin: boolean().notNull(),
    client: text().notNull(),
    submittedAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "scorecards_pk", columns: [t.workspaceId, t.id] }),
    unique("scorecards_version").on(t.workspaceId, t.applicationId, t.round, t.memberId, t.version),
    ...ties("scorecards", t),
  ],
);

export const votes = pgTable(
  "votes",
  ofApplication({
    memberId: uuid().notNull(),
    version: integer().notNull(),
    vote: text().$type<Verdict>().notNull(),
    reason: text().notNull(),
    /** False for a voter who interviewed in no round but may decide. Such a vote is counted separately. */
    onPanel: boolean().notNull(),
    client: text().notNull(),
    castAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "votes_pk", columns: [t.workspaceId, t.id] }),
    unique("votes_version").on(t.workspaceId, t.applicationId, t.memberId, t.version),
    ...ties("votes", t),
  ],
);

/** A decision about an application, with the evidence at that time. */
export const decisions = pgTable(
  "decisions",
  ofApplication({
    /** Who decided. */
    memberId: uuid().notNull(),
    /** The application's version after the move for this decision. */
    version: integer().notNull(),
    evidenceSnapshot: jsonb("on_the_table").$type<EvidenceSnapshot>().notNull(),
    decidedAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "decisions_pk", columns: [t.workspaceId, t.id] }),
    unique("decisions_move").on(t.workspaceId, t.applicationId, t.version),
    ...ties("decisions", t),
  ],
);
