import { and, asc, eq, sql } from "drizzle-orm";
import type { Correspondence } from "../../domain/mail/read-mail.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, candidates, changes, documents, messages, outbox } from "../tables.ts";
import { teamAddresses } from "../team/workspaces.ts";
import type { DocumentRow } from "./documents.ts";

type Key = { readonly workspaceId: string; readonly id: string };

/**
 * Who may write about an application, and what we have sent about it. The candidate's addresses are the one on record,
 * those that were on record before, and those from which a mail came that somebody has said to be theirs.
 */
export async function loadCorrespondence(db: Db, { workspaceId, id }: Key): Promise<Correspondence> {
  const [person] = await db
    .select({ id: candidates.id, email: candidates.email })
    .from(applications)
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.id, id)));
  const earlier = person ? await earlierEmails(db, { workspaceId, id: person.id }) : [];
  const stated = await db
    .select({ from: sql<string | null>`${documents.mail}->>'from'` })
    .from(documents)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        eq(documents.applicationId, id),
        sql`${documents.mail}->>'author' = 'candidate' and (${documents.mail}->>'stated')::boolean`,
      ),
    );
  const sent = await db
    .select({ body: messages.body, messageId: outbox.messageId, from: outbox.fromAddress })
    .from(messages)
    .leftJoin(outbox, sameTenant(outbox, messages, messages.id))
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.applicationId, id)));
  const addresses = (all: readonly (string | null | undefined)[]) => [
    ...new Set(all.flatMap((each) => (each ? [each.toLowerCase()] : []))),
  ];
  const ours = addresses([...(await teamAddresses(db, workspaceId)), ...sent.map(({ from }) => from)]);
  // One of ours that was put on record by mistake stays ours.
  const theirs = earlier.filter((email) => !ours.includes(email));
  const candidate = addresses([person?.email, ...theirs, ...stated.map(({ from }) => from)]);
  return { candidate, team: ours, sent: sent.map(({ body, messageId }) => ({ body, messageId })) };
}

/** The addresses that a person had on record before. */
async function earlierEmails(db: Db, { workspaceId, id }: Key): Promise<string[]> {
  const rows = await db
    .select({ before: changes.before })
    .from(changes)
    .where(
      and(eq(changes.workspaceId, workspaceId), eq(changes.candidateId, id), eq(changes.field, "email")),
    );
  return rows.flatMap(({ before }) => (typeof before === "string" ? [before] : []));
}

/** Puts on record anew what is known about a stored mail. */
export async function saveMail(
  tx: Db,
  { workspaceId, id }: Key,
  read: Pick<DocumentRow, "mail"> & Partial<Pick<DocumentRow, "text" | "apart" | "pages">>,
): Promise<void> {
  await tx
    .update(documents)
    .set(read)
    .where(and(eq(documents.workspaceId, workspaceId), eq(documents.id, id)));
}

const isUnsplit = sql`kind = 'email' and mail is null`;

export async function hasUnsplitMails(db: Db, workspaceId: string): Promise<boolean> {
  const rows = await db
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.workspaceId, workspaceId), isUnsplit))
    .limit(1);
  return rows.length > 0;
}

/** Mails that are stored whole, oldest first, locked until commit; those that another process has locked are left out. */
export function unsplitMails(tx: Db, workspaceId: string, limit: number): Promise<DocumentRow[]> {
  return tx
    .select()
    .from(documents)
    .where(and(eq(documents.workspaceId, workspaceId), isUnsplit))
    .orderBy(asc(documents.id))
    .limit(limit)
    .for("update", { skipLocked: true });
}

/** The oldest words of a person that read like an opt-out and that nobody has looked at. */
export async function openOptOut(db: Db, workspaceId: string, candidateId: string): Promise<string | null> {
  const [row] = await db
    .select({ mail: documents.mail })
    .from(documents)
    .innerJoin(applications, sameTenant(applications, documents, documents.applicationId))
    .where(and(eq(documents.workspaceId, workspaceId), eq(applications.candidateId, candidateId), isOpen))
    .orderBy(asc(documents.id))
    .limit(1);
  return row?.mail?.opt_out?.quote ?? null;
}

const isOpen = sql`${documents.mail}->'opt_out'->>'quote' is not null
  and ${documents.mail}->'opt_out'->>'looked_at' is null`;

/**
 * Somebody has looked at what reads like an opt-out of the person with this address (in lower case).
 * @returns how many mails that were
 */
export async function closeOptOuts(tx: Db, workspaceId: string, email: string, at: Date): Promise<number> {
  const theirs = tx
    .select({ id: applications.id })
    .from(applications)
    .innerJoin(candidates, sameTenant(candidates, applications, applications.candidateId))
    .where(and(eq(applications.workspaceId, workspaceId), sql`lower(${candidates.email}) = ${email}`));
  const isTheirs = sql`(${documents.applicationId} in (${theirs}) or ${documents.mail}->>'from' = ${email})`;
  const looked = sql`jsonb_set(${documents.mail}, '{opt_out,looked_at}', to_jsonb(${at.toISOString()}::text))`;
  const closed = await tx
    .update(documents)
    .set({ mail: looked })
    .where(and(eq(documents.workspaceId, workspaceId), isTheirs, isOpen))
    .returning({ id: documents.id });
  return closed.length;
}
