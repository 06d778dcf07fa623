/** The names by which a machine reaches itself. */
const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether nobody on the way can read what is sent to this address: https, or http that stays on this machine. False for a
 * text that is no address.
 */
export function isPrivateOnTheWay(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && LOOPBACK_NAMES.has(hostname));
}
