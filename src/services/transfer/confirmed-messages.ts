import { OUTCOME } from "../../domain/outreach/outbox.ts";
import { appendEvent } from "../../store/events.ts";
import { settleOutbox, unfinished } from "../../store/outreach/outbox.ts";
import type { Db } from "../../store/store.ts";

/**
 * Marks as unknown what was confirmed and had not left when a backup was made. The workspace that it was made of may have
 * sent it since, and nobody is to have it twice.
 * @returns how many there were
 */
export async function keepConfirmedFromLeaving(tx: Db, workspaceId: string, at: Date): Promise<number> {
  const messages = await unfinished(tx, workspaceId);
  for (const { id, applicationId, approvedBy } of messages) {
    const state = { state: "unknown", outcome: OUTCOME.restored, finishedAt: at } as const;
    await settleOutbox(tx, { workspaceId, id }, ["waiting", "sending"], state);
    await appendEvent(tx, {
      ...{ workspaceId, chainId: applicationId, at, kind: "message.handover", memberId: approvedBy },
      ...{ client: "greenflag", tool: "restore", payload: { message: id, state: "unknown" } },
    });
  }
  return messages.length;
}
