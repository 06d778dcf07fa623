import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, describe, expect, inject, it } from "vitest";
import { readErasedList } from "../../../src/store/database/erased-list.ts";
import { openStore } from "../../../src/store/database/open.ts";
import type { Store } from "../../../src/store/store.ts";
import { changes, members } from "../../../src/store/tables.ts";
import { start } from "../../support/harness.ts";
import { makeDatabase } from "../../support/own-database.ts";
import { seeded, ZOE } from "../../support/seeded.ts";
import { filesWith, fillRecord, personAt, QUILL } from "../../support/whole-record.ts";

const places: string[] = [];
afterAll(() => {
  for (const place of places) rmSync(place, { recursive: true, force: true });
});

function newPlace(): string {
  const place = mkdtempSync(join(tmpdir(), "greenflag-erased-"));
  places.push(place);
  return place;
}

const open = (directory: string, databaseUrl?: string): Promise<Store> =>
  openStore({
    ...{ directory, databaseUrl, command: "test" },
    firstAdmin: async () => ({ email: "ada@example.test", name: "Ada Byron" }),
  });

/** A person with the word in every field, and so long a past that the log has been through several files. */
async function filled(directory: string): Promise<Store> {
  const store = await open(directory);
  await seeded(store, [ZOE, { name: "Ines Moreira", email: "ines@example.test", resume: "# Ines" }]);
  await fillRecord(store, "MLE-1", "MLE-2");
  const { workspaceId } = store;
  const megabyte = Array.from({ length: 20_000 }, () => `${QUILL} ${Math.random()}`).join(" ");
  for (let n = 0; n < 60; n += 1)
    await store.write(new AbortController().signal, async (tx) => {
      const { candidateId, applicationId } = await personAt(tx, workspaceId, "MLE-1");
      const [ada] = await tx.select().from(members);
      await tx.insert(changes).values({
        ...{ workspaceId, id: uuidv7(), candidateId, applicationId, field: "name", before: megabyte },
        ...{ changedBy: ada?.id ?? "", client: "test", changedAt: new Date() },
      });
    });
  await store.read((db) => db.execute(sql`analyze`));
  await store.read((db) => db.execute(sql`checkpoint`));
  return store;
}

describe("the files of an embedded database", () => {
  it("hold no word of an erased person any more, and a list of hashes beside them", async () => {
    const directory = newPlace();
    const store = await filled(directory);
    expect(filesWith(directory, QUILL).length).toBeGreaterThan(3);
    const greenflag = await start({ store });
    const { told } = await greenflag.agreed("erase_candidate", { application: "MLE-1" });
    expect(told).toContain("The database's files were rewritten without them.");
    expect(filesWith(directory, QUILL)).toEqual([]);
    await store.close();
    expect(filesWith(directory, QUILL)).toEqual([]);
    const [person, ...others] = await readErasedList(directory);
    expect(others).toEqual([]);
    expect(person).toMatchObject({ erased_at: "2026-11-24T09:00:00.000Z" });
    expect(person?.hashes).toContain("f00d");
    const again = await open(directory);
    const ines = await (await start({ store: again })).ok("get_candidate", { application: "MLE-2" });
    expect(ines.candidate.name).toBe("Ines Moreira");
    await again.close();
  });

  it("are cleared when the database is opened again, where the process ended too early", async () => {
    const directory = newPlace();
    const store = await filled(directory);
    const greenflag = await start({
      store: { ...store, clearErased: () => Promise.reject(new Error("the process ended")) },
    });
    const { text } = await greenflag.call("erase_candidate", { application: "MLE-1" });
    const code = /confirm: "(\w+)"/.exec(text)?.[1];
    const done = await greenflag.call("erase_candidate", { application: "MLE-1", confirm: code });
    expect(done.text).toContain("files still hold deleted rows");
    await store.close();
    expect(filesWith(directory, QUILL).length).toBeGreaterThan(0);
    expect(await readErasedList(directory)).toEqual([]);
    await (await open(directory)).close();
    expect(filesWith(directory, QUILL)).toEqual([]);
    expect(await readErasedList(directory)).toHaveLength(1);
  });
});

const server = inject("databaseUrl");
const PG_DUMP = "pg_dump";
const hasPgDump = spawnSync(PG_DUMP, ["--version"]).status === 0;

describe.skipIf(server === undefined || !hasPgDump)("a plain dump of a PostgreSQL database", () => {
  it("holds no word of an erased person", async () => {
    const own = await makeDatabase(server ?? "", `erased_${process.pid}`);
    try {
      const dump = () => execFileSync(PG_DUMP, [own.url], { encoding: "utf8", maxBuffer: 1 << 28 });
      const store = await open(newPlace(), own.url);
      await seeded(store, [ZOE, { name: "Ines Moreira", email: "ines@example.test" }]);
      await fillRecord(store, "MLE-1", "MLE-2");
      expect(dump()).toContain(QUILL);
      const greenflag = await start({ store });
      const { told } = await greenflag.agreed("erase_candidate", { application: "MLE-1" });
      expect(told.join(" ")).toContain("The server was asked to give the deleted rows back");
      expect(dump()).not.toContain(QUILL);
      expect(dump()).toContain("Ines Moreira");
      await store.close();
    } finally {
      await own.drop();
    }
  });
});

describe("a list of erased people", () => {
  const ANA = { candidate_id: uuidv7(), hashes: ["ab"], erased_at: "2026-11-24T09:00:00.000Z" };
  const listWith = (text: string): string => {
    const file = join(newPlace(), "erased.jsonl");
    writeFileSync(file, text);
    return file;
  };

  it("is read from a file or a directory, each person once, in a backup's form too", async () => {
    const line = `${JSON.stringify(ANA)}\n`;
    const file = listWith(line + line);
    expect(await readErasedList(file)).toEqual([ANA]);
    expect(await readErasedList(join(file, ".."))).toEqual([ANA]);
    writeFileSync(
      join(file, "..", "erasures.jsonl"),
      JSON.stringify({ ...ANA, id: uuidv7(), erased_by: null }),
    );
    expect(await readErasedList(join(file, ".."))).toEqual([ANA]);
  });

  it("is refused where a line is none of it or was cut", async () => {
    const line = `${JSON.stringify(ANA)}\n`;
    await expect(readErasedList(listWith(`${line}{"candidate_id": "0`))).rejects.toThrow(/line 2/);
    await expect(readErasedList(listWith(`name,email\n${line}`))).rejects.toThrow(/line 1: this is no list/);
    await expect(readErasedList(join(newPlace(), "none.jsonl"))).rejects.toThrow(/no such file/);
  });
});
