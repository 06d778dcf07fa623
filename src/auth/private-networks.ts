import { BlockList, isIP, isIPv4 } from "node:net";

const networks = new BlockList();
// RFC 1918, link-local, and what carriers and overlay networks share (RFC 6598).
networks.addSubnet("10.0.0.0", 8);
networks.addSubnet("172.16.0.0", 12);
networks.addSubnet("192.168.0.0", 16);
networks.addSubnet("169.254.0.0", 16);
networks.addSubnet("100.64.0.0", 10);
networks.addSubnet("fc00::", 7, "ipv6");
networks.addSubnet("fe80::", 10, "ipv6");

/** Whether an address is of a network that is not the internet. False for this machine's own, and for no address. */
export const isPrivateAddress = (address: string): boolean =>
  isIP(address) !== 0 && networks.check(address, isIPv4(address) ? "ipv4" : "ipv6");
