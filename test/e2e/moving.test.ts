import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/database/open.ts";
import { differencesOf } from "../support/archives.ts";
import { freshEnv, PROGRAM, run } from "../support/clients.ts";
import { fillWorkspace } from "../support/full-workspace.ts";
import { startHost } from "../support/host.ts";

const folder = mkdtempSync(join(tmpdir(), "greenflag-moving-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
/** A data directory with many rows, so that there is a middle in which a process can be killed. */
const full = freshEnv();
beforeAll(async () => {
  const firstAdmin = async () => ({ email: "ada@example.test", name: "Ada" });
  const directory = full.GREENFLAG_DATA_DIR ?? "";
  const store = await openStore({ directory, command: "test", firstAdmin });
  await fillWorkspace(store, { count: 60 });
  await store.close();
});

/** Runs a command and kills it when `when` has come; false where it ended before. */
async function killed(
  args: readonly string[],
  env: Record<string, string>,
  when: () => Promise<unknown>,
): Promise<boolean> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: "ignore" });
  const exit = once(child, "exit") as Promise<[number | null, string | null]>;
  await Promise.race([when(), exit]);
  child.kill("SIGKILL");
  return (await exit)[1] === "SIGKILL";
}

/** Whether an export of this name is in the midst of its files. */
function isWriting(name: string): boolean {
  const growing = readdirSync(folder).find((entry) => entry.startsWith(`.${name}.partial-`));
  const documents = join(folder, growing ?? "", "documents");
  return growing !== undefined && existsSync(documents) && readdirSync(documents).length > 20;
}

describe("moving a workspace by the commands of the program", () => {
  const backup = join(folder, "backup");

  it("leaves nothing under the final name when an export is killed, and the next one clears up", async () => {
    const out = join(folder, "killed");
    const wasKilled = await killed(["export", "--out", out], full, async () => {
      while (!isWriting("killed")) await pause(5);
    });
    expect(wasKilled).toBe(true);
    expect(readdirSync(folder).filter((name) => !name.startsWith(".killed.partial-"))).toEqual([]);
    const next = await run(["export", "--out", out], full);
    expect(next.stderr + next.stdout).toMatch(/Written to .*killed: 6 roles, 60 candidates/);
    expect(readdirSync(folder)).toEqual(["killed"]);
  });

  it("backs up, and restores all or nothing however often it is killed", async () => {
    const made = await run(["backup", "--out", backup], full);
    expect(made.stdout).toMatch(
      /ok {4}files: \d+ files read again and whole[\s\S]*ok {4}history: every chain of events adds up/,
    );
    const began = Date.now();
    const whole = freshEnv();
    expect((await run(["restore", backup], whole)).code).toBe(0);
    const took = Date.now() - began;
    const env = freshEnv();
    let kills = 0;
    for (const part of [0.5, 0.7, 0.9]) {
      if (await killed(["restore", backup], env, () => pause(took * part))) kills += 1;
    }
    expect(kills).toBeGreaterThan(0);
    const last = await run(["restore", backup], env);
    if (last.code !== 0) expect(last.stderr).toMatch(/not empty.*candidates \(60\)/);
    const again = join(folder, "again");
    expect((await run(["export", "--out", again], env)).code).toBe(0);
    expect(differencesOf(again, backup)).toEqual([]);
    expect((await run(["doctor"], env)).stdout).toMatch(/ok {4}history: every chain of events adds up/);
  });

  it("works while a server has the database open, which then works in the restored workspace", async () => {
    const env = freshEnv();
    const host = startHost(env);
    expect((await host.call("get_pipeline"))?.text).not.toMatch(/BB-/);
    const restored = await run(["restore", backup], env);
    expect(restored.stdout).toMatch(/Restored from .*: 6 roles, 60 candidates[\s\S]*ok {4}history/);
    expect((await host.call("get_pipeline"))?.text).toMatch(/BB-/);
    const out = join(folder, "from-server");
    expect((await run(["export", "--out", out], env)).stdout).toMatch(/60 candidates/);
    expect(differencesOf(out, backup)).toEqual([]);
    expect(await host.end()).toBe(0);
  });

  it("says what is wrong with a folder, and leaves the database as it was", async () => {
    const copy = join(folder, "half");
    cpSync(backup, copy, { recursive: true });
    await rm(join(copy, "moves.jsonl"));
    const env = freshEnv();
    const refused = await run(["restore", copy], env);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/not whole; nothing was changed\. moves\.jsonl is missing/);
    expect((await run(["restore", backup], env)).code).toBe(0);
    expect((await run(["restore", backup], env)).stderr).toMatch(/not empty/);
  });
});
