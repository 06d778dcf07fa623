import type { Config } from "../config.ts";
import { dayOf } from "../domain/days.ts";
import { DomainError, notFound } from "../domain/errors.ts";
import { isSafeEmailAddress } from "../domain/outreach/address.ts";
import { listSuppressions, suppress, unsuppress } from "../store/outreach/do-not-contact.ts";
import { findMessage } from "../store/outreach/messages.ts";
import type { Store } from "../store/store.ts";
import { print } from "./terminal.ts";
import { withApp } from "./with-app.ts";

const never = new AbortController().signal;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Adds an address to the do-not-contact list, or removes it. */
export async function suppressAddress(
  config: Config,
  input: { readonly who: string; readonly reason: string; readonly remove: boolean },
): Promise<void> {
  await administer(config, async (store) => {
    const { workspaceId } = store;
    const email = await addressOf(store, input.who.trim());
    const changed = await store.write(never, (tx) =>
      input.remove
        ? unsuppress(tx, workspaceId, email)
        : suppress(tx, { workspaceId, email, reason: input.reason, createdAt: new Date() }),
    );
    const now = input.remove ? "may be written to again" : "is not written to any more";
    print(changed ? `${email} ${now}.` : `${email}: nothing was changed; it was so already.`);
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
