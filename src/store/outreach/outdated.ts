import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, messages } from "../tables.ts";
import type { MessageRow } from "./messages.ts";

/** Messages to a person that have not left, or not for sure, about any application of theirs, oldest first. */
export function unsentToCandidate(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<{ message: MessageRow; ref: string }[]> {
  return db
    .select({ message: messages, ref: applications.ref })
    .from(messages)
    .innerJoin(applications, sameTenant(applications, messages, messages.applicationId))
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(applications.candidateId, id),
        inArray(messages.status, ["draft", "approved", "failed", "unknown"]),
      ),
    )
    .orderBy(asc(messages.id));
}

/** Puts on record which fields' earlier values a message carries. */
export async function markOutdated(
  tx: Db,
  { workspaceId, id, outdated }: Pick<MessageRow, "workspaceId" | "id" | "outdated">,
): Promise<void> {
  await tx
    .update(messages)
    .set({ outdated })
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id)));
}

/** Messages to a person, about any application of theirs, that were made from lines of their documents. */
export async function citingMessages(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<MessageRow[]> {
  const rows = await db
    .select({ message: messages })
    .from(messages)
    .innerJoin(applications, sameTenant(applications, messages, messages.applicationId))
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(applications.candidateId, id),
        sql`${messages.madeFrom} -> 'facts' -> 'evidence' <> '[]'::jsonb`,
      ),
    )
    .orderBy(asc(messages.id));
  return rows.map(({ message }) => message);
}

/** Puts on record what a message was made from, where some of it is gone. */
export async function saveMadeFrom(
  tx: Db,
  { workspaceId, id, madeFrom }: Pick<MessageRow, "workspaceId" | "id" | "madeFrom">,
): Promise<void> {
  await tx
    .update(messages)
    .set({ madeFrom })
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id)));
}
