import type { JSONWebKeySet } from "jose";
import { DomainError } from "../domain/errors.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import { createBearerGate } from "./bearer-gate.ts";
import { either, type Gate, openGate } from "./gate.ts";
import { loadIssuerKeys } from "./issuer-keys.ts";
import { createSigningKeys } from "./signing-keys.ts";

export type GateSettings = {
  /** The origin by which clients know this server. Without it, nobody signs in. */
  readonly publicUrl?: string | undefined;
  /** A company's own provider. */
  readonly oidcIssuer?: string | undefined;
};

export type GateDeps = {
  readonly services: () => Promise<Services>;
  readonly log: Log;
  /** The gate for personal tokens, where there is one. */
  readonly personal?: Gate;
  /** The keys of the authorization server inside, where there is one. Its issuer is the public origin. */
  readonly ownKeys?: () => Promise<JSONWebKeySet>;
};

/**
 * The gate of a server with these settings. With a public address, people sign in at one issuer, or bring a personal token.
 * @throws DomainError `invalid` for settings that contradict each other, or with which nobody could sign in.
 */
export function gateFor(
  { publicUrl, oidcIssuer }: GateSettings,
  { services, log, personal, ownKeys }: GateDeps,
): Gate {
  if (publicUrl === undefined) {
    if (oidcIssuer !== undefined)
      throw new DomainError(
        "invalid",
        "GREENFLAG_OIDC_ISSUER is set without GREENFLAG_PUBLIC_URL.",
        "Set GREENFLAG_PUBLIC_URL to the https:// origin by which people reach this server: tokens are made for it.",
      );
    return personal ?? openGate;
  }
  if (oidcIssuer !== undefined && ownKeys !== undefined)
    throw new DomainError(
      "invalid",
      "GREENFLAG_OIDC_ISSUER is set, and so is a way to sign in at this server itself.",
      "Keep one: with a company's provider there is no sign-in here.",
    );
  const issuer = oidcIssuer ?? publicUrl;
  const load = oidcIssuer === undefined ? ownKeys : () => loadIssuerKeys(oidcIssuer);
  if (load === undefined) {
    if (personal !== undefined) return personal;
    throw new DomainError(
      "invalid",
      "GREENFLAG_PUBLIC_URL is set, but nobody could sign in.",
      "Set GREENFLAG_OIDC_ISSUER to the issuer of your sign-in provider.",
    );
  }
  const keys = createSigningKeys(() =>
    load().catch((error: unknown) => {
      log.warn({ err: error }, "the keys of the sign-in provider could not be read");
      throw error;
    }),
  );
  const isOwn = oidcIssuer === undefined;
  const resource = `${publicUrl}/mcp`;
  const signIn = createBearerGate({ issuer: { issuer, keys, isOwn }, resource, services, log });
  return personal === undefined ? signIn : either({ personal, signIn });
}
