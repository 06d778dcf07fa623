import { notFound } from "../../domain/errors.ts";
import { listSuppressions, suppress, unsuppress } from "../../store/outreach/do-not-contact.ts";
import { findMessage } from "../../store/outreach/messages.ts";
import type { Db } from "../../store/store.ts";
import type { Upkeep } from "../upkeep.ts";

const list = (at: Upkeep): Promise<Awaited<ReturnType<typeof listSuppressions>>> =>
  at.read((db) => listSuppressions(db, at.workspaceId));

type Suppression = {
  /** An address, or the id of a message that went to it. */
  readonly who: { readonly email: string } | { readonly message: string };
  readonly reason: string;
  readonly remove: boolean;
};

/** Puts an address on the list of those that are not written to, or takes it off. */
async function set(
  at: Upkeep,
  { who, reason, remove }: Suppression,
): Promise<{ readonly email: string; readonly changed: boolean }> {
  const { workspaceId } = at;
  return at.write(async (tx) => {
    const email = "email" in who ? who.email : await recipientOf(tx, workspaceId, who.message);
    const changed = remove
      ? await unsuppress(tx, workspaceId, email)
      : await suppress(tx, { workspaceId, email, reason, createdAt: new Date() });
    return { email, changed };
  });
}

async function recipientOf(tx: Db, workspaceId: string, id: string): Promise<string> {
  const loaded = await findMessage(tx, workspaceId, id);
  if (!loaded) throw notFound("message", id, "Name the address instead.");
  return loaded.message.recipient.toLowerCase();
}

/** Who is not written to any more. */
export const suppressions = { list, set };
