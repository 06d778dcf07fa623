import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, report } from "./report.ts";

const RUNS = 11;
const ours = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const floor = fileURLToPath(new URL("./bare-server.mjs", import.meta.url));

/** Milliseconds from starting the process to having its list of tools. */
function startToList(script: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const env = {
      ...process.env,
      GREENFLAG_DATA_DIR: mkdtempSync(join(tmpdir(), "greenflag-bench-")),
      GREENFLAG_LOG: "silent",
    };
    const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"], env });
    child.once("error", reject);
    let seen = "";
    child.stdout.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      if (!seen.includes('"id":2')) return;
      resolve(performance.now() - started);
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

/** Process start to tools/list, beside a bare SDK server with as many tools; the two take turns. */
export async function benchStartup(): Promise<void> {
  const times: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
  await startToList(floor);
  await startToList(ours);
  for (let run = 0; run < RUNS; run += 1) {
    times.floor.push(await startToList(floor));
    times.ours.push(await startToList(ours));
  }
  report(
    "start to tools/list, stdio (ms)",
    median(times.ours),
    median(times.floor),
    "at most 1.5 x, and 300 ms",
  );
}
