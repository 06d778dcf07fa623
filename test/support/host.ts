import { spawn } from "node:child_process";
import { PROGRAM } from "./clients.ts";

type Answer = { readonly isError: boolean; readonly text: string };

/** The program as a host starts it, spoken to line by line, so that it can be killed at any moment. */
export type Host = {
  readonly pid: number;
  /** Undefined when the program ended before it answered. */
  call(name: string, args?: object): Promise<Answer | undefined>;
  /** What it has written to its log. */
  log(): string;
  kill(): void;
  /** Ends its input, as a host that closes does, and gives its exit code. */
  end(): Promise<number | null>;
};

const rpc = (message: object) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`;
const params = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "host", version: "1" },
};

type Message = { id?: number; result?: { isError?: boolean; content?: { text?: string }[] } };

export function startHost(
  env: Record<string, string>,
  { program = PROGRAM, cwd }: { readonly program?: string; readonly cwd?: string } = {},
): Host {
  const child = spawn(process.execPath, [program], { env, cwd, stdio: ["pipe", "pipe", "pipe"] });
  const waiting = new Map<number, (answer: Answer | undefined) => void>();
  let rest = "";
  let log = "";
  let lastId = 1;
  let ended = false;
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { id = 0, result } = JSON.parse(line) as Message;
      const text = result?.content?.map((part) => part.text ?? "").join("\n") ?? line;
      waiting.get(id)?.({ isError: result === undefined || result.isError === true, text });
      waiting.delete(id);
    }
  });
  child.stdin.on("error", () => {});
  const exit = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => {
      ended = true;
      for (const give of waiting.values()) give(undefined);
      resolve(code);
    }),
  );
  child.stdin.write(
    rpc({ id: 1, method: "initialize", params }) + rpc({ method: "notifications/initialized" }),
  );
  return {
    pid: child.pid ?? 0,
    log: () => log,
    kill: () => void child.kill("SIGKILL"),
    end() {
      child.stdin.end();
      return exit;
    },
    call(name, args = {}) {
      if (ended) return Promise.resolve(undefined);
      lastId += 1;
      const id = lastId;
      child.stdin.write(rpc({ id, method: "tools/call", params: { name, arguments: args } }));
      return new Promise((resolve) => waiting.set(id, resolve));
    },
  };
}
