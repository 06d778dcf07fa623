import type { IncomingMessage, ServerResponse } from "node:http";
import {
  hostHeaderValidation,
  localhostHostValidation,
  localhostOriginValidation,
  originValidation,
} from "@modelcontextprotocol/node";
import { localhostAllowedHostnames } from "@modelcontextprotocol/server";
import { isPrivateAddress } from "./auth/private-networks.ts";
import { DomainError } from "./domain/errors.ts";

/**
 * Who can connect to an address that is listened on: this machine alone, a network that is not the internet, or everybody,
 * through a proxy that stands in front.
 */
export type Exposure = "machine" | "network" | "public";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Every address of this machine, which a container has to listen on to be reached at all. */
const EVERY_ADDRESS = new Set(["0.0.0.0", "::"]);

/**
 * Who can connect to a server that listens on `host`, and is known by a public address where one is given.
 * @throws DomainError `invalid` for a `host` that is itself a public address, and for a name
 */
export function exposureOf(host: string, publicUrl?: string): Exposure {
  if (LOOPBACK.has(host)) return publicUrl === undefined ? "machine" : "public";
  // A link-local address names its network card behind a percent sign.
  const address = host.replace(/%.*$/, "");
  if (EVERY_ADDRESS.has(address) || isPrivateAddress(address))
    return publicUrl === undefined ? "network" : "public";
  throw new DomainError(
    "invalid",
    `GREENFLAG_HOST: ${host} is neither a loopback address nor one of a private network.`,
    "Use 127.0.0.1, ::1, localhost, an address of a private network, 0.0.0.0 or ::. A server that the internet reaches " +
      "listens there too, behind a proxy that speaks TLS, whose https address is GREENFLAG_PUBLIC_URL.",
  );
}

/** Lets a request pass, or answers it. */
export type Guard = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * What a request has to show before it is looked at. To this machine alone, its host has to be this machine, since a page
 * of another site could otherwise have its own name resolve here. Over a network each call needs a token, which no such
 * page has, and the server is reached by names that it does not know; so there its own pages and no others may call it. A
 * proxy hands on the public name, and checks of this machine's own use a local one.
 */
export function guardsFor(
  exposure: Exposure,
  publicUrl?: string,
): { readonly isOurHost: Guard; readonly isOurOrigin: Guard } {
  const isLocalOrigin = localhostOriginValidation();
  if (publicUrl !== undefined) {
    const { hostname } = new URL(publicUrl);
    return {
      isOurHost: hostHeaderValidation([...localhostAllowedHostnames(), hostname]),
      isOurOrigin: originValidation([hostname]),
    };
  }
  if (exposure === "machine") return { isOurHost: localhostHostValidation(), isOurOrigin: isLocalOrigin };
  return {
    isOurHost: () => true,
    isOurOrigin: (request, response) => isOwnPage(request) || isLocalOrigin(request, response),
  };
}

function isOwnPage({ headers: { origin = "", host } }: IncomingMessage): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
