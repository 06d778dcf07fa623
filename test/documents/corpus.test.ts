import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { type Read, readDocument } from "../../src/documents/read.ts";
import type { Document } from "../../src/domain/candidates/document.ts";
import { findQuote } from "../../src/domain/evidence/quote.ts";
import { joinedAs } from "../support/joined-lines.ts";
import { linesOfKind, typedLines, typedTexts } from "./corpus/typed.ts";

const HERE = new URL("corpus/", import.meta.url);
const FOLDER = new URL("files/", HERE);
const FIELDS = { text: "text", file: "file", base64: "base64" };
const TEXTS = typedTexts();

const Known = z.strictObject({
  was: z.string().optional(),
  differs: z.record(z.string(), z.string()).default({}),
  note: z.string().default(""),
  why: z.string().default("colour"),
});
const KINDS = z
  .record(z.string(), z.record(z.string(), Known))
  .parse(parse(readFileSync(new URL("files.yaml", HERE), "utf8")));
const FILES = Object.values(KINDS).flatMap((files) => Object.entries(files));

const bytesOf = (file: string): Buffer => readFileSync(new URL(file, FOLDER));
const blocksOf = (file: string) => TEXTS[/-([a-z]+)\.\w+$/.exec(file)?.[1] ?? ""] ?? [];

/** Not compared: a mark before an item, which is the writer's, and whether a line may end at a hyphen, which nobody sees. */
const plain = (line: string): string =>
  line
    .replace(/^[•*-] /, "")
    .replaceAll("‑", "-")
    .replaceAll("\u00ad", "");

/** What is read of a file, its lines as they were typed: where a writer wrapped them they are joined, see `joinedAs`. */
function asTyped(file: string, { pages, ...read }: Read, typed: readonly string[]) {
  const capitals = new Map(linesOfKind(blocksOf(file), "caps").map((text) => [text.toUpperCase(), text]));
  const lines = pages.flatMap((page) => page.split("\n")).map((line) => capitals.get(line) ?? plain(line));
  return {
    lines: joinedAs(typed, lines),
    hidden: read.hidden,
    signs: read.signs_without_letter,
    warnings: read.warnings,
  };
}

describe("a file of the corpus", () => {
  const reads = new Map<string, Read>();
  beforeAll(async () => {
    for (const [file] of FILES) {
      const base64 = bytesOf(file).toString("base64");
      reads.set(file, await readDocument({ base64, name: file }, FIELDS, false));
    }
  });
  const readOf = (file: string): Read => {
    const read = reads.get(file);
    if (read === undefined) throw new Error(`${file} was not read`);
    return read;
  };

  it.each(FILES)("%s is read as it was typed, line by line, and what is hidden apart", (file, known) => {
    const blocks = blocksOf(file);
    const lines = typedLines(blocks, known.note).map(plain);
    const hidden = extname(file) === ".txt" ? [] : linesOfKind(blocks, "hidden");
    expect(lines).toEqual(expect.arrayContaining(Object.keys(known.differs)));
    const expected = lines.map((line) => known.differs[line] ?? line);
    expect(asTyped(file, readOf(file), expected)).toEqual({
      lines: expected,
      hidden: hidden.map((text) => ({ text, why: known.why })),
      signs: 0,
      warnings: [],
    });
  });

  it.each(FILES)("%s holds each of its longer lines as a person would type it for a quote", (file, known) => {
    const text = readOf(file).pages.join("\n");
    const capitals = linesOfKind(blocksOf(file), "caps").map((line) => line.toUpperCase());
    const quotes = typedLines(blocksOf(file), "")
      .filter((line) => line.length >= MIN_QUOTE_CHARS && !(line in known.differs))
      .map((line) =>
        asOnKeyboard(capitals.find((c) => c === line.toUpperCase() && text.includes(c)) ?? line),
      );
    expect(quotes.length).toBeGreaterThan(0);
    const refused = quotes.filter((quote) => "message" in findQuote(quote, [{ ...DOCUMENT, text }]));
    expect(refused).toEqual([]);
  });
});

const DOCUMENT: Document = { id: "d1", kind: "resume", name: "cv", text: "" };
const MIN_QUOTE_CHARS = 20;
const asOnKeyboard = (line: string): string =>
  line
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[‑–—]/g, "-")
    .replaceAll("\u00ad", "");

describe("the corpus", () => {
  it("lists each of its files, and none that is not there", () => {
    const listed = FILES.map(([file]) => file);
    const others = readdirSync(FOLDER).filter((file) => !listed.includes(file));
    expect(others).toEqual(["odt-libreoffice-plain.odt"]);
  });

  it("has an OpenDocument text, which is refused with a word on what to do", async () => {
    const name = "odt-libreoffice-plain.odt";
    const base64 = bytesOf(name).toString("base64");
    await expect(readDocument({ base64, name }, FIELDS, false)).rejects.toThrow(/OpenDocument text \(ODT\)/);
  });

  it("has the figures that docs/accuracy.md states", () => {
    const accuracy = readFileSync(new URL("../../docs/accuracy.md", import.meta.url), "utf8");
    const stated = [
      ...accuracy.matchAll(/^\| (PDF|DOCX|HTML|plain text) +\| (\d+) +\| (\d+) +\| (\d+) +\|/gm),
    ];
    const figures = Object.entries(KINDS).map(([kind, files]) => {
      const all = Object.values(files);
      const now = all.filter(({ differs }) => Object.keys(differs).length === 0);
      return [kind, all.length, all.filter(({ was }) => was === undefined).length, now.length];
    });
    const names: Record<string, string> = { PDF: "pdf", DOCX: "docx", HTML: "html", "plain text": "txt" };
    expect(stated.map(([, name = "", ...counts]) => [names[name], ...counts.map(Number)])).toEqual(figures);
  });
});
