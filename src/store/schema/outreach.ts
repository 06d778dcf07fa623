import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { MadeFrom } from "../../domain/outreach/made-from.ts";
import type { MessageStatus, OutboxState } from "../../domain/outreach/outbox.ts";
import type { Purpose } from "../../domain/roles/role-template.ts";
import { candidates, ofApplication, toApplication } from "./pipeline.ts";
import { at, foreignTo, list, owned } from "./workspace.ts";

/** The words of a message never change. A revision is a new row, so that an id always means the same words. */
export const messages = pgTable(
  "messages",
  ofApplication({
    purpose: text().$type<Purpose>().notNull(),
    recipient: text().notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    status: text().$type<MessageStatus>().notNull(),
    version: integer().notNull().default(1),
    /** The id of the draft that this one replaced. */
    replaces: uuid(),
    madeFrom: jsonb("made_from").$type<MadeFrom>().notNull(),
    /** Fields of the record whose earlier value this draft carries. Such a draft is written anew. */
    outdated: list(),
    draftedBy: uuid().notNull(),
    createdAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "messages_pk", columns: [t.workspaceId, t.id] }),
    index("messages_newest").on(t.workspaceId, t.applicationId, t.id),
    index("messages_drafts").on(t.workspaceId, t.createdAt, t.id).where(sql`status = 'draft'`),
    toApplication("messages_application", t),
  ],
);

/** A confirmed message, with the id of the message: the data for sending it, and the result. */
export const outbox = pgTable(
  "outbox",
  owned({
    state: text().$type<OutboxState>().notNull(),
    sendAt: at().notNull(),
    fromName: text().notNull(),
    fromAddress: text().notNull(),
    replyTo: text(),
    /** The Message-ID header. It is the same at every attempt. */
    messageId: text().notNull(),
    approvedBy: uuid().notNull(),
    approvedAt: at().notNull(),
    attempts: integer().notNull().default(0),
    /** The process that has claimed the message. `claimedAt` is since when. */
    claimedBy: text(),
    claimedAt: at(),
    outcome: text(),
    finishedAt: at(),
  }),
  (t) => [
    primaryKey({ name: "outbox_pk", columns: [t.workspaceId, t.id] }),
    unique("outbox_message_id").on(t.workspaceId, t.messageId),
    index("outbox_due").on(t.workspaceId, t.state, t.sendAt),
    index("outbox_confirmed").on(t.workspaceId, t.approvedBy, t.approvedAt),
    foreignTo(messages, "outbox_message", t, t.id),
  ],
);

/** The do-not-contact list, by address; of people who were erased, by the address's keyed hash. */
export const suppressions = pgTable(
  "suppressions",
  owned({
    email: text().notNull(),
    reason: text().notNull(),
    /** The person whose record put it here, and takes it off again. Null where somebody at the terminal did. */
    candidateId: uuid(),
    createdAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "suppressions_pk", columns: [t.workspaceId, t.id] }),
    unique("suppressions_email").on(t.workspaceId, t.email),
    foreignTo(candidates, "suppressions_candidate_fk", t, t.candidateId),
  ],
);

/** A document (`id` is its id) that answers a message of ours. */
export const replies = pgTable("replies", owned({ messageId: uuid().notNull() }), (t) => [
  primaryKey({ name: "replies_pk", columns: [t.workspaceId, t.id] }),
  index("replies_message").on(t.workspaceId, t.messageId),
  foreignTo(messages, "replies_message_fk", t, t.messageId),
]);
