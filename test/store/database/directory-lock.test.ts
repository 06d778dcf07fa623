import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { lockDirectory } from "../../../src/store/database/directory-lock.ts";

const NOW = new Date("2026-11-24T09:00:00Z");
const fresh = (...deeper: string[]) => join(mkdtempSync(join(tmpdir(), "greenflag-lock-")), ...deeper);

describe("lockDirectory", () => {
  it("refuses a second holder and says who the first one is", async () => {
    const directory = fresh();
    const release = await lockDirectory(directory, "greenflag serve", NOW);
    await expect(lockDirectory(directory, "greenflag stdio", NOW)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(new RegExp(`greenflag serve, process ${process.pid}, since 2026-11-24`)),
      hint: expect.stringMatching(/DATABASE_URL/),
    });
    await release();
  });

  it("is free again after release, time and again, and leaves nothing piling up", async () => {
    const directory = fresh();
    for (let round = 0; round < 5; round += 1) await (await lockDirectory(directory, "a", NOW))();
    expect(readdirSync(join(directory, "lock")).length).toBeLessThanOrEqual(2);
  });

  it("works where the path is longer than a socket address may be", async () => {
    const directory = fresh("d".repeat(80), "e".repeat(80));
    const release = await lockDirectory(directory, "a", NOW);
    await expect(lockDirectory(directory, "b", NOW)).rejects.toMatchObject({ code: "unavailable" });
    await release();
    await (await lockDirectory(directory, "b", NOW))();
  });

  it("lets exactly one of many simultaneous starters in", async () => {
    const directory = fresh();
    const starts = await Promise.allSettled(
      Array.from({ length: 8 }, () => lockDirectory(directory, "a", NOW)),
    );
    const holders = starts.filter((s) => s.status === "fulfilled");
    expect(holders).toHaveLength(1);
    await holders[0]?.value();
  });

  it.each([
    ["is empty, as a power cut leaves it", "gen.8", ""],
    ["is cut off", "gen.8", '{"pid":12,"comm'],
    ["is not ours", "gen.8", "5"],
    ["names a file elsewhere", "gen.8", '{"socket":"../../precious"}'],
    ["has a number beyond counting", "gen.99999999999999999999", "{}"],
  ])("is not kept out by a lock file that %s", async (_, name, text) => {
    const directory = fresh();
    mkdirSync(join(directory, "lock"), { recursive: true });
    writeFileSync(join(directory, "lock", name), text);
    await (await lockDirectory(directory, "a", NOW))();
    const release = await lockDirectory(directory, "b", NOW);
    await expect(lockDirectory(directory, "c", NOW)).rejects.toMatchObject({ code: "unavailable" });
    await release();
  });

  it("removes nothing outside its own folder, whatever a lock file names", async () => {
    const directory = fresh("data");
    mkdirSync(join(directory, "lock"), { recursive: true });
    writeFileSync(join(directory, "..", "precious"), "kept");
    writeFileSync(join(directory, "lock", "gen.1"), '{"socket":"../../precious"}');
    await (await lockDirectory(directory, "a", NOW))();
    expect(existsSync(join(directory, "..", "precious"))).toBe(true);
  });

  it("takes over at once from a holder that was killed", async () => {
    const directory = fresh();
    const module = fileURLToPath(new URL("../../../src/store/database/directory-lock.ts", import.meta.url));
    const hold = `import { lockDirectory } from ${JSON.stringify(module)};
      await lockDirectory(${JSON.stringify(directory)}, "killed", new Date()); console.log("held"); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", hold], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    await expect(lockDirectory(directory, "next", NOW)).rejects.toMatchObject({
      message: expect.stringContaining("killed"),
    });
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await lockDirectory(directory, "next", NOW))();
  });
});
