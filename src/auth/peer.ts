import { createHmac, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { isPrivateAddress } from "./private-networks.ts";

/** Made anew by each process, so that nobody can try out addresses on what is kept. */
const KEY = randomBytes(32);

type Arrived = {
  readonly headers: IncomingMessage["headers"];
  readonly socket: Pick<IncomingMessage["socket"], "remoteAddress">;
};

/**
 * A hash that tells apart where requests come from, and from which no address can be read. Behind a proxy of ours it is
 * of the address that the proxy has written last; what a stranger writes into the header stands before that. Of IPv6
 * it is of the network of 64 bits, which one subscriber has whole.
 * @param isProxied whether a proxy stands before this server. It is believed on this machine or a private network only.
 */
export function peerOf({ headers, socket }: Arrived, { isProxied }: { readonly isProxied: boolean }): string {
  const direct = plain(socket.remoteAddress ?? "");
  const forwarded = headers["x-forwarded-for"];
  const told = plain(
    String(forwarded ?? "")
      .split(",")
      .at(-1)
      ?.trim() ?? "",
  );
  const address = isProxied && isNear(direct) && isIP(told) !== 0 ? told : direct;
  return createHmac("sha256", KEY).update(networkOf(address)).digest("base64url").slice(0, 22);
}

const isNear = (address: string): boolean =>
  address === "::1" || /^127\./.test(address) || isPrivateAddress(address);

/** An IPv4 address that came in its IPv6 form, as IPv4; without the zone of a link. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");

function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [before = "", after = ""] = address.toLowerCase().split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [start, end] = [groups(before), groups(after)];
  const zeros = address.includes("::")
    ? Array<string>(Math.max(0, 8 - start.length - end.length)).fill("0")
    : [];
  return [...start, ...zeros, ...end]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
