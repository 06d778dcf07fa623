import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from "@modelcontextprotocol/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { READ } from "../../src/domain/access.ts";
import { resources } from "../../src/mcp/resources/index.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import type { Store } from "../../src/store/store.ts";
import { useDatabase } from "../support/database.ts";
import { startIssuer, type TestIssuer } from "../support/issuer.ts";
import {
  bearer,
  initialize,
  type PublicServer,
  startPublicServer,
  toolCall,
} from "../support/public-server.ts";
import { seeded } from "../support/seeded.ts";
import { addInterviewer } from "../support/team.ts";

const ALAN = "alan@example.test";
const NOTE = { application: "MLE-1", kind: "note", text: "Called today." };

const database = useDatabase();
let issuer: TestIssuer;
let store: Store;
let server: PublicServer;
beforeAll(async () => {
  issuer = await startIssuer();
  store = await seeded(await database.workspace());
  await addInterviewer(store, ALAN, { access: "recruiter" });
  server = await startPublicServer(store, issuer.url);
});
afterAll(async () => {
  await server.close();
  await issuer.stop();
});

type Headers = Record<string, string>;
const tokenOf = async (scope: string, email = "ada@example.test"): Promise<Headers> =>
  bearer(await issuer.token(server.publicUrl, { claims: { scope, email } }));
const toRead = () => tokenOf("greenflag:read");
const toWrite = () => tokenOf("greenflag:read greenflag:write");

/** A session of an earlier client: the headers that each of its requests carries, beside its token. */
async function sessionOf(token: Headers, version = "2025-11-25"): Promise<Headers> {
  const { headers } = await server.post(initialize(version), token);
  return { "mcp-session-id": headers.get("mcp-session-id") ?? "", "mcp-protocol-version": version };
}

const VERSION = "2026-07-28";
/** A request of the 2026 protocol, which says of itself what an earlier one says once. */
function modern(message: { method: string; params: { name: string } }): [object, Headers] {
  const _meta = {
    [PROTOCOL_VERSION_META_KEY]: VERSION,
    [CLIENT_INFO_META_KEY]: { name: "test", version: "1" },
    [CLIENT_CAPABILITIES_META_KEY]: {},
  };
  const headers = {
    "mcp-protocol-version": VERSION,
    "mcp-method": message.method,
    "mcp-name": message.params.name,
  };
  return [{ ...message, params: { ...message.params, _meta } }, headers];
}

/** Sends the call of a tool by both protocols, each with this token. */
async function callByBoth(token: Headers, name: string, args: object = {}) {
  const session = await sessionOf(token);
  const earlier = await server.post(toolCall(2, name, args), { ...token, ...session });
  const [message, headers] = modern(toolCall(2, name, args));
  return [earlier, await server.post(message, { ...token, ...headers })];
}

const asksForMore = (challenge: string | null): void => {
  expect(challenge).toMatch(/^Bearer /);
  expect(challenge).toContain('error="insufficient_scope"');
  expect(challenge).toContain('scope="greenflag:read greenflag:write"');
  expect(challenge).toContain(
    `resource_metadata="${server.publicUrl}/.well-known/oauth-protected-resource/mcp"`,
  );
};

describe("a token without any of the scopes", () => {
  it.each(["", "openid email", "greenflag:reader", "Greenflag:Read", "greenflag:read,greenflag:write"])(
    "(%s) opens nothing and is asked for them",
    async (scope) => {
      const { status, challenge } = await server.post(initialize(), await tokenOf(scope));
      expect(status).toBe(403);
      asksForMore(challenge);
    },
  );
});

describe("a token for reading", () => {
  const changing = tools.filter(({ effect }) => effect !== "read").map(({ name }) => name);
  it.each(changing)("does not call %s, and the client is asked for more", async (name) => {
    for (const { status, challenge } of await callByBoth(await toRead(), name, NOTE)) {
      expect(status).toBe(403);
      asksForMore(challenge);
    }
  });

  const reading = tools.filter(({ effect }) => effect === "read").map(({ name }) => name);
  it.each(reading)("calls %s", async (name) => {
    for (const { status } of await callByBoth(await toRead(), name)) expect(status).toBe(200);
  });

  it("lists everything, reads resources and completes", async () => {
    const token = await toRead();
    const headers = { ...token, ...(await sessionOf(token)) };
    const lists = ["tools/list", "prompts/list", "resources/list", "resources/templates/list"];
    for (const [n, method] of lists.entries())
      expect((await server.post({ jsonrpc: "2.0", id: n, method }, headers)).text).toContain('"result"');
    const uri = "hiring://applications/MLE-1";
    const read = await server.post(
      { jsonrpc: "2.0", id: 9, method: "resources/read", params: { uri } },
      headers,
    );
    expect(read.text).toContain("Okafor");
    const completed = await server.post(
      {
        jsonrpc: "2.0",
        id: 10,
        method: "completion/complete",
        params: {
          ref: { type: "ref/prompt", name: "screen_candidate" },
          argument: { name: "application", value: "MLE" },
        },
      },
      headers,
    );
    expect(completed.text).toContain("MLE-1");
    expect(resources.length).toBeGreaterThan(0);
  });

  it("changes nothing in a list of messages, wherever the call stands in it", async () => {
    const token = await toRead();
    const session = await sessionOf(token, "2025-03-26");
    const read = toolCall(2, "get_pipeline");
    const write = toolCall(3, "add_document", NOTE);
    for (const list of [[write], [read, write], [write, read], [read, read, write]]) {
      const { status, challenge, text } = await server.post(list, { ...token, ...session });
      expect(status).toBe(403);
      asksForMore(challenge);
      expect(text).not.toContain('"result"');
    }
    expect((await server.post([read, toolCall(4, "get_agenda")], { ...token, ...session })).status).toBe(200);
  });

  it("is held to reading by the use cases too", async () => {
    const caller = { client: "t", tool: "t", access: READ, signal: new AbortController().signal };
    const scopes = ["greenflag:read"];
    for (const more of [{}, { isRead: false }])
      await expect(server.services.startSession({ ...caller, ...more, scopes })).rejects.toMatchObject({
        code: "forbidden",
        message: "This sign-in allows reading only.",
      });
    await server.services.startSession({ ...caller, isRead: true, scopes });
    await server.services.startSession({ ...caller, scopes: [...scopes, "greenflag:write"] });
  });
});

describe("the use cases", () => {
  it("are told the scopes of the present token by both protocols, so that they can hold a call to them", async () => {
    const startSession = vi.spyOn(server.services, "startSession");
    const told = () => startSession.mock.calls.splice(0).map(([{ scopes }]) => scopes);
    for (const [token, scopes] of [
      [await toRead(), ["greenflag:read"]],
      [await toWrite(), ["greenflag:read", "greenflag:write"]],
    ] as const) {
      await callByBoth(token, "get_pipeline");
      expect(told()).toEqual([scopes, scopes]);
    }
    const session = await sessionOf(await toWrite());
    await server.post(toolCall(2, "get_pipeline"), { ...(await toRead()), ...session });
    expect(told()).toEqual([["greenflag:read"]]);
    startSession.mockRestore();
  });
});

describe("a token for changing things", () => {
  it("may read too, also where only that scope is named", async () => {
    const token = await tokenOf("greenflag:write");
    for (const { status, text } of await callByBoth(token, "get_pipeline")) {
      expect(status).toBe(200);
      expect(text).toContain("MLE");
    }
  });

  it("gives its member no more than their access", async () => {
    const token = await tokenOf("greenflag:read greenflag:write", ALAN);
    for (const { status, text } of await callByBoth(token, "erase_candidate", { application: "MLE-1" })) {
      expect(status).toBe(200);
      expect(text).toMatch(/alan@example\.test has recruiter access, which does not allow erase_candidate/);
    }
  });
});

describe("a session of an earlier client", () => {
  const addNote = () => toolCall(2, "add_document", NOTE);

  it("goes by the scopes of the present token, not by those it began with", async () => {
    const session = await sessionOf(await toWrite());
    expect((await server.post(addNote(), { ...(await toWrite()), ...session })).status).toBe(200);
    const narrowed = await server.post(addNote(), { ...(await toRead()), ...session });
    expect(narrowed.status).toBe(403);
    asksForMore(narrowed.challenge);
    expect((await server.post(addNote(), { ...(await toWrite()), ...session })).text).toContain('"result"');
  });

  it("that began with a token for reading goes on with one for more", async () => {
    const session = await sessionOf(await toRead());
    const { status, text } = await server.post(addNote(), { ...(await toWrite()), ...session });
    expect(status).toBe(200);
    expect(text).not.toContain("reading only");
  });

  it("is nobody else's, and answers them as one that never was", async () => {
    const session = await sessionOf(await toWrite());
    const other = await tokenOf("greenflag:read greenflag:write", ALAN);
    const theirs = await server.post(toolCall(2, "get_pipeline"), { ...other, ...session });
    const none = await server.post(toolCall(2, "get_pipeline"), { ...other, "mcp-session-id": "made-up" });
    expect([theirs.status, theirs.text]).toEqual([404, none.text]);
    for (const method of ["GET", "DELETE"]) {
      const headers = { ...other, ...session, accept: "text/event-stream" };
      expect((await fetch(server.url, { method, headers })).status).toBe(404);
    }
    expect((await server.post(toolCall(3, "get_pipeline"), session)).status).toBe(401);
    const own = { ...(await toWrite()), ...session };
    expect((await server.post(toolCall(4, "get_pipeline"), own)).status).toBe(200);
  });
});

describe("what an admin changes holds at the next request with the same token", () => {
  const GRACE = "grace@example.test";
  const asGrace = () => tokenOf("greenflag:read greenflag:write", GRACE);

  it("for access", async () => {
    await addInterviewer(store, GRACE, { access: "recruiter" });
    const token = await asGrace();
    const open = { template: "mlops-engineer", level: "mid", location: "Leeds" };
    const session = { ...token, ...(await sessionOf(token)) };
    await server.services.team.setAccess(await server.start(), GRACE, "viewer");
    expect((await server.post(toolCall(2, "open_role", open), session)).text).toMatch(
      /grace@example\.test has viewer access, which does not allow open_role/,
    );
    await server.services.team.setAccess(await server.start(), GRACE, "hiring_manager");
    expect((await server.post(toolCall(3, "open_role", open), session)).text).not.toMatch(/does not allow/);
  });

  it("for an e-mail: the old address is nobody's", async () => {
    const token = await asGrace();
    const moved = "grace.hopper@example.test";
    await server.services.team.rename(await server.start(), GRACE, { email: moved });
    expect((await server.post(initialize(), token)).status).toBe(403);
    await server.services.team.rename(await server.start(), moved, { email: GRACE });
    expect((await server.post(initialize(), token)).status).toBe(200);
  });

  it("for a sign-out: what was given out before it, or says nothing of when, has to be given out again", async () => {
    const at = new Date("2026-11-24T09:00:00Z").getTime() / 1_000;
    const statusOf = async (iat: number | undefined) => {
      const claims = { email: GRACE, ...(iat === undefined ? { iat: undefined } : { iat }) };
      return server.post(initialize(), bearer(await issuer.token(server.publicUrl, { claims })));
    };
    expect([(await statusOf(at - 1)).status, (await statusOf(undefined)).status]).toEqual([200, 200]);
    await server.services.signIns.signOutEverywhere(await server.start(), GRACE);
    for (const iat of [at - 1, at, undefined]) {
      const { status, challenge } = await statusOf(iat);
      expect([status, challenge]).toEqual([401, expect.stringContaining('error="invalid_token"')]);
    }
    expect((await statusOf(at + 1)).status).toBe(200);
  });

  it("for a removal, in the middle of a session and for lists too", async () => {
    const token = await asGrace();
    const session = { ...token, ...(await sessionOf(token)) };
    expect((await server.post(toolCall(2, "get_pipeline"), session)).status).toBe(200);
    await server.services.team.remove(await server.start(), GRACE);
    for (const message of [toolCall(3, "get_pipeline"), { jsonrpc: "2.0", id: 4, method: "tools/list" }]) {
      const { status, challenge, text } = await server.post(message, session);
      expect([status, challenge]).toEqual([403, null]);
      expect(text).toMatch(/nobody on this team has that e-mail/);
    }
    const [message, headers] = modern(toolCall(5, "get_pipeline"));
    expect((await server.post(message, { ...token, ...headers })).status).toBe(403);
  });
});
