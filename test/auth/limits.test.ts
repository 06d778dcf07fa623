import { afterEach, describe, expect, it } from "vitest";
import { useDatabase } from "../support/database.ts";
import { type Asked, type HttpOptions, type HttpServer, mcpRequest, startHttp } from "../support/http.ts";

const MIA = "mia@example.test";
const BEN = "ben@example.test";
const PUBLIC = { publicUrl: "https://greenflag.example.test" };

const database = useDatabase();
let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(options: HttpOptions = {}): Promise<HttpServer> {
  server = await startHttp(await database.workspace(), [MIA, BEN], options);
  return server;
}

const ping = (token: string | undefined, headers: Record<string, string> = {}) => {
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  return mcpRequest(
    { jsonrpc: "2.0", id: 1, method: "tools/list", params: { _meta: meta } },
    {
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/list",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  );
};
const post = (path: string, body: object, headers: Record<string, string> = {}): Asked => ({
  method: "POST",
  path,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});
/** The statuses of one request, sent so often, one after the other. */
async function statuses(many: number, asked: () => Asked): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < many; i++) all.push((await server?.send(asked()))?.status ?? 0);
  return all;
}
const times = (many: number, status: number): number[] => Array<number>(many).fill(status);

describe("tokens that are tried", () => {
  it("are answered 401 twenty times, then 429 with when to try again, then 401 once that is over", async () => {
    const { send, clock } = await start();
    expect(await statuses(22, () => ping("guess"))).toEqual([...times(20, 401), 429, 429]);
    const refused = await send(ping("guess"));
    expect(refused.headers["retry-after"]).toBe("30");
    expect(JSON.parse(refused.body)).toEqual({
      jsonrpc: "2.0",
      id: null,
      error: {
        code: -32000,
        message: "Too many requests. Try again in 30 seconds.",
        data: { retry_after_seconds: 30 },
      },
    });
    clock.ms += 30_000;
    expect(await statuses(2, () => ping("guess"))).toEqual([401, 429]);
  });

  it("do not shut out whoever signs in rightly at the same address, nor who asks how to sign in", async () => {
    const { send } = await start();
    await statuses(40, () => ping("guess"));
    expect((await send(ping(MIA))).status).toBe(200);
    const challenge = await send(ping(undefined));
    expect(challenge.status).toBe(401);
    expect(challenge.headers["www-authenticate"]).toBe("Bearer");
  });

  it("are not held against who only asks how to sign in, however often", async () => {
    await start();
    expect(await statuses(60, () => ping(undefined))).toEqual(times(60, 401));
  });

  it("count for the address that the proxy tells, and not for one that a stranger writes before it", async () => {
    const { send } = await start(PUBLIC);
    const from = (address: string, token = "guess") => ping(token, { "x-forwarded-for": address });
    await statuses(25, () => from("198.51.100.7"));
    expect((await send(from("203.0.113.1, 198.51.100.7"))).status).toBe(429);
    expect((await send(from("203.0.113.1"))).status).toBe(401);
  });

  it("count for the connection where no proxy is set up, whatever a header says", async () => {
    let at = 0;
    await start();
    const forged = () => ping("guess", { "x-forwarded-for": `198.51.100.${++at}` });
    expect(await statuses(21, forged)).toEqual([...times(20, 401), 429]);
  });
});

describe("the requests of a signed-in person", () => {
  it("are 600 at once and ten a second, and those of another at the same address are their own", async () => {
    const { send, clock } = await start();
    const flood = await statuses(601, () => ping(MIA));
    expect(flood.slice(0, 600)).toEqual(times(600, 200));
    expect(flood[600]).toBe(429);
    expect((await send(ping(BEN))).status).toBe(200);
    clock.ms += 100;
    expect(await statuses(2, () => ping(MIA))).toEqual([200, 429]);
  });
});

describe("what strangers ask of the authorization server", () => {
  it("bounds registrations from one address, however the path is written", async () => {
    const { clock } = await start();
    const paths = ["/auth/oauth2/register", "/auth//oauth2/register/", "/AUTH/oauth2/%72egister"];
    let at = 0;
    const register = () => post(paths[at++ % paths.length] ?? "", { redirect_uris: [] });
    expect((await statuses(21, register)).filter((status) => status === 429)).toHaveLength(1);
    clock.ms += 30_000;
    expect((await statuses(2, register)).filter((status) => status === 429)).toHaveLength(1);
  });

  it("bounds registrations from all addresses together", async () => {
    await start(PUBLIC);
    let at = 0;
    const register = () =>
      post(
        "/auth/oauth2/register",
        {},
        { "x-forwarded-for": `198.51.${Math.floor(at / 250)}.${at++ % 250}` },
      );
    const answers = await statuses(110, register);
    expect(answers.indexOf(429)).toBe(100);
    expect(answers.slice(100)).toEqual(times(10, 429));
  });

  it("bounds what is typed for one mailbox, from however many addresses, as a form or as JSON", async () => {
    const { send, clock } = await start(PUBLIC);
    let at = 0;
    const elsewhere = () => ({ "x-forwarded-for": `198.51.100.${at++}` });
    const form = (email: string): Asked => ({
      ...{
        method: "POST",
        path: "/sign-in?sig=x",
        body: new URLSearchParams({ email, code: "123456" }).toString(),
      },
      headers: { "content-type": "application/x-www-form-urlencoded", ...elsewhere() },
    });
    expect(await statuses(16, () => form("zoe@example.test"))).toEqual([...times(15, 404), 429]);
    const refused = await send(form(" Zoe@Example.test "));
    expect(refused).toMatchObject({ status: 429, body: "Too many requests. Try again in 60 seconds." });
    expect(refused.headers["content-type"]).toMatch(/^text\/plain/);
    expect((await send(post("/sign-in", { email: "zoe@example.test" }, elsewhere()))).status).toBe(429);
    expect((await send(form("other@example.test"))).status).toBe(404);
    clock.ms += 60_000;
    expect(await statuses(2, () => form("zoe@example.test"))).toEqual([404, 429]);
  });

  it("shows the sign-in page however often it is opened, and bounds what fails there from one address", async () => {
    const { send } = await start(PUBLIC);
    let at = 0;
    const failing = () => post("/sign-in", { email: `person${at++}@example.test` });
    expect(await statuses(21, failing)).toEqual([...times(20, 404), 429]);
    expect((await send(post("/sign-in", {}, { "x-forwarded-for": "198.51.100.9" }))).status).toBe(404);
  });

  it("answers 429 in the shape that clients of OAuth read", async () => {
    const { send } = await start();
    await statuses(20, () => post("/auth/oauth2/token", {}));
    const refused = await send(post("/auth/oauth2/token", {}));
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.body)).toEqual({
      error: "too_many_requests",
      error_description: "Too many requests. Try again in 30 seconds.",
      retry_after_seconds: 30,
    });
  });
});
