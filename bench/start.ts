import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tools } from "../src/mcp/tools/index.ts";
import { median, report } from "./report.ts";

const RUNS = 11;
const script = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const floor = script("./bare-server.mjs");

/** The clone's program, and the bundle's where `npm run bundle` has made one. */
const PROGRAMS = [
  { name: "dist", path: script("../dist/cli.js") },
  { name: "bundle", path: script("../bundle/dist/cli.js") },
].filter(({ path }) => existsSync(path));

type Start = { readonly ms: number; readonly mib: number };

/** Milliseconds from starting the process to having its list of tools, and the memory that it has then. */
async function startToList(path: string): Promise<Start> {
  const directory = mkdtempSync(join(tmpdir(), "greenflag-bench-"));
  try {
    return await start(path, {
      ...process.env,
      GREENFLAG_DATA_DIR: directory,
      GREENFLAG_LOG: "silent",
      BARE_TOOLS: String(tools.length),
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function start(path: string, env: NodeJS.ProcessEnv): Promise<Start> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [path], { stdio: ["pipe", "pipe", "inherit"], env });
    child.once("error", reject);
    let answers = "";
    child.stdout.on("data", (chunk: Buffer) => {
      answers += chunk.toString();
      if (!/"id":2\b.*\n/.test(answers)) return;
      const ms = performance.now() - started;
      const kib = Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" }));
      child.stdout.removeAllListeners("data");
      child.once("exit", () => resolve({ ms, mib: kib / 1_024 }));
      child.stdin.end();
      child.kill();
    });
    const say = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    const clientInfo = { name: "bench", version: "1" };
    say({
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo },
    });
    say({ method: "notifications/initialized" });
    say({ id: 2, method: "tools/list" });
  });
}

/** Process start to tools/list, before any database is open, beside a bare SDK server with as many tools; they take turns. */
export async function benchStart(): Promise<void> {
  const bare: Start[] = [];
  const ours = PROGRAMS.map(({ name, path }) => ({ name, path, starts: [] as Start[] }));
  for (const path of [floor, ...PROGRAMS.map((program) => program.path)]) await startToList(path);
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await startToList(floor));
    for (const { path, starts } of ours) starts.push(await startToList(path));
  }
  const of = (starts: readonly Start[], figure: keyof Start) => median(starts.map((each) => each[figure]));
  for (const { name, starts } of ours) {
    report(`start to tools/list, ${name} (ms)`, of(starts, "ms"), of(bare, "ms"), "at most 1.3 x");
    report(`memory after tools/list, ${name} (MiB)`, of(starts, "mib"), of(bare, "mib"), "at most 1.2 x");
  }
}
