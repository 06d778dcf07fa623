import type { IncomingMessage } from "node:http";

/** A host and, behind a colon, a port: no user, path or query, which an address made of it would take for its own. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/**
 * The target of a request as a path with its query. What a proxy sends is a whole address, and then has to name the host
 * that the header names (RFC 9112, 3.2.2). Undefined where it is no address, or not one of a page: with a user in it, of
 * another scheme or host, or with a NUL, which no database takes.
 */
export function targetOf({ url = "/", headers: { host } }: Pick<IncomingMessage, "url" | "headers">) {
  if (host !== undefined && !HOST.test(host)) return undefined;
  const address = url.startsWith("/") ? `http://${host ?? "localhost"}${url}` : url;
  if (!URL.canParse(address) || /%00/.test(address)) return undefined;
  const { protocol, username, password, host: named, pathname, search } = new URL(address);
  if (!/^https?:$/.test(protocol) || username !== "" || password !== "") return undefined;
  const isOther = host !== undefined && new URL(`${protocol}//${host}`).host !== named;
  return isOther ? undefined : { pathname, target: pathname + search };
}
