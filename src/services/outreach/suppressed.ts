import { hashKeyOf } from "../../store/candidates/erasures.ts";
import { isListed } from "../../store/outreach/do-not-contact.ts";
import type { Db } from "../../store/store.ts";
import { hashedForms, keptForms } from "../candidates/erased-people.ts";

/** Whether nobody writes to an address (in lower case): it is on the do-not-contact list, or its owner was erased. */
export const isSuppressed = async (db: Db, workspaceId: string, email: string): Promise<boolean> =>
  isListed(db, workspaceId, await formsOfAddress(db, workspaceId, email));

/** An address (in lower case) as the do-not-contact list may have it: itself, and its hash. */
export async function formsOfAddress(db: Db, workspaceId: string, email: string): Promise<string[]> {
  const key = await hashKeyOf(db, workspaceId);
  return [email, ...hashedForms(key, keptForms({ email }))];
}
