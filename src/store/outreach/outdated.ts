import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, messages } from "../tables.ts";
import type { MessageRow } from "./messages.ts";

type Person = { readonly workspaceId: string; readonly id: string };
type ToPerson = { readonly message: MessageRow; readonly ref: string };

/** Messages to a person that have not left, or not for sure, about any application of theirs, oldest first. */
export const unsentToCandidate = (db: Db, person: Person): Promise<ToPerson[]> =>
  toCandidate(db, person, inArray(messages.status, ["draft", "approved", "failed", "unknown"]));

/** Messages to a person that were made from lines of their documents, sent or not, oldest first. */
export const citingToCandidate = (db: Db, person: Person): Promise<ToPerson[]> =>
  toCandidate(db, person, sql`${messages.madeFrom} -> 'facts' -> 'evidence' <> '[]'::jsonb`);

const toCandidate = (db: Db, { workspaceId, id }: Person, which: SQL): Promise<ToPerson[]> =>
  db
    .select({ message: messages, ref: applications.ref })
    .from(messages)
    .innerJoin(applications, sameTenant(applications, messages, messages.applicationId))
    .where(and(eq(messages.workspaceId, workspaceId), eq(applications.candidateId, id), which))
    .orderBy(asc(messages.id));

/** Puts on record which fields' earlier values a message carries, and what it was made from where some of that is gone. */
export async function saveBasis(
  tx: Db,
  { workspaceId, id }: Pick<MessageRow, "workspaceId" | "id">,
  basis: Partial<Pick<MessageRow, "outdated" | "madeFrom">>,
): Promise<void> {
  await tx
    .update(messages)
    .set(basis)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id)));
}
