import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { Hours } from "../../domain/scheduling/hours.ts";
import type { InterviewStatus } from "../../domain/scheduling/interview-status.ts";
import { ofApplication, toApplication } from "./pipeline.ts";
import { at, foreignTo, members, owned } from "./workspace.ts";

/** When a member can interview. */
export const availability = pgTable(
  "availability",
  owned({
    memberId: uuid().notNull(),
    timezone: text().notNull(),
    hours: jsonb().$type<Hours>().notNull(),
    /** The most interviews in a calendar week; null for no limit. */
    weeklyLimit: integer(),
    bufferMinutes: integer().notNull(),
    /** Where their calendar is: an https address (which may be a secret) or a path. */
    calendar: text(),
    /**
     * Its busy times at the last reading: start and end in epoch milliseconds, and the UID if the event may be ours.
     */
    busy: jsonb().$type<readonly (readonly [number, number, string?])[]>().notNull().default([]),
    busyReadAt: at(),
    updatedAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "availability_pk", columns: [t.workspaceId, t.id] }),
    unique("availability_member").on(t.workspaceId, t.memberId),
    foreignTo(members, "availability_member_fk", t, t.memberId),
  ],
);

/** A booked interview. A change keeps the row and its UID. */
export const interviews = pgTable(
  "interviews",
  ofApplication({
    round: text().notNull(),
    startsAt: at().notNull(),
    endsAt: at().notNull(),
    location: text(),
    status: text().$type<InterviewStatus>().notNull(),
    uid: text().notNull(),
    sequence: integer().notNull(),
    /** The reason for cancelling it, or for booking it in spite of conflicts. */
    reason: text(),
    scheduledBy: uuid().notNull(),
    /** The member who gave the reason. */
    changedBy: uuid().notNull(),
    createdAt: at().notNull(),
    updatedAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "interviews_pk", columns: [t.workspaceId, t.id] }),
    unique("interviews_uid").on(t.workspaceId, t.uid),
    index("interviews_application").on(t.workspaceId, t.applicationId, t.startsAt),
    index("interviews_end").on(t.workspaceId, t.endsAt),
    // For agendas: which interviews are ahead, and of whom, is told by this index alone.
    index("interviews_booked")
      .on(t.workspaceId, t.endsAt, t.id, t.startsAt, t.applicationId, t.round)
      .where(sql`status = 'booked'`),
    toApplication("interviews_application_fk", t),
    foreignTo(members, "interviews_scheduler", t, t.scheduledBy),
  ],
);

/** The interviewers of an interview. */
export const interviewSeats = pgTable(
  "interview_seats",
  owned({ interviewId: uuid().notNull(), memberId: uuid().notNull() }),
  (t) => [
    primaryKey({ name: "interview_seats_pk", columns: [t.workspaceId, t.id] }),
    unique("interview_seats_member").on(t.workspaceId, t.memberId, t.interviewId),
    index("interview_seats_interview").on(t.workspaceId, t.interviewId, t.memberId),
    foreignTo(interviews, "interview_seats_interview_fk", t, t.interviewId),
    foreignTo(members, "interview_seats_member_fk", t, t.memberId),
  ],
);
