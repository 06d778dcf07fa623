import { describe, expect, it } from "vitest";
import { peerOf } from "../../src/auth/peer.ts";

const from = (remoteAddress: string, forwarded?: string, isProxied = true) =>
  peerOf(
    { socket: { remoteAddress }, headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded } },
    { isProxied },
  );
const direct = (address: string) => from(address, undefined, false);

describe("where a request comes from", () => {
  it("is what the proxy on this machine or a private network wrote last", () => {
    const expected = direct("198.51.100.7");
    for (const proxy of [
      "127.0.0.1",
      "::1",
      "::ffff:10.0.0.2",
      "172.18.0.3",
      "192.168.1.4",
      "fd00::2",
      "fe80::1%eth0",
    ])
      expect(from(proxy, "203.0.113.9, 198.51.100.7")).toBe(expected);
  });

  it("is the connection where no proxy of ours can have written the header", () => {
    expect(from("198.51.100.7", "203.0.113.9")).toBe(direct("198.51.100.7"));
    expect(from("127.0.0.1", "203.0.113.9", false)).toBe(direct("127.0.0.1"));
  });

  it("is the connection where the header holds no address", () => {
    for (const wrong of ["", "unknown", "198.51.100.7:80", "_hidden", "1.2.3", "198.51.100.7,"])
      expect(from("127.0.0.1", wrong)).toBe(direct("127.0.0.1"));
  });

  it("is of IPv6 the network of 64 bits, however it is written, and of IPv4 the address in either form", () => {
    const expected = direct("2001:db8:0:1::1");
    for (const same of ["2001:db8:0:1::", "2001:DB8:0:1:ffff:1:2:3", "2001:0db8:0000:0001:0:0:0:9"])
      expect(direct(same)).toBe(expected);
    expect(direct("2001:db8:0:2::1")).not.toBe(expected);
    expect(direct("2001:db8::1")).toBe(direct("2001:db8:0:0:1::"));
    expect(direct("::ffff:198.51.100.7")).toBe(direct("198.51.100.7"));
    expect(direct("198.51.100.8")).not.toBe(direct("198.51.100.7"));
  });

  it("holds nothing of the address", () => {
    expect(direct("198.51.100.7")).toMatch(/^[\w-]{22}$/);
  });
});
