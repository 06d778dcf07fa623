import { connect } from "node:net";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { type createLog, logOptions } from "../../src/log.ts";
import { targetOf } from "../../src/web/target.ts";
import { useDatabase } from "../support/database.ts";
import { type HttpServer, startHttp } from "../support/http.ts";

const of = (url: string, host: string | undefined = "localhost:3130") =>
  targetOf({ url, headers: { host } })?.target;

describe("the target of a request", () => {
  it.each([
    ["/mcp", "/mcp"],
    ["/mcp?a=b", "/mcp?a=b"],
    ["/mcp/", "/mcp/"],
    ["//mcp", "//mcp"],
    ["/upload/../mcp", "/mcp"],
    ["/mcp%2f", "/mcp%2f"],
    ["http://localhost:3130/mcp?a=b", "/mcp?a=b"],
    ["HTTP://LOCALHOST:3130/mcp", "/mcp"],
  ])("%s is %s", (url, target) => {
    expect(of(url)).toBe(target);
  });

  it.each([
    "http://elsewhere.example/mcp",
    "http://localhost:3131/mcp",
    "http://ada:word@localhost:3130/mcp",
    "http://ada@localhost:3130/mcp",
    "ftp://localhost:3130/mcp",
    "http:///mcp",
    "http://[::1",
    "mcp",
    "*",
    "/mcp?email=%00",
  ])("%s is none", (url) => {
    expect(of(url)).toBeUndefined();
  });

  it.each([
    "ada:word@localhost",
    "ada@localhost:3130",
    "localhost/healthz?",
    "localhost#",
    "localhost?x=",
    "a b",
    "localhost:x",
  ])("is none of a host %s", (host) => {
    expect(of("/mcp", host)).toBeUndefined();
  });

  it.each(["localhost", "127.0.0.1:80", "[::1]:3130", "hiring_team.example-host.test", undefined])(
    "may be of the host %s, or of none",
    (host) => {
      expect(of("/mcp", host)).toBe("/mcp");
    },
  );
});

const database = useDatabase();
let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe("a request whose target or host is not one of this server", () => {
  it("gets an answer that is no defect, and leaves nothing of itself in the log", async () => {
    const lines: string[] = [];
    const log = pino(logOptions("debug"), { write: (line: string) => void lines.push(line) });
    server = await startHttp(await database.workspace(), [], { log: log as ReturnType<typeof createLog> });
    const { port } = server;
    const ask = (target: string, host = `localhost:${port}`) =>
      new Promise<string>((resolve) => {
        let text = "";
        connect(port, "127.0.0.1")
          .on("data", (piece) => {
            text += piece;
          })
          .on("error", () => {})
          .on("close", () => resolve(text.slice(9, 12)))
          .write(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
      });
    const own = `localhost:${port}`;
    expect(await ask(`http://${own}/healthz`)).toBe("200");
    for (const path of ["mcp", "upload", "upload/open", "sign-in", "healthz"]) {
      expect(await ask(`http://canary:word@${own}/${path}?email=canary`)).toBe("400");
      expect(await ask(`http://canary.example/${path}?email=canary`)).toBe("400");
      expect(await ask(`/${path}?email=canary`, `canary:word@${own}`)).toBe("400");
      expect(await ask(`/${path}?email=canary`, "localhost/canary?")).toBe("400");
    }
    expect(lines.join("")).not.toMatch(/canary|defect/);
  });
});
