import { createHash, randomBytes } from "node:crypto";

const SECRET_BYTES = 32;

/** A secret that fits into an address, and its hash: only that is stored. */
export function makeSecret(): { readonly secret: string; readonly hash: string } {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  return { secret, hash: hashOf(secret) };
}

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");
