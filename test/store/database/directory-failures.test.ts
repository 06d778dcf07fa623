import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  filesFailure,
  isDatabaseThere,
  translateDirectory,
} from "../../../src/store/database/directory-failures.ts";
import { openStore } from "../../../src/store/database/open.ts";

const fresh = () => mkdtempSync(join(tmpdir(), "greenflag-data-"));
const firstAdmin = async () => ({ email: "ada@example.test", name: "Ada Byron" });
const open = (directory: string) => openStore({ directory, command: "test", firstAdmin });

/** As much of a database as is looked at before one is opened. */
function filesIn(directory: string): string {
  const data = join(directory, "db");
  for (const folder of ["base", "pg_wal", "pg_xact", "global"])
    mkdirSync(join(data, folder), { recursive: true });
  writeFileSync(join(data, "PG_VERSION"), "18\n");
  writeFileSync(join(data, "global", "pg_control"), "x");
  return data;
}

describe("the files of an embedded database", () => {
  it("are there when all of them are, and are not where there are none", () => {
    const directory = fresh();
    expect(isDatabaseThere(join(directory, "db"))).toBe(false);
    mkdirSync(join(directory, "db"));
    expect(isDatabaseThere(join(directory, "db"))).toBe(false);
    expect(isDatabaseThere(filesIn(directory))).toBe(true);
  });

  it.each(["PG_VERSION", "base", "pg_wal", "pg_xact", "global/pg_control"])(
    "are refused when %s is missing, and no new database is made over them",
    async (part) => {
      const directory = fresh();
      const data = filesIn(directory);
      rmSync(join(data, part), { recursive: true });
      const before = readdirSync(data, { recursive: true });
      await expect(open(directory)).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringContaining(data),
        hint: expect.stringMatching(/backup/),
      });
      expect(readdirSync(data, { recursive: true })).toEqual(before);
    },
  );

  it("are refused when they cannot be read, and stay", async () => {
    const directory = fresh();
    const data = filesIn(directory);
    await expect(open(directory)).rejects.toMatchObject({ message: expect.stringMatching(/damaged/) });
    expect(existsSync(join(data, "global", "pg_control"))).toBe(true);
  });

  it("are refused when another version made them", () => {
    const data = filesIn(fresh());
    writeFileSync(join(data, "PG_VERSION"), "17\n");
    expect(() => isDatabaseThere(data)).toThrow(/PostgreSQL 17; this release opens version 18/);
    writeFileSync(join(data, "PG_VERSION"), "");
    expect(() => isDatabaseThere(data)).toThrow(/damaged/);
  });
});

describe("a data directory that cannot be used", () => {
  it("is named when it is a file, or lies below one", async () => {
    const file = join(fresh(), "file");
    writeFileSync(file, "");
    for (const directory of [file, join(file, "below")])
      await expect(open(directory)).rejects.toMatchObject({
        message: expect.stringMatching(new RegExp(`${directory} cannot be used: it is a file`)),
      });
  });

  it.each([
    ["EACCES", /\/data cannot be written/],
    ["EROFS", /\/data cannot be written/],
    ["ENOSPC", /disk that \/data is on is full/],
    ["ENOTDIR", /\/data cannot be used/],
  ])("is named when the system says %s, without the system's words", (code, words) => {
    const error = Object.assign(new Error("s3cret"), { code });
    expect(() => translateDirectory(error, "/data")).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(words),
        hint: expect.not.stringMatching(/s3cret/),
      }),
    );
  });

  it("lets a defect through", () => {
    const defect = new Error("a defect");
    expect(() => translateDirectory(defect, "/data")).toThrow(defect);
    expect(filesFailure(defect, fresh())).toMatchObject({ message: expect.stringMatching(/damaged/) });
  });
});
