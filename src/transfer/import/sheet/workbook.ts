import { posix } from "node:path";
import { DomainError } from "../../../domain/errors.ts";
import { type BookParts, openParts } from "./book-parts.ts";
import { collectDayStyles } from "./number-formats.ts";
import { MAX_CELL_CHARS, richOf, type Table } from "./table.ts";
import { type Book, cellAddress, collectWorksheet, type Worksheet } from "./worksheet.ts";

const MAX_STRINGS = 2_000_000;
const MAX_STRING_CHARS = 200_000_000;
const MAX_WORKSHEETS = 100;

/** The worksheets of a workbook, and those that are hidden in it, which are not read. */
export type Workbook = { readonly tables: readonly Table[]; readonly hidden: readonly string[] };

/** Reads a workbook (XLSX). Formulas are not worked out, and nothing in it is carried out. */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const parts = await openParts(bytes);
  const index = await readIndex(parts);
  const styles = collectDayStyles();
  await parts.walk(index.part("styles") ?? "xl/styles.xml", styles.events);
  const strings = await readStrings(parts, index.part("sharedStrings") ?? "xl/sharedStrings.xml");
  const book: Book = { strings, isDay: styles.isDay, is1904: index.is1904 };
  const tables: Table[] = [];
  for (const { name, path } of index.shown.slice(0, MAX_WORKSHEETS))
    tables.push(await readTable(parts, name, path, book));
  return { tables, hidden: index.hidden };
}

type Target = { readonly kind: string; readonly path: string; readonly isOutside: boolean };
type Index = {
  readonly shown: readonly { readonly name: string; readonly path: string }[];
  readonly hidden: readonly string[];
  readonly is1904: boolean;
  readonly part: (kind: string) => string | undefined;
};

async function readIndex(parts: BookParts): Promise<Index> {
  const root = await relationsOf(parts, "");
  const main = [...root.values()].find(({ kind }) => kind === "officeDocument")?.path ?? "xl/workbook.xml";
  if (!parts.names.includes(main.toLowerCase())) throw noWorkbook();
  const relations = await relationsOf(parts, main);
  const shown: { name: string; path: string }[] = [];
  const hidden: string[] = [];
  let is1904 = false;
  await parts.walk(main, {
    open: (element, attributes) => {
      if (element === "workbookPr") is1904 = ["1", "true"].includes(attributes.date1904 ?? "");
      if (element !== "sheet") return;
      const target = relations.get(attributes["r:id"] ?? attributes.id ?? "");
      const name = attributes.name ?? "";
      if (attributes.state !== undefined && attributes.state !== "visible") hidden.push(name);
      else if (target?.kind === "worksheet") shown.push({ name, path: target.path });
    },
  });
  const part = (kind: string) => [...relations.values()].find((target) => target.kind === kind)?.path;
  return { shown, hidden, is1904, part };
}

const noWorkbook = (): DomainError =>
  new DomainError("invalid", "The file is no workbook that is read.", "Save the sheet as XLSX or CSV.");

/** What a part (or the package itself, by an empty name) refers to, by the ids of the relations. */
async function relationsOf(parts: BookParts, of: string): Promise<Map<string, Target>> {
  const folder = of === "" ? "" : posix.dirname(of);
  const relations = new Map<string, Target>();
  await parts.walk(posix.join(folder, "_rels", `${posix.basename(of)}.rels`), {
    open: (name, { Id = "", Type = "", Target = "", TargetMode }) => {
      if (name !== "Relationship") return;
      const isOutside = TargetMode === "External";
      const inside = Target.startsWith("/") ? Target.slice(1) : posix.join(folder, Target);
      const kind = Type.slice(Type.lastIndexOf("/") + 1);
      relations.set(Id, { kind, path: isOutside ? Target : inside, isOutside });
    },
  });
  return relations;
}

async function readStrings(parts: BookParts, path: string): Promise<string[]> {
  const strings: string[] = [];
  let [current, total] = ["", 0];
  let [isText, isPhonetic] = [false, false];
  await parts.walk(path, {
    open: (name) => {
      if (name === "si") current = "";
      else if (name === "rPh") isPhonetic = true;
      else if (name === "t") isText = !isPhonetic;
    },
    text: (data) => {
      if (isText && current.length <= MAX_CELL_CHARS) current += data;
    },
    close: (name) => {
      if (name === "t") isText = false;
      else if (name === "rPh") isPhonetic = false;
      else if (name === "si") {
        total += current.length;
        if (strings.length >= MAX_STRINGS || total > MAX_STRING_CHARS)
          throw new DomainError(
            "invalid",
            "The workbook holds more text than a sheet of people can need.",
            "Cut it into several files.",
          );
        strings.push(current);
      }
    },
  });
  return strings;
}

async function readTable(parts: BookParts, name: string, path: string, book: Book): Promise<Table> {
  const { events, sheet } = collectWorksheet(book);
  await parts.walk(path, events);
  if (sheet.links.length > 0) addLinks(sheet, await relationsOf(parts, path));
  const { rows, merges, hiddenRows, hiddenColumns } = sheet;
  const hasCells = new Set(rows.map(({ number }) => number));
  const hidden = hiddenRows.filter((row) => hasCells.has(row));
  return { title: name, rows, merges, hiddenRows: hidden, hiddenColumns, remarks: [] };
}

function addLinks({ rows, links }: Worksheet, relations: ReadonlyMap<string, Target>): void {
  const byNumber = new Map(rows.map((row, n) => [row.number, n]));
  for (const { at, relation } of links) {
    const place = cellAddress(at);
    const target = relations.get(relation);
    const n = place && byNumber.get(place.row);
    const row = n === undefined ? undefined : rows[n];
    const cell = place && row?.cells[place.column];
    if (n === undefined || row === undefined || cell === undefined || !target?.isOutside) continue;
    const cells = row.cells.with(place?.column ?? 0, { ...richOf(cell), link: target.path });
    rows[n] = { ...row, cells };
  }
}
