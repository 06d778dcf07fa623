import { createHmac, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv4 } from "node:net";

/** Made anew by each process, so that nobody can try out addresses on what is kept. */
const KEY = randomBytes(32);

const near = new BlockList();
near.addSubnet("127.0.0.0", 8, "ipv4");
near.addSubnet("10.0.0.0", 8, "ipv4");
near.addSubnet("172.16.0.0", 12, "ipv4");
near.addSubnet("192.168.0.0", 16, "ipv4");
near.addAddress("::1", "ipv6");
near.addSubnet("fc00::", 7, "ipv6");
near.addSubnet("fe80::", 10, "ipv6");

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
  isIP(address) !== 0 && near.check(address, isIPv4(address) ? "ipv4" : "ipv6");

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
