import { createHash } from "node:crypto";
import type { AccessToken } from "./access-token.ts";

/** As many as people of a large team have at once. */
const MAX_TOKENS = 1_000;
/** A token is checked again after this time, so that a withdrawn key does not open anything for longer. */
const TRUSTED_MS = 5 * 60_000;

type Check = (token: string) => Promise<AccessToken>;

/**
 * Remembers what a token said when it was checked, because checking a signature is most of what a signed-in call costs
 * more. Kept are hashes, in memory only, of good tokens only, and no longer than the token is valid. Who its member is
 * now is looked up elsewhere, each time.
 */
export function rememberChecked(check: Check, now: () => number = Date.now): Check {
  const checked = new Map<string, { readonly said: AccessToken; readonly until: number }>();
  return async (token) => {
    const hash = createHash("sha256").update(token).digest("base64");
    const known = checked.get(hash);
    if (known !== undefined && now() < known.until) return known.said;
    checked.delete(hash);
    const said = await check(token);
    checked.set(hash, { said, until: Math.min(now() + TRUSTED_MS, said.expiresAt * 1_000) });
    const [oldest] = checked.keys();
    if (checked.size > MAX_TOKENS && oldest !== undefined) checked.delete(oldest);
    return said;
  };
}
