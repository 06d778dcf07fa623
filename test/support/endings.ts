import type { Db, Store } from "../../src/store/store.ts";
import type { Harness } from "./harness.ts";

/** Moves an application, as a person agrees to it where they are asked. */
export async function move(greenflag: Harness, application: string, to: string): Promise<void> {
  const args = { application, to, override: true, reason: "Test" };
  const { confirmation } = await greenflag.ok("move_candidate", args);
  if (confirmation) await greenflag.ok("move_candidate", { ...args, confirm: confirmation.code });
}

/** Ends an application, as a person agrees to it. */
export async function end(
  greenflag: Harness,
  application: string,
  to: "rejected" | "withdrawn" = "rejected",
): Promise<void> {
  const args = { application, to, reason: "Not this time" };
  const { confirmation } = await greenflag.ok("move_candidate", args);
  if (confirmation) await greenflag.ok("move_candidate", { ...args, confirm: confirmation.code });
}

/** Records that a person sent a draft themselves. */
export async function sentByHand(greenflag: Harness, message: string): Promise<void> {
  const byHand = { message, sent_by_hand: true };
  const { confirmation } = await greenflag.ok("send_message", byHand);
  await greenflag.ok("send_message", { ...byHand, confirm: confirmation.code });
}

/** Changes rows that no call of a tool changes. */
export const write = <T>(store: Store, change: (tx: Db) => Promise<T>): Promise<T> =>
  store.write(new AbortController().signal, change);
