import { createHash, randomBytes } from "node:crypto";

/** What each token begins with, so that scanners for secrets know one where somebody has left it. */
export const TOKEN_PREFIX = "greenflag_";

const SECRET_BYTES = 32;
const TOKEN = new RegExp(`^${TOKEN_PREFIX}[\\w-]{43}$`);

/** A new token: 256 random bits behind the prefix. */
export const makeToken = (): string => `${TOKEN_PREFIX}${randomBytes(SECRET_BYTES).toString("base64url")}`;

/** Whether a text has the form of a token, whether or not there is such a one. */
export const isToken = (text: string): boolean => TOKEN.test(text);

/** What is stored of a token. One round of SHA-256: nobody guesses 256 random bits, however fast they try. */
export const hashOfToken = (token: string): string => createHash("sha256").update(token).digest("base64url");
