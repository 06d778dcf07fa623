import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { exposureOf, guardsFor } from "../src/exposure.ts";

describe("who can connect to an address that is listened on", () => {
  it.each(["127.0.0.1", "::1", "localhost"])("is this machine alone for %s", (host) => {
    expect(exposureOf(host)).toBe("machine");
  });

  it.each(["127.0.0.1", "10.0.0.1", "0.0.0.0"])("is everybody for %s behind a public address", (host) => {
    expect(exposureOf(host, "https://hiring.example.test")).toBe("public");
  });

  it.each([
    ...["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.178.20", "169.254.7.7"],
    ...[
      "100.64.0.1",
      "100.127.255.255",
      "0.0.0.0",
      "::",
      "fc00::1",
      "fdff::1",
      "fe80::1%eth0",
      "::ffff:10.0.0.1",
    ],
  ])("is a private network for %s", (host) => {
    expect(exposureOf(host)).toBe("network");
  });

  it.each([
    ...["8.8.8.8", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.0.1", "192.169.0.1"],
    ...[
      "100.63.255.255",
      "100.128.0.0",
      "0.0.0.1",
      "127.0.0.2",
      "2001:4860::8888",
      "::2",
      "fec0::1",
      "::ffff:8.8.8.8",
    ],
    ...["hiring.example.test", "10.0.0", "10.0.0.1:80", "[::1]", "", " 10.0.0.1", "255.255.255.255"],
  ])("cannot be told or is the internet for %j, which is refused", (host) => {
    expect(() => exposureOf(host)).toThrow(
      /^GREENFLAG_HOST: .* is neither a loopback address nor one of a private/,
    );
  });

  it("is told with what makes a server public", () => {
    expect(() => exposureOf("8.8.8.8")).toThrow(
      expect.objectContaining({
        hint: expect.stringMatching(/127\.0\.0\.1.*0\.0\.0\.0.*TLS.*GREENFLAG_PUBLIC_URL/),
      }),
    );
  });
});

/** Whether a request with these headers passes both guards. */
function passes(exposure: "machine" | "network", headers: { host?: string; origin?: string }): boolean {
  const { isOurHost, isOurOrigin } = guardsFor(exposure);
  const request = { headers } as IncomingMessage;
  const response = { writeHead: () => response, setHeader: () => response, end: () => response };
  const answer = response as unknown as ServerResponse;
  return isOurHost(request, answer) && isOurOrigin(request, answer);
}

describe("a request", () => {
  it("to this machine alone has to name it, and come from no page of another site", () => {
    expect(passes("machine", { host: "127.0.0.1:3130" })).toBe(true);
    expect(passes("machine", { host: "localhost:3130", origin: "http://localhost:6274" })).toBe(true);
    expect(passes("machine", { host: "evil.example" })).toBe(false);
    expect(passes("machine", { host: "evil.example", origin: "http://evil.example" })).toBe(false);
    expect(passes("machine", { host: "127.0.0.1:3130", origin: "https://evil.example" })).toBe(false);
  });

  it("over a network may name the server as it likes, and comes from the server's own pages or from none", () => {
    const host = "hiring.internal:3130";
    expect(passes("network", { host })).toBe(true);
    expect(passes("network", { host, origin: `http://${host}` })).toBe(true);
    expect(passes("network", { host, origin: "http://localhost:6274" })).toBe(true);
    for (const origin of [
      "https://evil.example",
      "null",
      "http://hiring.internal",
      "x",
      `http://${host}, http://a`,
    ])
      expect(passes("network", { host, origin }), origin).toBe(false);
  });
});
