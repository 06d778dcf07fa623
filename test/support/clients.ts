import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as Client1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as Stdio1 } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as Http1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { Client as Client112 } from "mcp-sdk-1.12/client/index.js";
import { StdioClientTransport as Stdio112 } from "mcp-sdk-1.12/client/stdio.js";
import { StreamableHTTPClientTransport as Http112 } from "mcp-sdk-1.12/client/streamableHttp.js";

/** The built program, as hosts start it. */
export const PROGRAM = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** The SDK that a client is made with, and the protocol that it speaks; "1.x" is the newest of that line. */
export type Era = "1.12" | "1.x" | "2.x, earlier protocol" | "2.x, 2026-07-28";
/** Those that can ask their user: SDK 1.12 speaks a protocol from before there were forms. */
export const ERAS: readonly Era[] = ["1.x", "2.x, earlier protocol", "2.x, 2026-07-28"];
export const ALL_ERAS: readonly Era[] = ["1.12", ...ERAS];

/** What a client is told while it waits. */
type Noticed = (notice: { progress: number }) => void;

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever fields the answer has
type Answered = { isError: boolean; text: string; facts: any };

type Named = { name: string };
type ListedTool = Named & { outputSchema?: object };
/** Everything that a server lists. */
type Lists = {
  tools: ListedTool[];
  prompts: Named[];
  resources: { uri: string }[];
  templates: { uriTemplate: string }[];
};
/** What an argument is completed for. */
type Completed = { type: "ref/prompt"; name: string } | { type: "ref/resource"; uri: string };

/** What a test asks of a client, whichever SDK it is made with. */
export type AnyClient = {
  listTools(): Promise<ListedTool[]>;
  lists(): Promise<Lists>;
  complete(ref: Completed, name: string, value: string, chosen?: Record<string, string>): Promise<string[]>;
  call(name: string, args?: object, onprogress?: Noticed): Promise<Answered>;
  read(uri: string): Promise<unknown>;
  prompt(name: string, args: Record<string, string>): Promise<string>;
  close(): Promise<void>;
};

/** An answer is waited for until the test itself is given up. */
const PATIENT = { timeout: 600_000 };

type Asked = { message: string };
/** What the person at the client says when asked; without it the client cannot ask. */
export type Answering = (asked: Asked) => {
  action: "accept" | "decline" | "cancel";
  content?: { agree: boolean };
};

export type Where =
  | { command: readonly string[]; env: Record<string, string> }
  | { url: string; headers?: Record<string, string> }
  | { fetch: typeof fetch };

/** A client of one SDK and one protocol era, connected to a server that runs here. */
export async function connect(
  where: Where,
  era: Era,
  answering?: Answering,
  capabilities: object = answering ? { elicitation: { form: {} } } : {},
): Promise<AnyClient> {
  const info = { name: "test-client", version: "9.9.9" };
  if (era === "1.12") {
    if (answering || "fetch" in where)
      throw new Error("a client of SDK 1.12 neither asks its user nor takes a fetch of the test's own");
    const client = new Client112(info, { capabilities: { ...capabilities } });
    const transport = transportOf(where, Stdio112, Http112) as Parameters<typeof client.connect>[0];
    await client.connect(transport, PATIENT);
    return wrap(client as unknown as Loose, (request, options) =>
      client.callTool(request, undefined, options),
    );
  }
  if (era === "1.x") {
    const client = new Client1(info, { capabilities });
    if (answering)
      client.setRequestHandler(ElicitRequestSchema, async ({ params }) =>
        answering({ message: params.message }),
      );
    const transport = transportOf(where, Stdio1, Http1) as Parameters<typeof client.connect>[0];
    await client.connect(transport, PATIENT);
    return wrap(client as unknown as Loose, (request, options) =>
      client.callTool(request, undefined, options),
    );
  }
  const versionNegotiation =
    era === "2.x, 2026-07-28" ? { versionNegotiation: { mode: { pin: "2026-07-28" } } } : {};
  const client = new Client(info, { capabilities, ...versionNegotiation } as ConstructorParameters<
    typeof Client
  >[1]);
  if (answering)
    client.setRequestHandler("elicitation/create", async ({ params }) =>
      answering({ message: params.message }),
    );
  await client.connect(transportOf(where, StdioClientTransport, StreamableHTTPClientTransport), PATIENT);
  return wrap(client as unknown as Loose, (request, options) => client.callTool(request, options));
}

type Program = { command: string; args: string[]; env: Record<string, string>; stderr: "pipe" };
/** Options of the HTTP transports; SDK 1.12 knows no `fetch`, and shares the session with the others. */
type HttpOptions = { fetch?: typeof fetch; sessionId?: string; requestInit?: RequestInit };

function transportOf<S, H>(
  where: Where,
  Stdio: new (program: Program) => S,
  Http: new (url: URL, options?: HttpOptions) => H,
): S | H {
  if ("command" in where)
    return new Stdio({
      command: process.execPath,
      args: [...where.command],
      env: where.env,
      stderr: "pipe",
    });
  if ("url" in where) return new Http(new URL(where.url), { requestInit: { headers: where.headers ?? {} } });
  return new Http(new URL("http://127.0.0.1/mcp"), { fetch: where.fetch });
}

type Result = { isError?: boolean; content: { type: string; text?: string }[]; structuredContent?: unknown };
type Loose = {
  listTools(): Promise<{ tools: ListedTool[] }>;
  listPrompts(): Promise<{ prompts: Named[] }>;
  listResources(): Promise<{ resources: { uri: string }[] }>;
  listResourceTemplates(): Promise<{ resourceTemplates: { uriTemplate: string }[] }>;
  complete(request: object): Promise<{ completion: { values: string[] } }>;
  readResource(request: object): Promise<{ contents: { text?: string }[] }>;
  getPrompt(request: object): Promise<{ messages: { content: { text?: string } }[] }>;
  close(): Promise<void>;
};

type Call = (
  request: { name: string; arguments: Record<string, unknown> },
  options: { timeout: number; onprogress?: Noticed },
) => Promise<unknown>;

function wrap(client: Loose, callTool: Call): AnyClient {
  return {
    listTools: async () => (await client.listTools()).tools,
    lists: async () => ({
      tools: (await client.listTools()).tools,
      prompts: (await client.listPrompts()).prompts,
      resources: (await client.listResources()).resources,
      templates: (await client.listResourceTemplates()).resourceTemplates,
    }),
    complete: async (ref, name, value, chosen) => {
      const context = chosen === undefined ? {} : { context: { arguments: chosen } };
      return (await client.complete({ ref, argument: { name, value }, ...context })).completion.values;
    },
    async call(name, args = {}, onprogress) {
      const options = onprogress ? { ...PATIENT, onprogress } : PATIENT;
      const result = (await callTool({ name, arguments: { ...args } }, options)) as Result;
      const text = result.content.map((c) => c.text ?? "").join("\n");
      return { isError: result.isError === true, text, facts: result.structuredContent };
    },
    read: async (uri) => JSON.parse((await client.readResource({ uri })).contents[0]?.text ?? "null"),
    prompt: async (name, args) =>
      (await client.getPrompt({ name, arguments: args })).messages
        .map((m) => m.content.text ?? "")
        .join("\n"),
    close: () => client.close(),
  };
}

/** An environment in which the program touches nothing but a fresh directory. */
export function freshEnv(more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    GREENFLAG_DATA_DIR: mkdtempSync(join(tmpdir(), "greenflag-e2e-")),
    GREENFLAG_MEMBER: "ada@example.test",
    GREENFLAG_LOG: "warn",
    GITHUB_API_URL: "http://127.0.0.1:9",
    ...more,
  };
}

/** Runs the program to its end. */
export async function run(args: readonly string[], env: Record<string, string>, input?: string) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(input ?? "");
  const [code] = await once(child, "exit");
  return { code: code as number | null, stdout, stderr };
}

/** Starts `greenflag serve` on a free port. */
export async function serve(
  env: Record<string, string>,
): Promise<{ url: string; pid: number; stop(): Promise<number | null> }> {
  const all = { ...env, GREENFLAG_PORT: "0", GREENFLAG_LOG: "info" };
  const child = spawn(process.execPath, [PROGRAM, "serve"], { env: all, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      const found = /"url":"([^"]+)"/.exec(log)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", () => reject(new Error(`serve ended: ${log}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const [code] = await ended;
      return code as number | null;
    },
  };
}
