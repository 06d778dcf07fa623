import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { zipOf } from "../../support/docx.ts";
import { folderOf, read, readFolder, toldOf } from "./folder.ts";

const someone = (id: string, own: object = {}) => ({
  ...{ id, name: `Kim ${id}`, stage: "Applied", stage_kind: "applied", disqualified: false, ...own },
});
const refusal = (path: string) =>
  read(path).then(
    () => "not refused",
    (error: Error) => error.message,
  );

describe("what cannot be read", () => {
  it("is refused where there is nothing to read", async () => {
    expect(await refusal(join(folderOf({}), "none"))).toBe("FILE: there is no file at this path.");
    expect(await refusal(folderOf({}))).toBe("FILE: there is no file in it.");
    const folder = folderOf({ ".hidden.json": "{}" });
    mkdirSync(join(folder, "within"));
    expect(await refusal(folder)).toBe("FILE: there is no file in it.");
    expect(await refusal(join(folderOf({ "a.json": "" }), "a.json"))).toBe("FILE: the file is empty.");
  });

  it("is told where a JSON file is cut off, and the others are read", async () => {
    const whole = JSON.stringify({ candidates: [someone("1")] });
    const source = await readFolder({ "a.json": whole, "b.json": whole.slice(0, -12) });
    expect(source.people.map(({ id }) => id)).toEqual(["1"]);
    expect(toldOf(source)).toEqual(["b.json: is no whole JSON: it may be cut off. Nothing of it is taken"]);
    const alone = folderOf({ "b.json": whole.slice(0, -12) });
    expect(await refusal(join(alone, "b.json"))).toBe(
      "FILE: the file is no whole JSON: it may be cut off. Nothing of it is taken.",
    );
  });

  it("is told of a sheet without anybody by what is wrong with its columns", async () => {
    const sheet = folderOf({ "twice.csv": "Name,Name,Email,Shoe size\nA B,C D,ab@example.test,40\n" });
    const source = await read(join(sheet, "twice.csv"));
    expect(toldOf(source).join("\n")).toMatch(/Name[\s\S]*Shoe size|Shoe size[\s\S]*Name/);
  });

  it("is told line by line in JSON Lines", async () => {
    const lines = ["1", "2", "3"].map((id) => JSON.stringify(someone(id)));
    const source = await readFolder({
      "people.jsonl": [lines[0], '{"id": "x', lines[1], "", lines[2]].join("\r\n"),
    });
    expect(source.people.map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(toldOf(source)).toEqual(["people.jsonl, line 2: is no whole JSON: left out"]);
  });

  it("is told field by field where a record has another nesting, and the rest of it is taken", async () => {
    const source = await readFolder({
      "candidates.json": {
        candidates: [
          someone("1", {
            job: "Engineer",
            tags: ["a", 5, "b"],
            created_at: "2026-02-31T10:00:00Z",
            email: "a@example.test",
          }),
          { ...someone("2"), id: { value: 2 } },
        ],
      },
    });
    expect(source.people).toMatchObject([{ id: "1", email: "a@example.test", tags: ["a", "b"] }]);
    expect(source.people[0]?.applications).toMatchObject([{ role: undefined, appliedAt: undefined }]);
    expect(toldOf(source)).toEqual([
      "candidates.json, candidate 1 (job): has another shape: left out",
      "candidates.json, candidate 1 (created_at): is no date that can be read: left out",
      "candidates.json, candidate 1 (tags): has another shape: left out",
      "candidates.json, candidate (id): has another shape: left out",
      "candidates.json, candidate (id): has another shape: left out",
    ]);
  });

  it("is told where nothing in a file is known", async () => {
    const source = await readFolder({
      "a.json": { candidates: [someone("1")] },
      "b.json": [{ colour: "red" }, 5],
    });
    expect(source.people).toHaveLength(1);
    expect(toldOf(source)).toEqual(["b.json: 1 record: is of no known shape: left out"]);
  });

  it("counts once where an id stands twice, the later content first", async () => {
    const older = someone("1", {
      email: "old@example.test",
      phone: "+1 555 0100",
      updated_at: "2026-01-01T00:00:00Z",
    });
    const newer = someone("1", { email: "new@example.test", updated_at: "2026-02-01T00:00:00Z" });
    for (const files of [
      { "a.json": [older], "b.json": [newer] },
      { "a.json": [newer], "b.json": [older] },
    ]) {
      const source = await readFolder({ ...files, "c.json": [newer] });
      expect(source.people).toMatchObject([{ id: "1", email: "new@example.test", phone: "+1 555 0100" }]);
      expect(toldOf(source).join()).toContain(
        "candidate 1: stands twice with other content: the later one counts",
      );
    }
  });

  it("has NUL and halves of characters taken out, which is told", async () => {
    const source = await readFolder({
      "a.json": '[{"id":"1","name":"Kim\\u0000 V\\ud83d","stage_kind":"x"}]',
    });
    expect(source.people[0]?.name).toBe("Kim V\ufffd");
    expect(toldOf(source)).toEqual(["a.json: 1 text with NUL or half a character, which is taken out"]);
    const raw = await readFolder({ "a.json": { candidates: [someone("1")] }, "b.json": '[{"id":"2\0"}]' });
    expect(toldOf(raw)).toEqual(["b.json: holds characters that no text has (such as NUL): left out"]);
  });

  it("is never as deep as to end the program", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const source = await readFolder({ "a.json": { candidates: [someone("1")] }, "b.json": deep });
    expect(source.people).toHaveLength(1);
    expect(toldOf(source)).toEqual(["b.json: is nested deeper than any export: left out"]);
  });

  it("is refused by its size before it is read", async () => {
    const folder = folderOf({ "a.json": "{}" });
    truncateSync(join(folder, "a.json"), 2_000_000_000);
    expect(await refusal(join(folder, "a.json"))).toBe("FILE: the file is over 256 MB: export it in parts.");
  });

  it("is told where it is an export of two trackers", async () => {
    const folder = folderOf({
      "workable.json": [someone("1")],
      "greenhouse.json": [{ id: 2, first_name: "Zoe", last_name: "Okafor", email_addresses: [] }],
    });
    expect(await refusal(folder)).toBe("FILE: holds exports of more than one tracker.");
  });

  it("is no import of people where it is our own export", async () => {
    const source = await readFolder({ "greenflag-export.json": {}, "candidates.jsonl": "" });
    expect(source).toMatchObject({ system: "greenflag", people: [] });
  });
});

describe("an archive", () => {
  /** A zip whose directory says that its entries are this large. */
  function claiming(bytes: number, entries: number): Buffer {
    const zip = Buffer.from(
      zipOf(Object.fromEntries(Array.from({ length: entries }, (_, n) => [`${n}.json`, "{}"]))),
    );
    for (let at = zip.indexOf("PK\u0001\u0002"); at >= 0; at = zip.indexOf("PK\u0001\u0002", at + 4))
      zip.writeUInt32LE(bytes, at + 24);
    return zip;
  }
  const archive = (bytes: Uint8Array): string => join(folderOf({ "export.zip": bytes }), "export.zip");

  it("is refused where it unpacks to more than any export", async () => {
    const source = await read(archive(claiming(1_000_000_000, 6)));
    expect(source.people).toEqual([]);
    expect(toldOf(source)).toEqual(["export.zip: unpacks to more than 5 GB"]);
  });

  it("has no more in an entry than its directory says", async () => {
    const lying = Buffer.from(zipOf({ "a.json": JSON.stringify({ candidates: [someone("1")] }) }));
    lying.writeUInt32LE(5, lying.indexOf("PK\u0001\u0002") + 24);
    const source = await read(archive(lying));
    expect(toldOf(source)).toEqual([
      "export.zip/a.json: cannot be unpacked: it is damaged, or larger than the archive says",
    ]);
  });

  it("is told where it is cut off, or leads out of itself", async () => {
    const whole = zipOf({ "a.json": "{}" });
    expect(toldOf(await read(archive(whole.slice(0, 40))))).toEqual(["export.zip: is no whole archive"]);
    expect(toldOf(await read(archive(zipOf({ "../../evil.json": "{}" }))))).toEqual([
      "export.zip: is damaged, or holds a path that leads out of it",
    ]);
  });

  it("is closed after reading, so that it can be taken away", async () => {
    const path = archive(zipOf({ "a.json": JSON.stringify([someone("1")]) }));
    await read(path);
    writeFileSync(path, "gone");
    expect(toldOf(await read(path))).toEqual(["export.zip: is no whole archive"]);
  });
});
