import { and, asc, eq } from "drizzle-orm";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { members, offers } from "../tables.ts";

/** A version, with the e-mail of whoever wrote it last. */
export type StoredOffer = typeof offers.$inferSelect & { readonly by: string };

/** Every version of an application's offer, oldest first. */
export async function listOffers(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<StoredOffer[]> {
  const rows = await db
    .select({ offer: offers, by: members.email })
    .from(offers)
    .innerJoin(members, sameTenant(members, offers, offers.recordedBy))
    .where(and(eq(offers.workspaceId, workspaceId), eq(offers.applicationId, id)))
    .orderBy(asc(offers.version));
  return rows.map(({ offer, by }) => ({ ...offer, by }));
}

/** Stores a version. A version with the same number is replaced. */
export async function saveOffer(tx: Db, row: typeof offers.$inferInsert): Promise<void> {
  const { workspaceId: _, id: __, applicationId: ___, version: ____, ...set } = row;
  await tx
    .insert(offers)
    .values(row)
    .onConflictDoUpdate({ target: [offers.workspaceId, offers.applicationId, offers.version], set });
}
