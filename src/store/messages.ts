import { and, asc, eq } from "drizzle-orm";
import type { Db } from "./store.ts";
import { messages } from "./tables.ts";

export async function insertMessage(tx: Db, row: typeof messages.$inferInsert): Promise<void> {
  await tx.insert(messages).values(row);
}

/** An application's messages, oldest first. */
export function listMessages(db: Db, workspaceId: string, applicationId: string) {
  return db
    .select()
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.applicationId, applicationId)))
    .orderBy(asc(messages.id));
}
