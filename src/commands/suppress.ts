import type { Config } from "../config.ts";
import { dayOf } from "../domain/days.ts";
import { DomainError } from "../domain/errors.ts";
import { isSafeEmailAddress } from "../domain/outreach/address.ts";
import { pluralize } from "../domain/pluralize.ts";
import { print } from "./terminal.ts";
import { withUpkeep } from "./with-app.ts";

const COMMAND = "greenflag suppress";
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Adds an address to the do-not-contact list, or removes it. Either way somebody has looked at what its mails say about
 * it, and drafts to it are not held up any more by that.
 */
export async function suppressAddress(
  config: Config,
  input: { readonly who: string; readonly reason: string; readonly remove: boolean },
): Promise<void> {
  const who = readWho(input.who.trim());
  await withUpkeep(config, { command: COMMAND }, async (at, { suppressions }) => {
    const { email, changed, looked } = await suppressions.set(at, { ...input, who });
    const now = input.remove ? "may be written to again" : "is not written to any more";
    print(changed || looked > 0 ? `${email} ${now}.` : `${email}: nothing was changed; it was so already.`);
    if (looked > 0)
      print(`On record: somebody has looked at ${pluralize(looked, "mail")} that read like an opt-out.`);
  });
}

export async function listSuppressed(config: Config): Promise<void> {
  await withUpkeep(config, { command: COMMAND, isRead: true }, async (at, { suppressions }) => {
    const list = await suppressions.list(at);
    if (list.length === 0) print("Nobody has asked not to be written to.");
    for (const { email, reason, createdAt } of list) print(`${dayOf(createdAt)} ${nameOf(email)}  ${reason}`);
  });
}

/** An erased person's address stands there as a hash. */
const nameOf = (email: string): string =>
  email.includes("@") ? email : "somebody who was erased (their address is kept as a hash)";

/** An address, or the id of a message that went to it: an opt-out by link names the message. */
function readWho(who: string): { readonly email: string } | { readonly message: string } {
  if (UUID.test(who)) return { message: who.toLowerCase() };
  if (isSafeEmailAddress(who)) return { email: who.toLowerCase() };
  throw new DomainError(
    "invalid",
    `${JSON.stringify(who)} is neither an e-mail address nor the id of a message.`,
  );
}
