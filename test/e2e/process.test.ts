import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createConnection } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { connect, freshEnv, PROGRAM, run, serve } from "../support/clients.ts";

const rpc = (message: object) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`;
const clientInfo = { name: "raw", version: "1" };
const initialize = rpc({
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo },
});
const initialized = rpc({ method: "notifications/initialized" });
const callTool = (id: number, name: string, args: object) =>
  rpc({ id, method: "tools/call", params: { name, arguments: args } });

const children: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** The program over stdio, spoken to line by line. */
function raw(env: Record<string, string>) {
  const child = spawn(process.execPath, [PROGRAM], { env, stdio: ["pipe", "pipe", "pipe"] });
  children.push(child);
  const lines: string[] = [];
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    rest += chunk.toString();
    lines.push(...rest.split("\n").slice(0, -1));
    rest = rest.slice(rest.lastIndexOf("\n") + 1);
  });
  const answer = async (id: number) => {
    for (;;) {
      const line = lines.find((l) => (JSON.parse(l) as { id?: number }).id === id);
      if (line) return JSON.parse(line) as { result: { isError?: boolean; content: { text: string }[] } };
      await once(child.stdout, "data");
    }
  };
  return { child, lines, answer, say: (text: string) => child.stdin.write(text), exit: once(child, "exit") };
}

describe("over stdio", () => {
  it("writes nothing but JSON-RPC to standard output, whatever it receives", async () => {
    const program = raw({ ...freshEnv(), GREENFLAG_LOG: "debug" });
    program.say(`not json\n${initialize}${initialized}\n{"jsonrpc":"2.0"}\n`);
    program.say(callTool(2, "get_pipeline", {}));
    program.say(callTool(3, "open_role", { template: "nope", level: "senior", location: "x" }));
    expect((await program.answer(3)).result.isError).toBe(true);
    await program.answer(2);
    for (const line of program.lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: "2.0" });
  });

  it("answers tools/list without opening the database", async () => {
    const env = freshEnv({ DATABASE_URL: "postgres://nobody@127.0.0.1:9/none" });
    const program = raw(env);
    program.say(initialize + initialized + rpc({ id: 2, method: "tools/list" }));
    expect(JSON.stringify(await program.answer(2))).toContain("open_role");
  });

  it("makes its database at the first call, ends with code 0 at the end of input, and keeps what was committed", async () => {
    const env = freshEnv();
    const program = raw(env);
    program.say(
      initialize +
        initialized +
        callTool(2, "open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" }),
    );
    await program.answer(2);
    program.child.stdin.end();
    expect((await program.exit)[0]).toBe(0);
    const client = await connect({ command: [PROGRAM], env }, "1.x");
    expect((await client.call("get_pipeline")).facts.roles).toHaveLength(1);
    await client.close();
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "ends with code 0 on %s in the middle of a write, which is whole or not there",
    async (signal) => {
      const env = freshEnv();
      const program = raw(env);
      program.say(
        initialize +
          initialized +
          callTool(2, "open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" }),
      );
      await program.answer(2);
      for (let n = 0; n < 40; n += 1) {
        program.say(
          callTool(10 + n, "add_candidate", {
            role: "MLE",
            name: `P${n}`,
            email: `p${n}@example.test`,
            resume_text: `Ran ${n} models.`,
          }),
        );
      }
      await program.answer(12);
      program.child.kill(signal);
      expect((await program.exit)[0]).toBe(0);
      const client = await connect({ command: [PROGRAM], env }, "1.x");
      const found = await client.call("find_candidates", { limit: 100 });
      const answered = program.lines.filter((line) => /Added as/.test(line)).length;
      expect(found.facts.total).toBeGreaterThanOrEqual(answered);
      for (const { ref } of found.facts.applications) {
        expect(
          (await client.call("get_candidate", { application: ref, include: ["documents"] })).facts.documents,
        ).toHaveLength(1);
      }
      await client.close();
      expect((await run(["doctor"], { ...env, GITHUB_API_URL: "http://127.0.0.1:9" })).stdout).toMatch(
        /ok {4}history/,
      );
    },
  );

  it("answers a message of 12 MB with an error instead of going away", async () => {
    const program = raw(freshEnv());
    program.say(
      initialize +
        initialized +
        callTool(2, "add_document", { application: "MLE-1", kind: "note", text: "x".repeat(12_000_000) }),
    );
    expect((await program.answer(2)).result.content[0]?.text).toMatch(/MLE-1|longer than/);
    program.say(callTool(3, "get_pipeline", {}));
    await program.answer(3);
  });

  it("answers a line over the limit under its id, and goes on", async () => {
    const program = raw(freshEnv());
    program.say(initialize + initialized);
    program.say(rpc({ method: "tools/call", params: { text: "x".repeat(70_000_000) }, id: 2 }));
    expect(await program.answer(2)).toMatchObject({ error: { code: -32600 } });
    program.say(rpc({ id: 3, method: "ping" }));
    await program.answer(3);
  });

  it("answers a wrong request with the protocol's own error", async () => {
    const program = raw(freshEnv());
    program.say(initialize + initialized);
    const wrong: object[] = [
      ...["tools/list", "prompts/list", "resources/list", "resources/templates/list"].map((method) => ({
        method,
        params: { cursor: "made-up" },
      })),
      { method: "tools/list", params: { cursor: 5 } },
      { method: "tools/call", params: { name: "get_pipeline", arguments: null } },
      { method: "tools/call", params: { name: "get_pipeline", arguments: [] } },
      { method: "tools/call" },
      { method: "resources/read", params: { uri: 5 } },
      { method: "prompts/get", params: { name: 5 } },
      { method: "completion/complete", params: {} },
      { method: "initialize", params: { protocolVersion: 7 } },
    ];
    for (const [n, message] of wrong.entries()) {
      program.say(rpc({ id: 10 + n, ...message }));
      expect(await program.answer(10 + n), JSON.stringify(message)).toMatchObject({
        error: { code: -32602, message: expect.stringMatching(/^params(\.\w+)?: [^{]+$/) },
      });
    }
  });

  it("says in a line what is wrong with the environment", async () => {
    const { code, stdout, stderr } = await run(
      [],
      freshEnv({ GREENFLAG_PORT: "much", GREENFLAG_TOOLSETS: "everything" }),
    );
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/greenflag: .*GREENFLAG_PORT/);
  });

  it("names an unknown toolset, and the known ones", async () => {
    const { code, stderr } = await run([], freshEnv({ GREENFLAG_TOOLSETS: "everything" }));
    expect(code).toBe(1);
    expect(stderr).toMatch(/"everything".*roles, candidates/s);
  });

  it("offers only reading when it is read-only, whatever else is set", async () => {
    const env = freshEnv({ GREENFLAG_READ_ONLY: "1", GREENFLAG_TOOLSETS: "roles,candidates" });
    const client = await connect({ command: [PROGRAM], env }, "2.x, 2026-07-28");
    expect((await client.listTools()).map((t) => t.name)).toEqual([
      "check_role",
      "draft_job_post",
      "benchmark_salary",
      "get_role_template",
      "get_pipeline",
      "get_agenda",
      "find_candidates",
      "get_candidate",
    ]);
    await client.close();
  });
});

describe("over HTTP", () => {
  it("guards host, origin and path, and says how it is", async () => {
    const server = await serve(freshEnv());
    const { hostname, port } = new URL(server.url);
    const ask = (path: string, headers: Record<string, string> = {}, method = "GET", body = "") =>
      new Promise<number>((resolve, reject) => {
        const asked = request({ hostname, port, path, method, headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        // A server that has answered stops reading; what is still being sent then has nowhere to go.
        asked.on("error", (error: NodeJS.ErrnoException) =>
          error.code === "EPIPE" ? resolve(413) : reject(error),
        );
        asked.end(body);
      });
    try {
      expect(await ask("/healthz")).toBe(200);
      // On a slow machine the first database takes longer to place than a probe waits.
      await vi.waitUntil(async () => (await ask("/readyz")) === 200, { interval: 100, timeout: 300_000 });
      expect(await ask("/")).toBe(404);
      expect(await ask("/mcp/../etc")).toBe(404);
      expect(await ask("/healthz", { host: "evil.example" })).toBe(403);
      expect(await ask("/mcp", { origin: "https://evil.example" }, "POST")).toBe(403);
      const json = { "content-type": "application/json", accept: "application/json, text/event-stream" };
      expect(await ask("/mcp", { ...json, "content-type": "text/plain" }, "POST", initialize)).toBe(415);
      expect(await ask("/mcp", json, "POST", "{")).toBe(400);
      expect(await ask("/mcp", json, "POST", `{"x":"${"y".repeat(5_000_000)}"}`)).toBe(413);
      expect(await ask("/mcp", { ...json, "mcp-session-id": "made-up" }, "POST", initialize)).toBe(404);
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });

  it("answers any request target and any method with a refusal, and stays", async () => {
    const server = await serve(freshEnv());
    const { hostname, port } = new URL(server.url);
    const answerTo = (line: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = createConnection(Number(port), hostname);
        let answer = "";
        socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
        socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
        socket.on("error", reject);
        socket.write(`${line} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
      });
    try {
      for (const target of [
        "//",
        "///",
        "//[",
        "http://[",
        "http://a:99999/",
        "*",
        "?",
        "%",
        "/%ff",
        "http://",
      ])
        expect(await answerTo(`GET ${target}`), target).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(await answerTo("TRACE /mcp")).toMatch(/ 405 /);
      expect(await answerTo("PUT /mcp")).toMatch(/ 4\d\d /);
      expect(await answerTo("GET /healthz")).toMatch(/ 200 /);
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });

  it("is not ready while the database does not answer, and still healthy", async () => {
    const server = await serve(freshEnv({ DATABASE_URL: "postgres://nobody@127.0.0.1:9/none" }));
    const base = server.url.replace("/mcp", "");
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    expect((await fetch(`${base}/readyz`)).status).toBe(503);
    expect(await server.stop()).toBe(0);
  });

  it("listens on no public address", async () => {
    const { code, stderr } = await run(
      ["serve"],
      freshEnv({ GREENFLAG_HOST: "203.0.113.7", GREENFLAG_PORT: "0" }),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /GREENFLAG_HOST: 203\.0\.113\.7 is neither a loopback.*TLS.*GREENFLAG_PUBLIC_URL/s,
    );
  });

  it("says which port is taken", async () => {
    const server = await serve(freshEnv());
    const { code, stderr } = await run(["serve"], freshEnv({ GREENFLAG_PORT: new URL(server.url).port }));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/is taken.*GREENFLAG_PORT/s)]);
    await server.stop();
  });
});

describe("the commands", () => {
  it("keeps the team, and lets nobody remove the last admin", async () => {
    const env = freshEnv();
    const said = async (...args: string[]) => {
      const { stdout, stderr } = await run(args, env);
      return stdout + stderr;
    };
    const add = ["member", "add", "Grace@Example.test", "--name", "Grace Hopper", "--access", "viewer"];
    expect(await said(...add)).toMatch(/grace@example\.test is on the team, with viewer access/);
    expect(await said(...add)).toMatch(/already; nothing was changed/);
    expect(await said("member", "list")).toMatch(
      /admin +ada@example\.test.*\nviewer +grace@example\.test {2}Grace Hopper/s,
    );
    const asViewer = await connect(
      { command: [PROGRAM], env: { ...env, GREENFLAG_MEMBER: "grace@example.test" } },
      "1.x",
    );
    expect((await asViewer.call("get_pipeline")).isError).toBe(false);
    const refused = await asViewer.call("open_role", {
      template: "mlops-engineer",
      level: "mid",
      location: "Leeds",
    });
    expect(refused.text).toMatch(/viewer access/);
    await asViewer.close();
    const promoted = await run(["member", "access", "grace@example.test", "admin"], {
      ...env,
      GREENFLAG_MEMBER: "grace@example.test",
    });
    expect([promoted.code, promoted.stderr]).toEqual([
      1,
      expect.stringMatching(/has viewer access, which does not allow/),
    ]);
    expect(await said("member", "remove", "ada@example.test")).toMatch(/only admin/);
    expect(await said("member", "access", "grace@example.test", "admin")).toMatch(/admin access now/);
    expect(await said("member", "remove", "ada@example.test")).toMatch(/off the team; their record stays/);
    expect(await said("member", "add", "x", "--name", "X", "--access", "viewer")).toMatch(/not an e-mail/);
    const gone = await connect({ command: [PROGRAM], env }, "1.x");
    expect((await gone.call("get_pipeline")).text).toMatch(/ada@example\.test, who is not a member/);
    await gone.close();
  });

  it("examines itself, and fails when something is wrong", async () => {
    const env = freshEnv();
    const sick = await run(["doctor"], env);
    expect(sick.code).toBe(1);
    expect(sick.stdout).toMatch(
      /ok {4}catalogue: \d+ role templates.*ok {4}database: embedded.*ok {4}schema: \d+ migrations.*ok {4}history.*WRONG GitHub: 127\.0\.0\.1:9 does not answer/s,
    );
  });

  it("knows its version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect((await run(["--version"], freshEnv())).stdout.trim()).toBe(version);
  });
});
