import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";

type Content = { type: string; text?: string; data?: string; mimeType?: string };
export type Answer = {
  result: { tools?: { name: string }[]; isError?: boolean; content?: Content[] };
};

/** What Claude Desktop says of itself: it shows apps, and asks nobody (no elicitation). */
const CAPABILITIES = {
  extensions: { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html;profile=mcp-app"] } },
};

type Waiting = { resolve(answer: Answer): void; reject(error: Error): void };

/** A host that speaks JSON-RPC line by line with what it starts, as Claude Desktop does. */
export class RawClient {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting = new Map<number, Waiting>();
  #rest = "";
  #id = 0;

  constructor(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
    this.#child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdout.on("data", (chunk: Buffer) => {
      const lines = (this.#rest + chunk.toString()).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) {
        const message = JSON.parse(line) as Answer & { id?: number };
        this.#waiting.get(message.id ?? 0)?.resolve(message);
      }
    });
    this.#child.on("exit", (code) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`the server ended with code ${code}`));
    });
  }

  request(method: string, params: object = {}): Promise<Answer> {
    this.#id += 1;
    const id = this.#id;
    const answer = new Promise<Answer>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#say({ id, method, params });
    return answer;
  }

  async initialize(): Promise<Answer> {
    const clientInfo = { name: "claude-ai", version: "0.1.0" };
    const answer = await this.request("initialize", {
      protocolVersion: "2025-11-25",
      capabilities: CAPABILITIES,
      clientInfo,
    });
    this.#say({ method: "notifications/initialized" });
    return answer;
  }

  /** What a tool answers; an error of the tool fails the test with its text. */
  async call(name: string, args: object): Promise<{ text: string; content: Content[] }> {
    const { result } = await this.request("tools/call", { name, arguments: args });
    const { content = [] } = result;
    const text = content.map((part) => part.text ?? "").join("\n");
    if (result.isError) throw new Error(`${name}: ${text}`);
    return { text, content };
  }

  /** Ends the input, as a host does, and waits for the end of the server. */
  async close(): Promise<number | null> {
    const exit = once(this.#child, "exit");
    this.#child.stdin.end();
    const [code] = (await exit) as [number | null];
    return code;
  }

  #say(message: object): void {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  }
}
