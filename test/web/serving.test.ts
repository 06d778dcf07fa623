import { connect as connectSocket, type Socket } from "node:net";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { type createLog, logOptions } from "../../src/log.ts";
import type { Bounds } from "../../src/web/serving.ts";
import { useDatabase } from "../support/database.ts";
import { type HttpServer, mcpRequest, startHttp } from "../support/http.ts";

const MIA = "mia@example.test";
/** So long that no test ends by it. */
const LONG = 3_600_000;
const PATIENT: Bounds = {
  headMs: LONG,
  requestMs: LONG,
  checkEveryMs: 5,
  headBytes: 4_096,
  connections: 100,
};

const database = useDatabase();
let server: HttpServer | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close();
  server = undefined;
});

async function start(bounds: Partial<Bounds> = {}): Promise<HttpServer> {
  server = await startHttp(await database.workspace(), [MIA], { bounds: { ...PATIENT, ...bounds } });
  return server;
}

/** A connection on which the test writes bytes as it likes; `ended` gives all that came once the server closed it. */
function raw(port: number): { socket: Socket; ended: Promise<string> } {
  const socket = connectSocket(port, "127.0.0.1");
  sockets.push(socket);
  let text = "";
  socket.on("data", (piece) => {
    text += piece.toString("latin1");
  });
  const ended = new Promise<string>((resolve) => {
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
  return { socket, ended };
}

const HEAD = "POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
const signedIn = { authorization: `Bearer ${MIA}` };

describe("a client that is slow on purpose", () => {
  it("is turned away when the head of its request does not come to an end", async () => {
    const { port } = await start({ headMs: 20 });
    const { socket, ended } = raw(port);
    socket.write(HEAD);
    expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("is turned away when the body of its request does not come to an end", async () => {
    const { port } = await start({ headMs: 20, requestMs: 20 });
    const { socket, ended } = raw(port);
    socket.write(`${HEAD}content-length: 100\r\n\r\n{`);
    // Whether there is an answer before the end depends on how far the request had come.
    expect(await ended).not.toMatch(/ 200 /);
  });

  it("keeps nobody else from an answer", async () => {
    const { port, send } = await start();
    for (let i = 0; i < 50; i++) raw(port).socket.write(HEAD);
    expect((await send({ path: "/healthz" })).status).toBe(200);
  });
});

describe("a client that sends too much", () => {
  it("gets 431 for a head that is too long", async () => {
    const { send } = await start();
    expect((await send({ path: "/healthz", headers: { "x-long": "a".repeat(8_000) } })).status).toBe(431);
  });

  it("gets 413 for a body that is too long, whether it says so beforehand or not", async () => {
    const { port, send } = await start();
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping", pad: "a".repeat(5 * 1024 * 1024) });
    const declared = await send({ ...mcpRequest({}, signedIn), body });
    expect(declared.status).toBe(413);
    expect(declared.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    const { socket, ended } = raw(port);
    socket.write(`${HEAD}authorization: Bearer ${MIA}\r\ntransfer-encoding: chunked\r\n\r\n`);
    const piece = `10000\r\n${"a".repeat(0x10000)}\r\n`;
    for (let i = 0; i < 80 && socket.writable; i++) socket.write(piece);
    expect(await ended).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("is turned away beyond the number of connections, and served when another has left", async () => {
    const { port, send } = await start({ connections: 1 });
    const first = raw(port);
    const answered = new Promise((resolve) => first.socket.once("data", resolve));
    first.socket.write("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await answered;
    expect(await raw(port).ended).toBe("");
    first.socket.end();
    await first.ended;
    let status = 0;
    while (status === 0)
      status = await send({ path: "/healthz" }).then(
        (answer) => answer.status,
        () => 0,
      );
    expect(status).toBe(200);
  });
});

describe("a stranger who sends a long body", () => {
  const long = `content-length: ${4 * 1024 * 1024}\r\n\r\n{`;

  it("is refused before any of it is read", async () => {
    const { port } = await start();
    const { socket } = raw(port);
    const answered = new Promise<string>((resolve) => socket.once("data", (data) => resolve(`${data}`)));
    socket.write(HEAD + long);
    expect(await answered).toMatch(/^HTTP\/1\.1 401 /);
  });

  it.each(["/sign-in", "/auth/oauth2/register", "/nothing"])("gets 413 at %s", async (path) => {
    const { send } = await start();
    const answer = await send({ path, method: "POST", body: "a".repeat(100_000) });
    expect(answer.status).toBe(413);
  });

  it("and hangs up in the middle leaves no defect in the log", async () => {
    const lines: string[] = [];
    const log = pino(logOptions("debug"), { write: (line: string) => void lines.push(line) });
    server = await startHttp(await database.workspace(), [MIA], { log: log as ReturnType<typeof createLog> });
    for (const path of ["/mcp", "/sign-in"]) {
      const { socket, ended } = raw(server.port);
      const head = HEAD.replace("/mcp", path);
      socket.write(`${head}authorization: Bearer ${MIA}\r\ncontent-length: 1000\r\n\r\n{`);
      await server.send({ path: "/healthz" });
      socket.destroy();
      await ended;
    }
    await server.close();
    server = undefined;
    expect(lines.join("")).not.toContain("defect");
  });
});

describe("a client that sends what is not asked for", () => {
  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "gets 415 for a body of %s",
    async (type) => {
      const { send } = await start();
      const asked = mcpRequest(
        { jsonrpc: "2.0", id: 1, method: "ping" },
        { ...signedIn, "content-type": type },
      );
      expect((await send(asked)).status).toBe(415);
    },
  );

  it("gets 400 for what is no HTTP, and for a length told twice", async () => {
    const { port } = await start();
    for (const wrong of [
      "hello\r\n\r\n",
      `${HEAD}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      `${HEAD}content-length: 4\r\ncontent-length: 5\r\n\r\nabcd`,
    ]) {
      const { socket, ended } = raw(port);
      socket.write(wrong);
      expect(await ended).toMatch(/^HTTP\/1\.1 400 /);
    }
  });

  it("gets one answer for each of several requests on one line, in their order, each limited by itself", async () => {
    const { port } = await start();
    const { socket, ended } = raw(port);
    const guess = "GET /mcp HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer guess\r\n\r\n";
    socket.write(guess.repeat(25));
    socket.write("GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    const statuses = [...(await ended).matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);
    expect(statuses.filter((status) => status === "401")).toHaveLength(20);
    expect(statuses.filter((status) => status === "429")).toHaveLength(5);
    expect(statuses.at(-1)).toBe("200");
    expect(statuses).toHaveLength(26);
  });
});
