import { and, desc, eq, inArray } from "drizzle-orm";
import type { Db } from "../store.ts";
import { consents } from "../tables.ts";

export type ConsentRow = typeof consents.$inferSelect;

/** The consent that counts of each of these people, or of everybody: the newest. */
export const newestConsents = (
  db: Db,
  workspaceId: string,
  people?: readonly string[],
): Promise<ConsentRow[]> =>
  db
    .selectDistinctOn([consents.candidateId])
    .from(consents)
    .where(
      and(
        eq(consents.workspaceId, workspaceId),
        people === undefined ? undefined : inArray(consents.candidateId, [...people]),
      ),
    )
    .orderBy(consents.candidateId, desc(consents.recordedAt), desc(consents.id));

/** Every consent of a person, the oldest first. */
export const listConsents = (db: Db, workspaceId: string, candidateId: string): Promise<ConsentRow[]> =>
  db
    .select()
    .from(consents)
    .where(and(eq(consents.workspaceId, workspaceId), eq(consents.candidateId, candidateId)))
    .orderBy(consents.recordedAt, consents.id);

/** Puts a consent, or its withdrawal, on record. */
export async function insertConsent(tx: Db, row: ConsentRow): Promise<void> {
  await tx.insert(consents).values(row);
}
