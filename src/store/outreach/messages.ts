import { and, asc, desc, eq, inArray, max, type SQL, sql } from "drizzle-orm";
import type { MessageStatus } from "../../domain/outreach/outbox.ts";
import type { LastWords } from "../../domain/outreach/waiting.ts";
import { type AccessFilter, andAccessible } from "../candidates/access-filter.ts";
import { notJoined } from "../candidates/joined.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import {
  applications,
  candidates,
  documents,
  members,
  messages,
  outbox,
  replies,
  submissions,
} from "../tables.ts";

export type MessageRow = typeof messages.$inferSelect;

export async function insertMessage(tx: Db, row: typeof messages.$inferInsert): Promise<void> {
  await tx.insert(messages).values(row);
}

/** A message with the reference of its application, and its outbox row if it was confirmed. */
export async function findMessage(db: Db, workspaceId: string, id: string) {
  const rows = await db
    .select({
      message: messages,
      ref: applications.ref,
      drafter: { name: members.name, email: members.email },
      outbox,
    })
    .from(messages)
    .innerJoin(applications, sameTenant(applications, messages, messages.applicationId))
    .innerJoin(members, sameTenant(members, messages, messages.draftedBy))
    .leftJoin(outbox, sameTenant(outbox, messages, messages.id))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id)));
  return rows[0];
}

/** The reference of the application that a message belongs to. */
export async function applicationOfMessage(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<string | undefined> {
  const rows = await db
    .select({ ref: applications.ref })
    .from(messages)
    .innerJoin(applications, sameTenant(applications, messages, messages.applicationId))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id)));
  return rows[0]?.ref;
}

export async function saveMessageStatus(
  tx: Db,
  workspaceId: string,
  id: string,
  status: MessageStatus,
): Promise<void> {
  await tx
    .update(messages)
    .set({ status })
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id)));
}

/** An application's messages, oldest first, each with its outbox row. */
export function listMessages(db: Db, workspaceId: string, applicationId: string) {
  return db
    .select({ message: messages, outbox })
    .from(messages)
    .leftJoin(outbox, sameTenant(outbox, messages, messages.id))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.applicationId, applicationId)))
    .orderBy(asc(messages.id));
}

/** The open draft of a purpose. There is at most one. */
export async function openDraft(
  db: Db,
  workspaceId: string,
  applicationId: string,
  purpose: MessageRow["purpose"],
): Promise<MessageRow | undefined> {
  const rows = await db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.applicationId, applicationId),
        eq(messages.purpose, purpose),
        eq(messages.status, "draft"),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(1);
  return rows[0];
}

/** A draft that is outdated is written anew: it does not wait to be sent. */
const isUpToDate = sql`(${messages.status} <> 'draft' or ${messages.outdated} = '[]'::jsonb)`;

/**
 * Messages to these applications that have not been sent, the newest of each purpose first; without drafts that are
 * outdated.
 */
export function unsentMessages(db: Db, workspaceId: string, applicationIds: readonly string[]) {
  const { id, applicationId, purpose, status, draftedBy, madeFrom } = messages;
  return db
    .select({ id, applicationId, purpose, status, draftedBy, madeFrom })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        inArray(applicationId, [...applicationIds]),
        inArray(status, ["draft", "approved"]),
        isUpToDate,
      ),
    )
    .orderBy(desc(id));
}

/** Whether a draft may still leave: to whoever is active, and to others a rejection or what is for them alone. */
export const mayStillLeave = (application: SQL, message: SQL): SQL =>
  sql`(${application}.status = 'active' or ${message}.purpose in ('rejection', 'reengage', 'keep_on_file'))`;

/**
 * Drafts for these roles that wait for a person, oldest first: all drafts to active candidates, and rejections and
 * `reengage` and `keep_on_file` messages to others. None that is outdated.
 */
export function waitingDrafts(
  db: Db,
  workspaceId: string,
  { roleIds, seen: access, limit }: { roleIds: readonly string[]; seen: AccessFilter; limit: number },
) {
  return db
    .select({
      message: messages.id,
      application: applications.ref,
      name: candidates.name,
      purpose: messages.purpose,
      since: messages.createdAt,
      roleId: applications.roleId,
    })
    .from(messages)
    .innerJoin(applications, sameTenant(applications, messages, messages.applicationId))
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.status, "draft"),
        isUpToDate,
        inArray(applications.roleId, [...roleIds]),
        sql`true ${andAccessible(workspaceId, access, {
          id: sql`${applications.id}`,
          candidate: sql`${applications.candidateId}`,
          role: sql`${applications.roleId}`,
        })}`,
        mayStillLeave(sql`${applications}`, sql`${messages}`),
      ),
    )
    .orderBy(asc(messages.id))
    .limit(limit);
}

type Recipient = { readonly workspaceId: string; readonly roleId: string; readonly candidateId: string };

/**
 * Names of a role's other candidates whose first word occurs in a folded text. The database selects these few names, so
 * that not all of them are loaded for the exact comparison.
 */
export async function othersNamedIn(
  db: Db,
  { workspaceId, roleId, candidateId }: Recipient,
  folded: string,
): Promise<string[]> {
  // `search_key` begins with the folded name. The `translate` must replace the same characters as the comparison does.
  const first = sql`split_part(translate(${candidates.searchKey}, '-''.,()/', '       '), ' ', 1)`;
  const rows = await db
    .select({ name: candidates.name })
    .from(applications)
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .where(
      and(
        eq(applications.workspaceId, workspaceId),
        eq(applications.roleId, roleId),
        notJoined,
        sql`${applications.candidateId} <> ${candidateId}`,
        sql`strpos(${folded}, ${first}) > 0`,
      ),
    );
  return rows.map((row) => row.name);
}

/** Documents in which candidates wrote to us: words of their own, not what a program or a stranger sent. */
export const FROM_CANDIDATE = sql`own_words and (kind in ('submission_notes', 'work_sample') or kind = 'email' and
  (mail is null or mail->>'what' = 'letter' and mail->>'author' = 'candidate'))`;

/** When both sides last wrote about one application. */
export async function lastWords(
  db: Db,
  application: { readonly workspaceId: string; readonly id: string; readonly appliedAt: Date },
): Promise<LastWords> {
  const { workspaceId, id, appliedAt } = application;
  const [mail] = await db
    .select({ at: max(documents.createdAt) })
    .from(documents)
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.applicationId, id), FROM_CANDIDATE));
  const [work] = await db
    .select({ at: max(submissions.createdAt) })
    .from(submissions)
    .where(and(eq(submissions.workspaceId, workspaceId), eq(submissions.applicationId, id)));
  const [sent] = await db
    .select({ at: outbox.finishedAt, purpose: messages.purpose })
    .from(messages)
    .innerJoin(outbox, sameTenant(outbox, messages, messages.id))
    .where(
      and(eq(messages.workspaceId, workspaceId), eq(messages.applicationId, id), eq(messages.status, "sent")),
    )
    .orderBy(desc(outbox.finishedAt))
    .limit(1);
  const heard = [mail?.at, work?.at].filter((at) => at instanceof Date).sort((a, b) => +b - +a);
  return {
    appliedAt,
    heardAt: heard[0] ?? null,
    sentAt: sent?.at ?? null,
    sentPurpose: sent?.purpose ?? null,
  };
}

/** Whether a letter of the candidate's is on record. */
export async function hasWritten(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<boolean> {
  const rows = await db
    .select({ id: documents.id })
    .from(documents)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        eq(documents.applicationId, id),
        eq(documents.kind, "email"),
        FROM_CANDIDATE,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Files a document as a reply to a message. Doing it again changes nothing. */
export async function insertReply(tx: Db, row: typeof replies.$inferInsert): Promise<void> {
  await tx.insert(replies).values(row).onConflictDoNothing();
}

/** Ids of the documents that answer each of an application's messages. */
export function listReplies(db: Db, workspaceId: string, applicationId: string) {
  return db
    .select({ document: replies.id, message: replies.messageId })
    .from(replies)
    .innerJoin(messages, sameTenant(messages, replies, replies.messageId))
    .where(and(eq(replies.workspaceId, workspaceId), eq(messages.applicationId, applicationId)))
    .orderBy(asc(replies.id));
}

/** The newest of an application's messages with one of these Message-IDs. */
export async function messageAnswered(
  db: Db,
  workspaceId: string,
  applicationId: string,
  ids: readonly string[],
): Promise<{ id: string; status: MessageStatus } | undefined> {
  if (ids.length === 0) return undefined;
  const rows = await db
    .select({ id: messages.id, status: messages.status })
    .from(messages)
    .innerJoin(outbox, sameTenant(outbox, messages, messages.id))
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.applicationId, applicationId),
        inArray(outbox.messageId, [...ids]),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(1);
  return rows[0];
}
