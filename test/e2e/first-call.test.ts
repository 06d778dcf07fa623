import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshEnv, PROGRAM, run } from "../support/clients.ts";

/** CPU of opening the database in a directory, in a process of its own, in milliseconds; its start is not counted. */
async function openingCpuMs(directory: string): Promise<number> {
  const module = JSON.stringify(join(PROGRAM, "../store/database/open.js"));
  const script = `import { openStore } from ${module};
    const firstAdmin = async () => ({ email: "ada@example.test", name: "Ada Byron" });
    const before = process.cpuUsage();
    const store = await openStore({ directory: ${JSON.stringify(directory)}, command: "test", firstAdmin });
    const { user, system } = process.cpuUsage(before);
    await store.close();
    console.log((user + system) / 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  expect((await once(child, "exit"))[0]).toBe(0);
  return Number(Buffer.concat(output).toString());
}

/** Runs a command on a new directory, where writing one of the database's files fails in this way. */
async function runAndFail(env: Record<string, string>, failure: string) {
  const hook = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
    const write = fs.writeFileSync; let left = 400;
    fs.writeFileSync = (path, ...rest) => {
      if (String(path).includes("db") && --left === 0) { ${failure} }
      return write(path, ...rest);
    };
    syncBuiltinESMExports();`;
  const url = `data:text/javascript,${encodeURIComponent(hook)}`;
  return run(["member", "list"], { ...env, NODE_OPTIONS: `--import=${url}` });
}

const contents = (env: Record<string, string>): string[] => readdirSync(env.GREENFLAG_DATA_DIR ?? "").sort();

describe("the first call on a new directory", () => {
  it("costs at most three times the CPU of opening an existing one", async () => {
    const cpu: { first: number[]; again: number[] } = { first: [], again: [] };
    for (let round = 0; round < 2; round += 1) {
      const directory = mkdtempSync(join(tmpdir(), "greenflag-first-"));
      cpu.first.push(await openingCpuMs(directory));
      cpu.again.push(await openingCpuMs(directory));
    }
    expect(Math.min(...cpu.first)).toBeLessThanOrEqual(3 * Math.min(...cpu.again));
  });

  it("leaves nothing that is taken for a database when the process is killed in the middle of it", async () => {
    const env = freshEnv();
    const killed = await runAndFail(env, `process.kill(process.pid, "SIGKILL");`);
    expect(killed.code).toBeNull();
    expect(contents(env)).toEqual(["db.new", "lock"]);
    const next = await run(["member", "list"], env);
    expect(next.stdout).toMatch(/ada@example\.test/);
    expect(contents(env)).toEqual(["db", "lock"]);
  });

  it("takes away what it has written when the disk is full", async () => {
    const env = freshEnv();
    const full = await runAndFail(
      env,
      `throw Object.assign(new Error("no space left"), { code: "ENOSPC" });`,
    );
    expect(full.code).toBe(1);
    expect(contents(env)).toEqual(["lock"]);
  });
});
