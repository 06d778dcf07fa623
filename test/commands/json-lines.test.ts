import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readJsonLines } from "../../src/commands/json-lines.ts";

const file = join(mkdtempSync(join(tmpdir(), "greenflag-lines-")), "made.jsonl");
const read = (line: unknown) => (Array.isArray(line) ? { list: line } : { wrong: "is no list" });
const readAll = (text: string) => {
  writeFileSync(file, text);
  return readJsonLines(file, read, { what: "list", example: "A line looks like [1]." });
};

describe("readJsonLines", () => {
  it("takes line by line and passes over blank ones", () => {
    expect(readAll("[1]\r\n\n  \n[2, 3]")).toEqual([{ list: [1] }, { list: [2, 3] }]);
  });

  it.each([
    ["a line of another kind", '[1]\n\n{"a": 1}\n', `${file}: line 3 is no list.`],
    ["a line that is no JSON", "[1\n", `${file}: line 1 is no list.`],
    ["a file without a line", "\n", `${file}: holds no list.`],
  ])("refuses %s, and says which", (_, text, message) => {
    expect(() => readAll(text)).toThrow(message);
  });

  it("refuses a file that is not there, with an example of a line", () => {
    const missing = () =>
      readJsonLines(`${file}.no`, read, { what: "list", example: "A line looks like [1]." });
    expect(missing).toThrow(
      expect.objectContaining({ message: `${file}.no: cannot be read.`, hint: "A line looks like [1]." }),
    );
  });
});
