import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCallLimits } from "../../src/auth/call-limits.ts";
import { useDatabase } from "../support/database.ts";
import { type HttpOptions, type HttpServer, mcpRequest, send, startHttp } from "../support/http.ts";

const MIA = "mia@example.test";
const BEN = "ben@example.test";
const NUMBERS = { perMinute: 6, heavyPerMinute: 2, personAtOnce: 2, allAtOnce: 3 };

const database = useDatabase();
let server: HttpServer | undefined;
/** Held calls wait here until the test lets them go. */
let gate: { held: Promise<void>; letGo(): void };

beforeEach(() => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  gate = { held, letGo };
});
afterEach(async () => {
  gate.letGo();
  await server?.close();
  server = undefined;
});

async function start(options: HttpOptions = {}): Promise<HttpServer> {
  const clock = { ms: 0 };
  const callLimits = createCallLimits(() => clock.ms, NUMBERS);
  server = await startHttp(await database.workspace(), [MIA, BEN], { clock, callLimits, ...options });
  return server;
}

describe("how often one person may call", () => {
  it("is bounded, the refusal says when to try again, and it is so", async () => {
    const { as, clock } = await start();
    const mia = await as(MIA);
    for (let i = 0; i < NUMBERS.perMinute; i++) expect((await mia.call("get_pipeline")).isError).toBe(false);
    const refused = await mia.call("get_pipeline");
    expect(refused).toMatchObject({ isError: true });
    expect(refused.text).toBe(
      "At most 6 calls a minute for each person. Nothing was done. Try again in 10 seconds.",
    );
    clock.ms += 9_999;
    expect((await mia.call("get_pipeline")).text).toMatch(/Try again in 1 second\./);
    clock.ms += 1;
    expect((await mia.call("get_pipeline")).isError).toBe(false);
    await mia.close();
  });

  it("is counted for the person, over all their clients, and another at the same address has their own", async () => {
    const { as } = await start();
    const clients = [await as(MIA), await as(MIA, "1.x"), await as(MIA, "2.x, earlier protocol")];
    for (const client of [...clients, ...clients])
      expect((await client.call("get_pipeline")).isError).toBe(false);
    for (const client of clients)
      expect(await client.call("get_pipeline")).toMatchObject({ isError: true, text: /Try again in/ });
    const ben = await as(BEN);
    for (let i = 0; i < NUMBERS.perMinute; i++) expect((await ben.call("get_pipeline")).isError).toBe(false);
    for (const client of [...clients, ben]) await client.close();
  });

  it("is less for what is heavy, and a heavy call that is refused takes nothing from the others", async () => {
    const { as } = await start();
    const mia = await as(MIA);
    const heavy = () => mia.call("get_report");
    for (let i = 0; i < NUMBERS.heavyPerMinute; i++) expect((await heavy()).text).not.toMatch(/a minute/);
    for (let i = 0; i < 10; i++)
      expect((await heavy()).text).toMatch(/get_report: at most 2 calls a minute .* in 30 seconds/);
    for (let i = 0; i < NUMBERS.perMinute - NUMBERS.heavyPerMinute; i++)
      expect((await mia.call("get_pipeline")).isError).toBe(false);
    expect((await mia.call("get_pipeline")).isError).toBe(true);
    await mia.close();
  });

  it("is not bounded where nobody signs in, since that is whoever sits at this machine", async () => {
    const { as } = await start({ open: true });
    const own = await as("");
    for (let i = 0; i < 3 * NUMBERS.perMinute; i++)
      expect((await own.call("get_pipeline")).isError).toBe(false);
    await own.close();
  });
});

const numbers = { ...NUMBERS, perMinute: 1_000 };
const patient = () => createCallLimits(() => 0, numbers);
const callOf = (id: number, email: string, headers: Record<string, string> = {}) =>
  mcpRequest(
    { jsonrpc: "2.0", id, method: "tools/call", params: { name: "get_pipeline", arguments: {} } },
    { authorization: `Bearer ${email}`, ...headers },
  );

async function sessionOf(port: number, email: string): Promise<Record<string, string>> {
  const protocolVersion = "2025-11-25";
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: "test", version: "1" } };
  const asked = mcpRequest(
    { jsonrpc: "2.0", id: 0, method: "initialize", params },
    { authorization: `Bearer ${email}` },
  );
  const { headers } = await send(port, asked);
  return { "mcp-session-id": String(headers["mcp-session-id"]), "mcp-protocol-version": protocolVersion };
}

/** Waits until something is so, for as long as it takes. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("how many calls run at one time", () => {
  it("is bounded for each person and for all, and a place is free again once a call is answered", async () => {
    let waiting = 0;
    const opening = async () => {
      waiting += 1;
      await gate.held;
    };
    const { as } = await start({ callLimits: patient(), opening });
    const [mia, ben] = [await as(MIA), await as(BEN)];
    const held = [mia.call("get_pipeline"), mia.call("get_pipeline")];
    await until(() => waiting === 2);
    expect((await mia.call("get_pipeline")).text).toBe(
      "2 of your calls run already, the most at one time. Nothing was done. Try again when one of them has been answered.",
    );
    held.push(ben.call("get_pipeline"));
    await until(() => waiting === 3);
    expect((await ben.call("get_pipeline")).text).toMatch(/^The server has all the calls/);
    gate.letGo();
    for (const { isError } of await Promise.all(held)) expect(isError).toBe(false);
    expect((await mia.call("get_pipeline")).isError).toBe(false);
    expect((await ben.call("get_pipeline")).isError).toBe(false);
    for (const client of [mia, ben]) await client.close();
  });

  it("counts a call that fails as over", async () => {
    let fails = true;
    const opening = async () => {
      if (fails) throw new Error("the database is away");
    };
    const { as } = await start({ callLimits: patient(), opening });
    const mia = await as(MIA);
    for (let i = 0; i < 5; i++) expect((await mia.call("get_pipeline")).text).toMatch(/Something went wrong/);
    fails = false;
    expect((await mia.call("get_pipeline")).isError).toBe(false);
    await mia.close();
  });

  it("counts a call whose client cancelled or went away until its work has ended, and no longer", async () => {
    let waiting = 0;
    const opening = async () => {
      waiting += 1;
      await gate.held;
    };
    const { as, port } = await start({ callLimits: patient(), opening });
    const session = await sessionOf(port, MIA);
    const cancelled = send(port, callOf(7, MIA, session)).catch(() => undefined);
    const gone = new AbortController();
    const left = fetch(`http://127.0.0.1:${port}/mcp`, {
      ...{ method: "POST", headers: callOf(8, MIA, session).headers ?? {}, body: callOf(8, MIA).body ?? "" },
      signal: gone.signal,
    }).catch(() => undefined);
    await until(() => waiting === 2);
    const notice = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } };
    const told = await send(port, mcpRequest(notice, { authorization: `Bearer ${MIA}`, ...session }));
    expect(told.status).toBe(202);
    gone.abort();
    await left;
    const mia = await as(MIA);
    expect((await mia.call("get_pipeline")).text).toMatch(/^2 of your calls run already/);
    gate.letGo();
    let answer = await mia.call("get_pipeline");
    while (answer.isError) answer = await mia.call("get_pipeline");
    await mia.close();
    await server?.close();
    server = undefined;
    await cancelled;
  });
});
