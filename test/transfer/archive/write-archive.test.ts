import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isOwnExport } from "../../../src/transfer/archive/format.ts";
import { faultsOf, openArchive } from "../../../src/transfer/archive/read-archive.ts";
import {
  type ArchiveWriter,
  bytesWritten,
  writeArchive,
} from "../../../src/transfer/archive/write-archive.ts";

const ABOUT = {
  ...{ greenflag_export: 1, release: "0.1.0", migrations: 18, engine: "embedded" as const },
  ...{ when: "2026-11-25T09:00:00.000Z", workspace: "01a22d20-1f87-7066-80c3-0b1ac85b7246" },
};
const ID = "01a22d20-1f87-7066-80c3-0b1ac85b7247";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "greenflag-writing-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Rows of one table, and one more with a file; `before` runs when the first has been written. */
const writeWith = (before: () => unknown = () => {}) =>
  async function write(archive: ArchiveWriter) {
    await archive.table("roles", pages([{ json: '{"id":"1"}' }]));
    await before();
    const file = { bytes: Buffer.from("%PDF-1.7"), extension: ".PDF" };
    const json = JSON.stringify({ id: ID, extension: ".PDF" });
    await archive.table("originals", pages([{ json, file }]));
    await archive.schema({ tables: [] });
    return ABOUT;
  };

async function* pages<T>(...all: T[][]): AsyncGenerator<T[]> {
  for (const page of all) yield page;
}

const growing = (): string =>
  join(folder, readdirSync(folder).find((name) => name.includes(".partial-")) ?? "");

describe("writing an export", () => {
  it("gives a folder that only this user can read, in folders that were not there", async () => {
    const target = join(folder, "backups", "monday");
    await writeArchive(target, writeWith());
    expect(readdirSync(target).sort()).toEqual([
      "README.txt",
      "documents",
      "greenflag-export.json",
      "originals.jsonl",
      "roles.jsonl",
      "schema.json",
    ]);
    expect(readdirSync(join(target, "documents"))).toEqual([`${ID}.pdf`]);
    expect(readdirSync(join(folder, "backups"))).toEqual(["monday"]);
    expect(isOwnExport(target)).toBe(true);
    expect(isOwnExport(folder)).toBe(false);
    const archive = await openArchive(target, { version: "0.1.0", migrations: 18 });
    expect(await faultsOf(archive, target)).toEqual([]);
  });

  it("takes an empty folder, and refuses one with something in it", async () => {
    const target = join(folder, "there");
    mkdirSync(target);
    await writeArchive(target, writeWith());
    await expect(writeArchive(target, writeWith())).rejects.toThrow(/is there already and is not empty/);
    const file = join(folder, "file");
    writeFileSync(file, "mine");
    await expect(writeArchive(file, writeWith())).rejects.toThrow(/a part of its path is a file/);
    await expect(writeArchive(join(file, "below"), writeWith())).rejects.toThrow(
      /a part of its path is a file/,
    );
    expect(readdirSync(folder).sort()).toEqual(["file", "there"]);
  });

  it.runIf(existsSync("/dev/full"))(
    "leaves nothing when the disk is full (skipped where there is no /dev/full)",
    async () => {
      const fill = () => symlinkSync("/dev/full", join(growing(), "schema.json"));
      await expect(writeArchive(join(folder, "out"), writeWith(fill))).rejects.toThrow(
        /is full; nothing was left there/,
      );
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it("leaves nothing when a file cannot be written", async () => {
    const block = () => {
      rmSync(join(growing(), "documents"), { recursive: true });
      writeFileSync(join(growing(), "documents"), "a file in place of a folder");
    };
    await expect(writeArchive(join(folder, "out"), writeWith(block))).rejects.toThrow(
      /a part of its path is a file/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves what came into its place meanwhile, and nothing of its own", async () => {
    const target = join(folder, "out");
    const appear = () => {
      mkdirSync(target);
      writeFileSync(join(target, "mine"), "mine");
    };
    await expect(writeArchive(target, writeWith(appear))).rejects.toThrow(/something came into its place/);
    expect(readdirSync(folder)).toEqual(["out"]);
    expect(readdirSync(target)).toEqual(["mine"]);
  });

  it("removes what a process that was killed had begun, and waits for no other place", async () => {
    const target = join(folder, "out");
    // No process has a number this high.
    mkdirSync(join(folder, ".out.partial-99999999", "documents"), { recursive: true });
    writeFileSync(join(folder, ".out.partial-99999999", "roles.jsonl"), "{}");
    mkdirSync(join(folder, ".other.partial-99999999"));
    await writeArchive(target, writeWith());
    expect(readdirSync(folder).sort()).toEqual([".other.partial-99999999", "out"]);
  });

  it("is refused while another export to the same place is under way, which tells how far it is", async () => {
    const target = join(folder, "out");
    let second: unknown;
    let bytes = 0;
    await writeArchive(
      target,
      writeWith(async () => {
        bytes = await bytesWritten(target);
        second = await writeArchive(target, writeWith()).catch((error: Error) => error.message);
      }),
    );
    expect(second).toMatch(/Another export to this place is under way/);
    expect(bytes).toBeGreaterThan(10);
    expect(readdirSync(folder)).toEqual(["out"]);
  });
});
