import type { XmlEvents } from "./book-parts.ts";
import { dayOfSerial } from "./number-formats.ts";
import {
  type Cell,
  isEmptyRow,
  MAX_CELL_CHARS,
  MAX_COLUMNS,
  MAX_ROWS,
  type Merge,
  type RichCell,
  type Row,
  tooManyRows,
} from "./table.ts";

/** What the cells of a worksheet refer to. */
export type Book = {
  readonly strings: readonly string[];
  readonly isDay: (style: number) => boolean;
  readonly is1904: boolean;
};

/** The cells of a worksheet as they are written down. */
export type Worksheet = {
  readonly rows: Row[];
  readonly merges: Merge[];
  readonly hiddenRows: number[];
  readonly hiddenColumns: number[];
  /** Cells that a click on leads somewhere, by their place (`B2`), with the relation that names where. */
  readonly links: { readonly at: string; readonly relation: string }[];
};

const MAX_MERGES = 100_000;
const ON = new Set(["1", "true"]);

type OpenCell = {
  readonly at: number;
  readonly type: string;
  readonly style: number;
  isFormula: boolean;
  hasValue: boolean;
  value: string;
  inline: string;
};

/** Collects the rows of a worksheet from its XML, one cell after the other. A formula's value is the one that was kept with it. */
export function collectWorksheet(book: Book): { readonly events: XmlEvents; readonly sheet: Worksheet } {
  const sheet: Worksheet = { rows: [], merges: [], hiddenRows: [], hiddenColumns: [], links: [] };
  let number = 0;
  let cells: Cell[] = [];
  let cell: OpenCell | undefined;
  let column = -1;
  let part: "value" | "inline" | undefined;
  let isPhonetic = false;
  const open: XmlEvents["open"] = (name, attributes) => {
    if (name === "row") {
      number = Number(attributes.r) || number + 1;
      [cells, column] = [[], -1];
      if (ON.has(attributes.hidden ?? "")) sheet.hiddenRows.push(number);
    } else if (name === "c") {
      column = cellAddress(attributes.r)?.column ?? column + 1;
      const [isFormula, hasValue, value, inline] = [false, false, "", ""];
      const style = Number(attributes.s ?? "0");
      cell = { at: column, type: attributes.t ?? "n", style, isFormula, hasValue, value, inline };
    } else if (name === "v") {
      part = "value";
      if (cell) cell.hasValue = true;
    } else if (name === "t" && !isPhonetic) part = "inline";
    else if (name === "rPh") isPhonetic = true;
    else if (name === "f" && cell) cell.isFormula = true;
    else openOther(sheet, name, attributes);
  };
  const text: XmlEvents["text"] = (data) => {
    if (cell === undefined || part === undefined || cell[part].length > MAX_CELL_CHARS) return;
    cell[part] += data;
  };
  const close: XmlEvents["close"] = (name) => {
    if (name === "v" || name === "t") part = undefined;
    else if (name === "rPh") isPhonetic = false;
    else if (name === "c" && cell) {
      if (cell.at < MAX_COLUMNS) {
        while (cells.length < cell.at) cells.push("");
        cells[cell.at] = cellOf(cell, book);
      }
      cell = undefined;
    } else if (name === "row" && !isEmptyRow(cells)) {
      if (sheet.rows.length > MAX_ROWS) throw tooManyRows();
      sheet.rows.push({ number, cells });
    }
  };
  return { events: { open, text, close }, sheet };
}

function openOther(sheet: Worksheet, name: string, attributes: Readonly<Record<string, string>>): void {
  if (name === "col" && ON.has(attributes.hidden ?? "")) {
    const [first, last] = [Number(attributes.min) - 1, Math.min(Number(attributes.max), MAX_COLUMNS) - 1];
    for (let at = first; at <= last; at += 1) sheet.hiddenColumns.push(at);
  }
  if (name === "mergeCell" && sheet.merges.length < MAX_MERGES) {
    const [from, to] = (attributes.ref ?? "").split(":").map(cellAddress);
    if (from && to)
      sheet.merges.push({
        ...{ firstRow: from.row, lastRow: to.row, firstColumn: from.column, lastColumn: to.column },
      });
  }
  const relation = attributes["r:id"] ?? attributes.id;
  if (name === "hyperlink" && attributes.ref !== undefined && relation !== undefined)
    sheet.links.push({ at: attributes.ref.replace(/:.*$/, ""), relation });
}

function cellOf({ type, style, isFormula, hasValue, value, inline }: OpenCell, book: Book): Cell {
  if (isFormula && (!hasValue || (value === "" && type !== "str")))
    return {
      text: "",
      why: "is a formula whose value was not kept in the file; formulas are not worked out",
    };
  if (value.length > MAX_CELL_CHARS || inline.length > MAX_CELL_CHARS)
    return { text: "", why: "is longer than any cell" };
  switch (type) {
    case "s":
      return unescaped(book.strings[Number(value)] ?? "");
    case "inlineStr":
      return unescaped(inline);
    case "str":
      return unescaped(value);
    case "b":
      return value === "1" ? "true" : "false";
    case "e":
      return { text: "", why: "holds an error of the sheet program" };
    case "d":
      return { text: value.slice(0, 10), kind: "date" };
    default:
      return value === "" ? "" : numberCell(value, book.isDay(style), book.is1904);
  }
}

function numberCell(value: string, isDay: boolean, is1904: boolean): RichCell {
  const number = Number(value);
  if (!isDay) return { text: Number.isSafeInteger(number) ? String(number) : value, kind: "number" };
  const day = dayOfSerial(number, is1904);
  return day === undefined
    ? { text: value, kind: "number", why: "is shown as a date, and is none" }
    : { text: day, kind: "date" };
}

const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;

/** Workbooks write signs that XML cannot hold by their numbers: `_x000D_` is the end of a line. */
function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(ESCAPED, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code < 0x20 && ![0x09, 0x0a, 0x0d].includes(code) ? "" : String.fromCharCode(code);
  });
}

const LETTER_A = 64;
const LETTERS = 26;

/** A place such as `AB12`, its column counted from 0. */
export function cellAddress(
  reference: string | undefined,
): { readonly row: number; readonly column: number } | undefined {
  const [, letters, row] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference ?? "") ?? [];
  if (letters === undefined) return undefined;
  const column = [...letters].reduce((sum, letter) => sum * LETTERS + letter.charCodeAt(0) - LETTER_A, 0);
  return { row: Number(row), column: column - 1 };
}
