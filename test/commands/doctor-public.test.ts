import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startSmtp } from "../../examples/smtp/server.ts";
import { doctorPublic } from "../../src/commands/doctor-public.ts";
import { createNetwork } from "../../src/commands/public/ask.ts";
import { readConfig } from "../../src/config.ts";
import {
  type AnsweringServer,
  type Page,
  rightServerDocument,
  startAnsweringServer,
} from "../support/answering-server.ts";

const DAY_MS = 86_400_000;
/** Longer than this machine takes, however slow it is. */
const PATIENT_MS = 300_000;
/** An address of the internet; it is told to the check, and nothing goes there. */
const ON_THE_INTERNET = ["93.184.216.34"];

let server: AnsweringServer;
beforeAll(async () => {
  server = await startAnsweringServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.show({});
  server.asked.length = 0;
});
afterEach(() => {
  process.exitCode = undefined;
});

type Changed = {
  readonly url?: string | undefined;
  readonly addresses?: readonly string[];
  readonly trusted?: string | undefined;
  readonly now?: () => Date;
  readonly env?: Record<string, string>;
  readonly deadlineMs?: number;
};

/** What the command prints, line by line. */
async function check(changed: Changed = {}): Promise<string[]> {
  const { addresses = ON_THE_INTERNET, trusted = server.certificate.cert, now, env = {} } = changed;
  const { url = server.origin, deadlineMs = PATIENT_MS } = changed;
  const network = { ...createNetwork({ deadlineMs, ca: trusted }), resolve: async () => addresses };
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    await doctorPublic(readConfig(env), { url, network, ...(now ? { now } : {}) });
    return write.mock.calls.map(([line]) => String(line).trimEnd());
  } finally {
    write.mockRestore();
  }
}
const wrongOf = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith("WRONG"));

describe("greenflag doctor --public", () => {
  it("says of a server that is right, line by line, what is right", async () => {
    const lines = await check();
    const kinds = ["address", "name", "TLS", "server", "clock", "challenge", "path", "resource", "issuer"];
    expect(lines.map((line) => line.slice(0, line.indexOf(":")))).toEqual(
      [...kinds, "sign-in", "keys"].map((what) => `ok    ${what}`),
    );
    expect(lines[0]).toBe(`ok    address: hosts are given ${server.origin}/mcp`);
    expect(lines[2]).toMatch(/lasts until \d{4}-\d\d-\d\d, 89 days$/);
    expect(process.exitCode).toBeUndefined();
  });

  it("reads, and posts nothing but a ping", async () => {
    await check();
    const posts = server.asked.filter((request) => !request.startsWith("GET "));
    expect(posts).toEqual(["POST /mcp", "POST /mcp/", "POST /"]);
  });

  it("takes the address of GREENFLAG_PUBLIC_URL where none is given, and says so where neither is", async () => {
    const network = { ...createNetwork({ deadlineMs: PATIENT_MS }), resolve: async () => [] };
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await doctorPublic(readConfig({ GREENFLAG_PUBLIC_URL: "https://hiring.example.com" }), { network });
    expect(write.mock.calls[0]?.[0]).toContain("https://hiring.example.com/mcp");
    write.mockRestore();
    await expect(doctorPublic(readConfig({}), { network })).rejects.toThrow(
      /GREENFLAG_PUBLIC_URL is not set/,
    );
  });

  const page = (path: string, shown: Page | undefined) => () => server.show({ [path]: shown });
  const AUTHORIZATION = "/.well-known/oauth-authorization-server";
  const RESOURCE = "/.well-known/oauth-protected-resource/mcp";
  const signIn = (more: object) => () =>
    server.show({ [AUTHORIZATION]: { body: { ...rightServerDocument(server.origin), ...more } } });
  const resource = (more: object) => () => {
    const body = { resource: `${server.origin}/mcp`, authorization_servers: [server.origin], ...more };
    server.show({ [RESOURCE]: { body } });
  };
  const challenge = (header: string) =>
    page("/mcp", { status: 401, headers: header === "" ? {} : { "www-authenticate": header } });

  it.each<[what: string, make: () => void, line: RegExp]>([
    [
      "a program that does not run behind its proxy",
      page("/healthz", { status: 502 }),
      /server: .* 502.*reach/,
    ],
    [
      "a database that is away",
      page("/readyz", { status: 503 }),
      /server: .*database does not answer.*DATABASE_URL/,
    ],
    [
      "a redirect",
      page("/healthz", { status: 308, headers: { location: "/x" } }),
      /server: .* 308, a redirect/,
    ],
    [
      "a name that the server refuses",
      page("/mcp", { status: 403 }),
      /challenge: .*403.*GREENFLAG_PUBLIC_URL.*Host/,
    ],
    [
      "a proxy that misses /mcp",
      page("/mcp", { status: 404 }),
      /challenge: \/mcp answers 404.*\/mcp\/\* alone/,
    ],
    ["a redirect of /mcp", page("/mcp", { status: 301 }), /challenge: .*301, a redirect/],
    [
      "a server open to all",
      page("/mcp", { body: { jsonrpc: "2.0", id: 1, result: {} } }),
      /challenge: .*let in/,
    ],
    ["a refusal without a challenge", challenge(""), /challenge: .*without the header WWW-Authenticate/],
    ["a password of the proxy", challenge('Basic realm="x"'), /challenge: .*Take the password off/],
    [
      "a server without sign-in",
      challenge("Bearer"),
      /challenge: .*names no document.*GREENFLAG_AUTH_SECRET/,
    ],
    [
      "a document of another place",
      challenge('Bearer resource_metadata="https://old.example.com/x"'),
      /challenge: .*another document.*GREENFLAG_PUBLIC_URL/,
    ],
    [
      "a proxy that drops the slash",
      page("/mcp/", { status: 401, headers: { "www-authenticate": "Bearer" } }),
      /path: .* at \/mcp\/ as well/,
    ],
    [
      "a proxy that sends all to /mcp",
      page("/", { body: { jsonrpc: "2.0", id: 1, error: {} } }),
      /path: .* at \/ as/,
    ],
    ["no document of the resource", page(RESOURCE, { status: 404 }), /resource: .*answers 404/],
    ["a page instead of that document", page(RESOURCE, { body: "<html>" }), /resource: .*another program/],
    [
      "a slash at the end of the resource",
      () => resource({ resource: `${server.origin}/mcp/` })(),
      /resource: .*with a slash at its end/,
    ],
    [
      "a resource of another address",
      resource({ resource: "https://old.example.com/mcp" }),
      /resource: .*another/,
    ],
    [
      "offline_access among the scopes",
      resource({ scopes_supported: ["offline_access"] }),
      /resource: .*offline_/,
    ],
    [
      "a slash at the end of the issuer",
      () => resource({ authorization_servers: [`${server.origin}/`] })(),
      /issuer: .*with a slash/,
    ],
    [
      "an issuer with a path",
      () => resource({ authorization_servers: [`${server.origin}/auth`] })(),
      /issuer: .*with a path/,
    ],
    [
      "an issuer over http",
      resource({ authorization_servers: ["http://id.example.com"] }),
      /issuer: .*not an https/,
    ],
    ["an issuer that is none", resource({ authorization_servers: ["x"] }), /issuer: it is not an address/],
    ["no document of the sign-in", page(AUTHORIZATION, { status: 404 }), /sign-in: .*answers 404/],
    [
      "a page instead of that document",
      page(AUTHORIZATION, { body: "<html>" }),
      /sign-in: .*another program/,
    ],
    ["another issuer in it", signIn({ issuer: "https://old.example.com" }), /sign-in: .*another issuer/],
    ["no S256", signIn({ code_challenge_methods_supported: ["plain"] }), /sign-in: .*S256/],
    [
      "no public clients",
      signIn({ token_endpoint_auth_methods_supported: ["client_secret_basic"] }),
      /sign-in: .*none/,
    ],
    ["no iss", signIn({ authorization_response_iss_parameter_supported: false }), /sign-in: .*iss_parameter/],
    [
      "no registration",
      signIn({ registration_endpoint: undefined, client_id_metadata_document_supported: false }),
      /sign-in: .*no host register/,
    ],
    ["no keys", page("/auth/jwks", { body: { keys: [] } }), /keys: .*holds no key/],
    ["keys that cannot be read", page("/auth/jwks", { status: 500 }), /keys: .*answers 500/],
    [
      "a clock that is an hour behind",
      page("/healthz", { headers: { date: new Date(Date.now() - 3_600_000).toUTCString() } }),
      /clock: .*behind.*timedatectl/,
    ],
  ])("finds %s", async (_, make, line) => {
    make();
    const wrong = wrongOf(await check());
    expect(wrong.join("\n")).toMatch(line);
    expect(process.exitCode).toBe(1);
    for (const each of wrong) expect(each.split("\n")).toHaveLength(1);
  });

  it("names every fault of a sign-in in one line", async () => {
    signIn({ code_challenge_methods_supported: [], authorization_response_iss_parameter_supported: false })();
    const wrong = wrongOf(await check());
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(/S256.*; it does not say authorization_response_iss/);
  });

  it("goes on to a company's provider, also one with a path", async () => {
    const provider = await startAnsweringServer();
    const issuer = `${provider.origin}/realms/acme`;
    provider.show({
      "/realms/acme/.well-known/openid-configuration": {
        body: { ...rightServerDocument(provider.origin), issuer },
      },
    });
    resource({ authorization_servers: [issuer] })();
    expect(wrongOf(await check())).toEqual([]);
    provider.show({});
    expect(wrongOf(await check()).join()).toMatch(/sign-in: .*realms\/acme.*404/);
    await provider.close();
  });

  it.each<[what: string, url: () => string, line: RegExp]>([
    ["a slash at the end", () => `${server.origin}/mcp/`, /address: it ends in \/mcp\/.*without a slash/],
    ["another path", () => `${server.origin}/api/mcp`, /address: it ends in \/api\/mcp/],
    ["a password", () => server.origin.replace("//", "//u:pass@"), /address: it holds more/],
    ["something that is no address", () => "hiring.example.com", /address: it is not an address/],
  ])("finds an address with %s, and never prints a password", async (_, url, line) => {
    const lines = await check({ url: url() });
    expect(lines[0]).toMatch(line);
    expect(lines.join("\n")).not.toContain("pass@");
  });

  it.each<[what: string, addresses: readonly string[], line: RegExp]>([
    ["has no address", [], /name: localhost has no address.*A record/],
    ["leads into a private network", ["10.0.0.4"], /name: .*10\.0\.0\.4.*not on the internet/],
    ["has IPv6 only", ["2606:2800:220:1::1"], /name: .*IPv6.*IPv4/],
  ])("finds a name that %s", async (_, addresses, line) => {
    expect(wrongOf(await check({ addresses })).join()).toMatch(line);
  });

  it("finds a certificate that nobody trusts, that is for another name, or that ended or ends soon", async () => {
    const other = await startAnsweringServer("other.example.com");
    expect(wrongOf(await check({ trusted: other.certificate.cert })).join()).toMatch(/TLS: .*authority/);
    const named = await check({ url: other.origin, trusted: other.certificate.cert });
    expect(wrongOf(named).join()).toMatch(/TLS: .*for another name/);
    await other.close();
    const inDays = (days: number) => ({ now: () => new Date(Date.now() + days * DAY_MS) });
    expect(wrongOf(await check(inDays(85))).join()).toMatch(/TLS: .*in 4 days, and was not renewed/);
    expect(wrongOf(await check(inDays(91))).join()).toMatch(/TLS: the certificate ended/);
    expect(wrongOf(await check(inDays(-2))).join()).toMatch(/TLS: the certificate begins/);
  });

  it("goes no further where nothing listens, or nobody answers", async () => {
    const silent = createServer((socket) => void socket.on("error", () => {}).resume());
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const url = `https://localhost:${typeof address === "object" ? address?.port : ""}`;
    const lines = await check({ url, deadlineMs: 200 });
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/WRONG TLS: the port: no whole answer came in time.*firewall/);
    await new Promise((resolve) => silent.close(resolve));
    expect((await check({ url }))[2]).toMatch(/WRONG TLS: the port: nothing listens there/);
  });

  it("greets the mail server where one is set, and sends nothing", async () => {
    const smtp = await startSmtp();
    const right = await check({ env: { SMTP_URL: smtp.url } });
    expect(right.at(-1)).toMatch(/^ok {4}mail: .* answers/);
    expect([smtp.connections, smtp.received.length]).toEqual([1, 0]);
    await smtp.close();
    const gone = await check({ env: { SMTP_URL: smtp.url } });
    expect(gone.at(-1)).toMatch(/^WRONG mail: /);
  });
});
