import type { Config } from "../config.ts";
import { dayOf } from "../domain/days.ts";
import { DomainError, notFound } from "../domain/errors.ts";
import { isSafeEmailAddress } from "../domain/outreach/address.ts";
import { pluralize } from "../domain/pluralize.ts";
import { closeOptOuts } from "../store/candidates/mails.ts";
import { listSuppressions, suppress, unsuppress } from "../store/outreach/do-not-contact.ts";
import { findMessage } from "../store/outreach/messages.ts";
import type { Store } from "../store/store.ts";
import { print } from "./terminal.ts";
import { withApp } from "./with-app.ts";

const never = new AbortController().signal;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Adds an address to the do-not-contact list, or removes it. Either way somebody has looked at what its mails say about
 * it, and drafts to it are not held up any more by that.
 */
export async function suppressAddress(
  config: Config,
  input: { readonly who: string; readonly reason: string; readonly remove: boolean },
): Promise<void> {
  await administer(config, async (store) => {
    const { workspaceId } = store;
    const email = await addressOf(store, input.who.trim());
    const at = new Date();
    const { isNew, looked } = await store.write(never, async (tx) => {
      const changed = input.remove
        ? await unsuppress(tx, workspaceId, email)
        : await suppress(tx, { workspaceId, email, reason: input.reason, createdAt: at });
      return { isNew: changed, looked: await closeOptOuts(tx, workspaceId, email, at) };
    });
    const now = input.remove ? "may be written to again" : "is not written to any more";
    print(isNew || looked > 0 ? `${email} ${now}.` : `${email}: nothing was changed; it was so already.`);
    if (looked > 0)
      print(`On record: somebody has looked at ${pluralize(looked, "mail")} that read like an opt-out.`);
  });
}

export async function listSuppressed(config: Config): Promise<void> {
  await administer(config, async (store) => {
    const list = await store.read((db) => listSuppressions(db, store.workspaceId));
    if (list.length === 0) print("Nobody has asked not to be written to.");
    for (const { email, reason, createdAt } of list) print(`${dayOf(createdAt)} ${email}  ${reason}`);
  });
}

/** The address given, or the recipient of the message given by its id. An opt-out link holds only the id. */
async function addressOf(store: Store, who: string): Promise<string> {
  if (UUID.test(who)) {
    const loaded = await store.read((db) => findMessage(db, store.workspaceId, who.toLowerCase()));
    if (!loaded) throw notFound("message", who, "Name the address instead.");
    return loaded.message.recipient.toLowerCase();
  }
  if (isSafeEmailAddress(who)) return who.toLowerCase();
  throw new DomainError(
    "invalid",
    `${JSON.stringify(who)} is neither an e-mail address nor the id of a message.`,
  );
}

const administer = (config: Config, work: (store: Store) => Promise<void>): Promise<void> =>
  withApp(config, { command: "greenflag suppress" }, async (app) => work(await app.store()));
