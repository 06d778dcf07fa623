import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";

/** After this time keys are read again, so that one that was withdrawn is not trusted for long. */
const FRESH_MS = 10 * 60_000;
/** While they cannot be read, the last ones are used up to this age. */
const KEPT_MS = 60 * 60_000;
/** The least time between two attempts, however many unknown keys are named. */
const PAUSE_MS = 30_000;

/** No token can be checked now, because the issuer's keys are not known. It says nothing about the token. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

/**
 * Keys of an issuer, kept between requests. They are read when first needed, when they are old, and when a token names
 * one that is not among them; at most once in half a minute, whether or not it works. (The set that `jose` fetches by
 * itself waits only after a success, so each request would be sent on to an issuer that is down.)
 * @param load reads the keys anew, and reports by itself why it could not
 * @throws KeysUnavailable when none are known; errors of `jose` when no key fits the token.
 */
export function createSigningKeys(
  load: () => Promise<JSONWebKeySet>,
  now: () => number = Date.now,
): JWTVerifyGetKey {
  let keys: { readonly find: JWTVerifyGetKey; readonly loadedAt: number } | undefined;
  let nextTry = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  async function loadOnce(): Promise<void> {
    // After the first time that it works, a token may name a newer key at once.
    if (keys !== undefined) nextTry = now() + PAUSE_MS;
    try {
      keys = { find: createLocalJWKSet(await load()), loadedAt: now() };
    } catch {
      nextTry = now() + PAUSE_MS;
    }
  }
  /** Reads the keys again unless that was just tried; who comes meanwhile waits for the same attempt. */
  async function renew(): Promise<void> {
    if (loading === undefined && now() >= nextTry)
      loading = loadOnce().finally(() => {
        loading = undefined;
      });
    await loading;
  }
  const age = () => (keys === undefined ? Number.POSITIVE_INFINITY : now() - keys.loadedAt);
  const find: JWTVerifyGetKey = (header, token) => {
    if (keys === undefined || age() > KEPT_MS) throw new KeysUnavailable("the issuer's keys are not known");
    return keys.find(header, token);
  };

  return async (header, token) => {
    if (age() > FRESH_MS) await renew();
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await renew();
      return find(header, token);
    }
  };
}
