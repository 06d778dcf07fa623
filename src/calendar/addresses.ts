import { BlockList, isIP, isIPv6 } from "node:net";

// Every range outside the public internet, after the IANA special-purpose registries (IPv4 and IPv6).
// There are two lists because BlockList also checks an IPv4 address in its IPv6-mapped form. With one list, ::/3 would
// block all of IPv4.
const special = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  special.ipv4.addSubnet(net, bits, "ipv4");
// Of IPv6 only 2000::/3 is routed. The ranges below lie inside it: tunnels, which can reach any IPv4 address, and
// documentation.
for (const [net, bits] of [
  ["::", 3],
  ["4000::", 2],
  ["8000::", 1],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  special.ipv6.addSubnet(net, bits, "ipv6");

/** Whether an IP address belongs to the public internet. False for a text that is no IP address. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  return !special[family].check(address, family);
}
