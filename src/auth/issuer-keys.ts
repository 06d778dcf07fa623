import type { JSONWebKeySet } from "jose";
import * as z from "zod";
import { isPrivateOnTheWay } from "../domain/web-address.ts";

const LONGEST_DOCUMENT = 256 * 1024;
const PATIENCE_MS = 5_000;

const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });
const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

/**
 * Reads the signing keys of a company's sign-in provider as OpenID Connect Discovery 1.0 has it: the document of the
 * issuer names the address of the keys. Both are read over https (an issuer on this machine may use http), without
 * redirects, up to a size and within a time.
 * @param issuer exactly as the provider writes it
 * @param patienceMs how long each of the two documents may take
 * @throws Error when a document is not there, too long, late, redirected, not what it should be, or of another issuer.
 */
export async function loadIssuerKeys(issuer: string, patienceMs = PATIENCE_MS): Promise<JSONWebKeySet> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const metadata = Metadata.parse(await readJson(address, patienceMs));
  if (metadata.issuer !== issuer) throw new Error("the provider's document names another issuer");
  if (!isPrivateOnTheWay(metadata.jwks_uri))
    throw new Error("the provider's keys are not at an https address");
  return KeySet.parse(await readJson(metadata.jwks_uri, patienceMs));
}

async function readJson(address: string, patienceMs: number): Promise<unknown> {
  const answer = await fetch(address, {
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
    headers: { accept: "application/json" },
  });
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel();
    throw new Error(`the provider answered ${answer.status}`);
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body) {
    length += piece.byteLength;
    // Leaving the loop cancels what is still to come.
    if (length > LONGEST_DOCUMENT) throw new Error("the provider's document is too long");
    pieces.push(piece);
  }
  return JSON.parse(Buffer.concat(pieces).toString("utf8"));
}
