import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { type createLog, logOptions } from "../../src/log.ts";
import { useDatabase } from "../support/database.ts";
import { type Asked, type HttpServer, mcpRequest, startHttp } from "../support/http.ts";

/** What must stand in no line: an e-mail, a token, a name, an address and a word that somebody typed. */
const EMAIL = "canary-person@example.test";
const TOKEN = ["canary", "token", "5f3a"].join("-");
const NAME = "Canaria Whitlock";
const ADDRESS = "203.0.113.77";
const CANARIES = /canary|canaria|whitlock|203\.0\.113\.77/i;

const database = useDatabase();
let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** The program's own log, into lines that the test reads. */
function readLog() {
  const lines: string[] = [];
  const log = pino(logOptions("debug"), { write: (line: string) => void lines.push(line) });
  return { log: log as ReturnType<typeof createLog>, lines };
}

const personal = {
  authorization: `Bearer ${TOKEN}`,
  cookie: `session=${TOKEN}`,
  "x-forwarded-for": ADDRESS,
  referer: `https://example.test/?email=${EMAIL}`,
  "user-agent": NAME,
  "mcp-session-id": TOKEN,
};
const signedIn = (headers: Record<string, string> = {}) => ({ authorization: `Bearer ${EMAIL}`, ...headers });
const words = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${NAME}","email":"${EMAIL}`;
const query = `?email=${encodeURIComponent(EMAIL)}&token=${TOKEN}&name=${encodeURIComponent(NAME)}`;
const inMcp = (message: object, headers = signedIn()): Asked =>
  mcpRequest({ jsonrpc: "2.0", id: 1, ...message }, headers);
const initialize = {
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: NAME, version: TOKEN } },
};

const SWEEP: readonly Asked[] = [
  { path: `/mcp${query}`, headers: personal },
  { path: `/nothing/${EMAIL}/${TOKEN}${query}`, headers: personal },
  { path: `//${EMAIL}@${NAME.replace(" ", "")}:x/${query}`, headers: personal },
  { path: `/sign-in${query}`, method: "POST", headers: personal, body: `email=${EMAIL}&code=${TOKEN}` },
  { path: `/auth/oauth2/register${query}`, method: "POST", headers: personal, body: words },
  { path: `/upload/${TOKEN}`, method: "POST", headers: personal, body: words },
  { path: "/mcp", method: "TRACE", headers: personal },
  { path: "/mcp", headers: { ...personal, host: "canary.example" } },
  { path: "/mcp", headers: { ...personal, origin: "https://canary.example" } },
  { ...inMcp({}), body: words },
  { ...inMcp({}), body: `${EMAIL} ${NAME}` },
  { ...inMcp({}), headers: { ...inMcp({}).headers, "content-type": NAME } },
  { ...inMcp({}), headers: { ...inMcp({}).headers, accept: NAME } },
  { ...inMcp({}), body: "a".repeat(5 * 1024 * 1024) + EMAIL },
  inMcp(initialize),
  inMcp({ method: NAME, params: { email: EMAIL } }),
  inMcp({ method: "tools/list" }, signedIn({ "mcp-session-id": TOKEN })),
  inMcp({ method: "tools/list" }, signedIn({ "mcp-protocol-version": NAME })),
  inMcp({ method: "tools/call", params: { name: NAME, arguments: { email: EMAIL } } }),
  inMcp({
    method: "tools/call",
    params: { name: "find_candidates", arguments: { query: EMAIL, who: NAME } },
  }),
  inMcp({ method: "resources/read", params: { uri: `hiring://applications/${TOKEN}` } }),
];

describe("the log", () => {
  it("tells of every kind of refusal, and has in it nothing of whoever was refused", async () => {
    const { log, lines } = readLog();
    server = await startHttp(await database.workspace(), [EMAIL], {
      log,
      publicUrl: "https://greenflag.example.test",
    });
    const { send } = server;
    for (const asked of SWEEP) await send(asked).catch(() => undefined);
    const session = (await send(inMcp(initialize))).headers["mcp-session-id"];
    const inSession = signedIn({ "mcp-session-id": String(session), "mcp-protocol-version": "2025-11-25" });
    for (const { path, method, body } of SWEEP.slice(9))
      await send({
        path,
        ...(method ? { method } : {}),
        ...(body ? { body } : {}),
        headers: { ...inMcp({}).headers, ...inSession },
      });
    for (let i = 0; i < 30; i++) await send({ path: `/mcp${query}`, headers: personal });
    await server.close();
    server = undefined;
    const all = lines.join("");
    expect(lines.filter((line) => CANARIES.test(line))).toEqual([]);
    for (const [area, status] of [
      ["mcp", 401],
      ["mcp", 403],
      ["mcp", 413],
      ["mcp", 429],
    ])
      expect(all).toContain(`"area":"${area}","status":${status}`);
  });

  it("counts all refusals of a kind, in two lines within a minute", async () => {
    const { log, lines } = readLog();
    server = await startHttp(await database.workspace(), [], { log });
    for (let i = 0; i < 12; i++) await server.send({ path: "/mcp" });
    await server.close();
    server = undefined;
    const told = lines.map((line) => JSON.parse(line)).filter(({ status }) => status === 401);
    expect(told.map(({ refused }) => refused)).toEqual([1, 11]);
  });

  it("leaves out headers, bodies, queries and the words of a body that is no JSON, whoever hands them to it", () => {
    const { log, lines } = readLog();
    const url = `https://greenflag.example.test/sign-in${query}`;
    log.warn({ req: { headers: personal, url }, res: personal, headers: personal, body: words, url }, "seen");
    try {
      JSON.parse(`${NAME} ${EMAIL}`);
    } catch (err) {
      log.warn({ err }, "seen");
    }
    expect(lines).toHaveLength(2);
    expect(lines.join("")).not.toMatch(CANARIES);
    expect(lines[0]).toContain('"url":"https://greenflag.example.test/sign-in"');
    expect(lines[1]).toContain("log-hygiene.test.ts");
  });
});
