import { request } from "node:http";
import { createConnection } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hashOfToken } from "../../src/services/team/token-text.ts";
import { listEvents } from "../../src/store/events.ts";
import { listRoles } from "../../src/store/roles/roles.ts";
import { listTokens } from "../../src/store/team/tokens.ts";
import { findMember } from "../../src/store/team/workspaces.ts";
import { ALL_ERAS, type Era } from "../support/clients.ts";
import { useDatabase } from "../support/database.ts";
import { ALAN, addMember, EDSGER, GRACE, setAccess } from "../support/panel.ts";
import { type Served, serveHere } from "../support/served.ts";

const database = useDatabase();
const ADA = "ada@example.test";
const BARBARA = "barbara@example.test";
const DAY_MS = 24 * 60 * 60_000;

const servers: Served[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server whose team is Ada, an admin, and four more. */
async function team() {
  const store = await database.workspace();
  for (const email of [GRACE, ALAN, EDSGER, BARBARA]) await addMember(store, email, "recruiter");
  const server = await serveHere(store);
  servers.push(server);
  return { store, server };
}

const PROTOCOL = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "1" } };
const INITIALIZE = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });

/** A request as an earlier client begins. A header may be sent twice. */
function ask(
  server: Served,
  headers: Record<string, string | string[]> = {},
  { search = "", body = INITIALIZE, path = "/mcp", method = "POST" } = {},
) {
  const { hostname, port } = new URL(server.url);
  return new Promise<{ status: number; challenge: string; session: string; text: string }>(
    (resolve, reject) => {
      const options = {
        hostname,
        port,
        path: `${path}${search}`,
        method,
        headers: { ...PROTOCOL, ...headers },
      };
      const sent = request(options, (answer) => {
        let text = "";
        answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
        answer.on("end", () =>
          resolve({
            ...{ status: answer.statusCode ?? 0, text },
            challenge: String(answer.headers["www-authenticate"] ?? ""),
            session: String(answer.headers["mcp-session-id"] ?? ""),
          }),
        );
      });
      sent.on("error", reject);
      sent.end(body);
    },
  );
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const INVALID = /^Bearer realm="greenflag", error="invalid_token", error_description="[^"]+"$/;

describe("calls over HTTP", () => {
  it("act for the process's member until the first token is made, and need one from then on", async () => {
    const { server } = await team();
    const open = await server.client(undefined);
    expect((await open.call("get_agenda")).facts.member).toBe(ADA);
    const token = await server.token(GRACE);
    await expect(open.call("get_agenda")).rejects.toThrow();
    const { status, challenge, text } = await ask(server);
    expect([status, challenge]).toEqual([401, 'Bearer realm="greenflag"']);
    expect(JSON.parse(text).error.message).toMatch(/Authorization: Bearer TOKEN.*greenflag token add EMAIL/);
    const client = await server.client(token);
    expect((await client.call("get_agenda")).facts.member).toBe(GRACE);
  });

  it("stay closed when the last token is revoked or has expired", async () => {
    const { server } = await team();
    await server.token(GRACE, "laptop", 1);
    expect(await server.revoke(GRACE)).toEqual(["laptop"]);
    expect((await ask(server)).status).toBe(401);
    server.clock.now = new Date(server.clock.now.getTime() + 2 * DAY_MS);
    expect((await ask(server)).status).toBe(401);
  });

  it("are five people's at once, each as themselves, whichever client they use", async () => {
    const { store, server } = await team();
    const people = [ADA, GRACE, ALAN, EDSGER, BARBARA];
    const eras: Era[] = [...ALL_ERAS, "1.x"];
    const clients = await Promise.all(
      people.map(async (email, n) => server.client(await server.token(email), eras[n])),
    );
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(clients.map((client) => client.call("get_agenda")));
      expect(answers.map(({ facts }) => facts.member)).toEqual(people);
    }
    const role = { template: "mlops-engineer", level: "senior", location: "Lisbon" };
    const opened = await Promise.all(
      clients.map((client, n) => client.call("open_role", { ...role, key: `R${n}` })),
    );
    expect(opened.map(({ isError }) => isError)).toEqual([false, false, false, false, false]);
    const { workspaceId } = store;
    const owned = await store.read((db) => listRoles(db, workspaceId));
    expect(owned.map(({ role, owner }) => [role.key, owner]).sort()).toEqual(
      people.map((who, n) => [`R${n}`, who]),
    );
  });

  it("offer each person what is theirs, also where completions are kept", async () => {
    const { store, server } = await team();
    const [ada, grace] = [
      await server.client(await server.token(ADA)),
      await server.client(await server.token(GRACE)),
    ];
    await ada.call("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
    await ada.call("add_candidate", {
      role: "MLE",
      name: "Zoë",
      email: "z@example.test",
      resume_text: "Ran 12 models.",
    });
    await setAccess(store, GRACE, "interviewer");
    const ref = { type: "ref/resource", uri: "hiring://applications/{ref}" } as const;
    for (let n = 0; n < 2; n += 1) {
      expect(await ada.complete(ref, "ref", "")).toEqual(["MLE-1"]);
      expect(await grace.complete(ref, "ref", "")).toEqual([]);
    }
  });
});

describe("a token", () => {
  it.each([
    ["nothing behind the scheme", { authorization: "Bearer" }],
    ["garbage", bearer("garbage")],
    ["a token that was never made", bearer(`greenflag_${"A".repeat(43)}`)],
    ["a token of another form", bearer("eyJhbGciOiJub25lIn0.e30.")],
    ["another scheme", { authorization: "Basic YWRhOmFkYQ==" }],
    ["letters beyond ASCII", bearer("greenflag_\u00e9")],
  ])("is refused as %s, also before any was made", async (_, headers) => {
    const { server } = await team();
    expect((await ask(server, headers)).status).toBe(401);
    await server.token(GRACE);
    const { status, challenge } = await ask(server, headers);
    expect([status, challenge]).toEqual([401, expect.stringMatching(INVALID)]);
  });

  it("is taken under the scheme in any case, and refused when it is sent twice", async () => {
    const { server } = await team();
    const [token, other] = [await server.token(GRACE), await server.token(ALAN)];
    expect((await ask(server, { authorization: `bearer ${token}` })).status).toBe(200);
    expect((await ask(server, { authorization: `BEARER  ${token}` })).status).toBe(200);
    for (const second of [token, other, "x"]) {
      const both = [`Bearer ${token}`, `Bearer ${second}`];
      expect((await ask(server, { authorization: both })).status).toBe(401);
    }
  });

  it.each(["\u0000", "\u0007", "\u001b", "\n"])(
    "with a control character (%j) never gets in",
    async (sign) => {
      const { server } = await team();
      const token = await server.token(GRACE);
      const { hostname, port } = new URL(server.url);
      const first = await new Promise<string>((resolve, reject) => {
        const socket = createConnection(Number(port), hostname);
        let answer = "";
        socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
        socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
        socket.on("error", reject);
        const head = `POST /mcp HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n`;
        const type = "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";
        const length = `Content-Length: ${INITIALIZE.length}\r\n\r\n${INITIALIZE}`;
        socket.write(
          `${head}${type}Authorization: Bearer ${token.slice(0, 20)}${sign}${token.slice(20)}\r\n${length}`,
        );
      });
      expect(first).toMatch(/^HTTP\/1\.1 40[01] /);
    },
  );

  it("in the address is refused, even beside a good one, and its owner told to revoke it", async () => {
    const { server } = await team();
    const token = await server.token(GRACE);
    for (const search of [
      `?access_token=${token}`,
      "?token=x",
      `?q=${token}`,
      `?Authorization=Bearer%20${token}`,
    ]) {
      const { status, text } = await ask(server, bearer(token), { search });
      expect([status, text], search).toEqual([400, expect.stringMatching(/greenflag token revoke EMAIL/)]);
      expect(text).not.toContain(token);
    }
    expect((await ask(server, bearer(token), { search: "?q=x" })).status).toBe(200);
  });

  it("ends with its days, its revocation and its member, each at the next call, and says which", async () => {
    const { server } = await team();
    const [short, lost, alan] = [
      await server.token(GRACE, "short", 1),
      await server.token(GRACE, "lost"),
      await server.token(ALAN),
    ];
    const clients = await Promise.all([short, lost, alan].map((token) => server.client(token, "1.x")));
    for (const client of clients) expect((await client.call("get_agenda")).isError).toBe(false);
    await server.revoke(GRACE, "lost");
    await server.remove(ALAN);
    server.clock.now = new Date(server.clock.now.getTime() + DAY_MS);
    for (const client of clients) await expect(client.call("get_agenda")).rejects.toThrow();
    const told = await Promise.all([short, lost, alan].map((token) => ask(server, bearer(token))));
    expect(told.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(told[0]?.text).toMatch(/has expired/);
    expect(told[1]?.text).toMatch(/was revoked/);
    expect(told[2]?.text).toMatch(/not on the team any more/);
  });

  it("stays revoked when its member comes back", async () => {
    const { store, server } = await team();
    const token = await server.token(ALAN);
    await server.remove(ALAN);
    await addMember(store, ALAN, "recruiter");
    expect((await ask(server, bearer(token))).text).toMatch(/was revoked/);
    expect((await ask(server, bearer(await server.token(ALAN)))).status).toBe(200);
  });

  it("opens no session of somebody else, and none opens without one", async () => {
    const { server } = await team();
    const open = await ask(server);
    const [grace, alan] = [await server.token(GRACE), await server.token(ALAN)];
    const { session } = await ask(server, bearer(grace));
    const ping = { body: JSON.stringify({ jsonrpc: "2.0", id: 2, method: "ping" }) };
    const within = (id: string) => ({ "mcp-session-id": id, "mcp-protocol-version": "2025-11-25" });
    expect((await ask(server, { ...bearer(grace), ...within(session) }, ping)).status).toBe(200);
    expect((await ask(server, { ...bearer(alan), ...within(session) }, ping)).status).toBe(404);
    expect((await ask(server, within(session), ping)).status).toBe(401);
    // A session from before the first token was the process's member's, and is nobody's now.
    expect((await ask(server, within(open.session), ping)).status).toBe(401);
    expect((await ask(server, { ...bearer(grace), ...within(open.session) }, ping)).status).toBe(404);
  });

  it("is asked for by MCP alone: whether the server is up needs none and tells of nobody", async () => {
    const { server } = await team();
    await server.token(GRACE);
    for (const path of ["/healthz", "/readyz"]) {
      const { status, text } = await ask(server, {}, { path, method: "GET", body: "" });
      expect(status).toBe(200);
      expect(text).not.toMatch(/@|token|member/);
    }
  });

  it("has its last use on record, written once in five minutes at most", async () => {
    const { store, server } = await team();
    const token = await server.token(GRACE);
    const used = async () =>
      (await store.read((db) => listTokens(db, store.workspaceId)))[0]?.lastUsedAt?.toISOString();
    const at = (minutes: number) => new Date(Date.parse("2026-11-24T09:00:00Z") + minutes * 60_000);
    await Promise.all([ask(server, bearer(token)), ask(server, bearer(token))]);
    await vi.waitUntil(async () => (await used()) === at(0).toISOString());
    const markUsed = vi.spyOn(server.services.tokens, "markUsed");
    server.clock.now = at(4);
    await ask(server, bearer(token));
    expect(markUsed).not.toHaveBeenCalled();
    server.clock.now = at(6);
    await ask(server, bearer(token));
    await vi.waitUntil(async () => (await used()) === at(6).toISOString());
    expect(markUsed).toHaveBeenCalledTimes(1);
  });

  it("is stored as a hash and nowhere else, and what happens to it stands in its member's history", async () => {
    const { store, server } = await team();
    const token = await server.token(GRACE);
    await ask(server, bearer(token));
    await server.revoke(GRACE);
    const { workspaceId } = store;
    const [row] = await store.read((db) => db.query.tokens.findMany());
    expect(JSON.stringify(row)).not.toContain(token.slice("greenflag_".length));
    const rows = await store.read((db) => db.query.tokens.findMany({ columns: { hash: true } }));
    expect(rows.map(({ hash }) => hash)).toContain(hashOfToken(token));
    const id = (await store.read((db) => findMember(db, workspaceId, GRACE)))?.id ?? "";
    const events = await store.read((db) => listEvents(db, workspaceId, id));
    expect(events.map(({ kind, payload }) => [kind, payload])).toEqual([
      ["token.add", { name: "laptop", expires_at: "2027-11-24T09:00:00.000Z" }],
      ["token.revoke", { name: "laptop" }],
    ]);
  });
});
