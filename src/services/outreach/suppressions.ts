import { notFound } from "../../domain/errors.ts";
import { closeOptOuts } from "../../store/candidates/mails.ts";
import { listSuppressions, suppress, unsuppress } from "../../store/outreach/do-not-contact.ts";
import { findMessage } from "../../store/outreach/messages.ts";
import type { Db } from "../../store/store.ts";
import type { Upkeep } from "../upkeep.ts";
import { formsOfAddress } from "./suppressed.ts";

const list = (at: Upkeep): Promise<Awaited<ReturnType<typeof listSuppressions>>> =>
  at.read((db) => listSuppressions(db, at.workspaceId));

type Suppression = {
  /** An address, or the id of a message that went to it. */
  readonly who: { readonly email: string } | { readonly message: string };
  readonly reason: string;
  readonly remove: boolean;
};

/**
 * Puts an address on the list of those that are not written to, or takes it off. Either way somebody has looked at what
 * its mails say about it (`looked` of them), and drafts to it are not held up any more by that.
 */
async function set(
  at: Upkeep,
  { who, reason, remove }: Suppression,
): Promise<{ readonly email: string; readonly changed: boolean; readonly looked: number }> {
  const { workspaceId } = at;
  return at.write(async (tx) => {
    const email = "email" in who ? who.email : await recipientOf(tx, workspaceId, who.message);
    const now = new Date();
    const changed = remove
      ? await unsuppress(tx, workspaceId, await formsOfAddress(tx, workspaceId, email))
      : await suppress(tx, { workspaceId, email, reason, createdAt: now });
    return { email, changed, looked: await closeOptOuts(tx, workspaceId, email, now) };
  });
}

async function recipientOf(tx: Db, workspaceId: string, id: string): Promise<string> {
  const loaded = await findMessage(tx, workspaceId, id);
  if (!loaded) throw notFound("message", id, "Name the address instead.");
  return loaded.message.recipient.toLowerCase();
}

/** Who is not written to any more. */
export const suppressions = { list, set };
