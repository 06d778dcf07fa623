import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const CHILD = fileURLToPath(new URL("../support/import-child.mjs", import.meta.url));

it("an import that is killed in the middle of a batch goes on where it was, and nobody comes in twice or by half", () => {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-import-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: string[]) => {
    const { stdout, signal } = spawnSync(process.execPath, [CHILD, join(folder, "data"), ...args], {
      encoding: "utf8",
    });
    return { stdout, signal };
  };
  expect(run("yes", "3").signal).toBe("SIGKILL");
  const before = Number(/(\d+) imported before/.exec(run("dry").stdout)?.[1]);
  // The third batch is whole or not there at all.
  expect([100, 120]).toContain(before);
  const { stdout } = run("yes");
  if (before < 120)
    expect(stdout).toContain("Added 20 applications of 20 people, with 0 documents and 20 notes");
  expect(run("yes").stdout).toContain("120 not again (120 imported before)");
});
