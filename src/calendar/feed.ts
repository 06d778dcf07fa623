import { lookup as resolve } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { DomainError } from "../domain/errors.ts";
import { isPublicAddress } from "./addresses.ts";
import { decodeCalendar } from "./text.ts";

/** The size of the largest calendar that is read. */
export const MAX_CALENDAR_BYTES = 5 * 1024 * 1024;
const FETCH_MS = 10_000;
const MAX_REDIRECTS = 3;

export type FeedOptions = {
  readonly signal: AbortSignal;
  readonly fetchMs?: number | undefined;
  /** For tests only: allows the loopback address, without TLS. */
  readonly loopback?: boolean | undefined;
};

/**
 * A feed that was not read. The message completes a sentence that begins with the calendar's owner. It never holds the
 * address, which may be a secret.
 */
export class NoFeed extends Error {}

/**
 * Fetches a calendar over https. Every address on the way, redirects included, must be public. The socket connects to
 * the same IP address that was checked.
 * @throws NoFeed and, when the caller went away, DomainError `declined`
 */
export async function fetchFeed(url: string, options: FeedOptions): Promise<string> {
  const clock = AbortSignal.timeout(options.fetchMs ?? FETCH_MS);
  const signal = AbortSignal.any([options.signal, clock]);
  let at = url;
  try {
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const answer = await get(requireAllowed(at, options), signal);
      if ("text" in answer) return answer.text;
      at = answer.location;
    }
  } catch (error) {
    if (options.signal.aborted)
      throw new DomainError("declined", "The call was cancelled; nothing was changed.");
    if (clock.aborted) throw new NoFeed("does not answer in time.");
    if (error instanceof NoFeed) throw error;
    throw new NoFeed("cannot be reached.", { cause: error });
  }
  throw new NoFeed("redirects too often.");
}

/**
 * Checks an address without a request. @throws NoFeed unless it is https and its host is public or not resolved yet.
 */
export function requireAllowed(address: string, { loopback }: Pick<FeedOptions, "loopback">): URL {
  if (!URL.canParse(address)) throw new NoFeed("is no address.");
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const here = loopback === true && host === "127.0.0.1";
  if (url.protocol !== "https:" && !(here && url.protocol === "http:"))
    throw new NoFeed("is not an https address.");
  if (url.username !== "" || url.password !== "") throw new NoFeed("carries a user name or password.");
  if (isIP(host) !== 0 && !here && !isPublicAddress(host)) throw refused();
  return url;
}

const refused = (): NoFeed => new NoFeed("leads to an address that is not public.");

/** Looks a host up and refuses addresses that are not public. The socket connects to the address that this returns. */
const lookupPublic: LookupFunction = (host, options, callback) => {
  resolve(host, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
      return callback(refused(), []);
    if (options.all) return callback(null, addresses);
    return callback(null, addresses[0]?.address ?? "", addresses[0]?.family);
  });
};

type FeedResponse = { readonly text: string } | { readonly location: string };

function get(url: URL, signal: AbortSignal): Promise<FeedResponse> {
  return new Promise((done, fail) => {
    const { request } = url.protocol === "https:" ? https : http;
    const headers = { accept: "text/calendar", "accept-encoding": "identity", "user-agent": "greenflag" };
    // No agent, because a kept-open connection could lead to an address that was never checked.
    const sent = request(url, { lookup: lookupPublic, agent: false, headers, signal }, (response) => {
      const { statusCode = 0, headers: got } = response;
      const end = (error: NoFeed) => {
        fail(error);
        response.destroy();
      };
      if (statusCode >= 300 && statusCode < 400 && got.location !== undefined) {
        done({ location: URL.canParse(got.location, url.href) ? new URL(got.location, url).href : "" });
        response.destroy();
        return;
      }
      if (statusCode !== 200) return end(new NoFeed(`answers ${statusCode}.`));
      if (got["content-encoding"] !== undefined && got["content-encoding"] !== "identity")
        return end(new NoFeed("is packed, which was not asked for."));
      if (Number(got["content-length"] ?? 0) > MAX_CALENDAR_BYTES) return end(tooLarge());
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_CALENDAR_BYTES) end(tooLarge());
        else chunks.push(chunk);
      });
      response.on("error", fail);
      response.on("aborted", () => fail(new NoFeed("broke off.")));
      response.on("end", () => done({ text: decodeCalendar(Buffer.concat(chunks)) }));
    });
    sent.on("error", fail);
    sent.end();
  });
}

export const tooLarge = (): NoFeed => new NoFeed("is larger than 5 MB.");
