import type { CellWords } from "../../../domain/transfer/cell-words.ts";
import { type SheetField, wordsOf } from "../../../domain/transfer/header-words.ts";
import type { Column, Head } from "./columns.ts";
import { type DateOrder, dateReader, type ReadDate } from "./dates.ts";
import type { Report } from "./report.ts";
import { type RichCell, type Row, richOf, type Table, textOf } from "./table.ts";

/** A filled cell of a row, and the column that it stands in. */
export type Value = RichCell & { readonly column: Column };

/** The cells of one row by what they hold. What cannot be read is told, and is not among them. */
export type RowValues = {
  readonly row: number;
  readonly all: (field: SheetField) => Value[];
  /** The only value of a field; undefined where there is none, or where two columns say different things. */
  readonly one: (field: SheetField) => Value | undefined;
  readonly date: (field: SheetField) => string | undefined;
  /** Tells what is wrong with a cell. */
  readonly tell: (value: Value, why: string) => void;
};

const DATES: ReadonlySet<SheetField> = new Set([
  ...(["applied_at", "added_at", "stage_entered_at", "rejected_at", "ended_at", "hired_at"] as const),
  ...(["rejected", "archive_reason"] as const),
]);

/** A form's moment and the day beside it are one date. */
const DAY_CHARS = "2026-01-31".length;

/** Fields in which "none" and "n/a" can be somebody's name. */
const NAMES: ReadonlySet<SheetField> = new Set([
  ...(["name", "first_name", "middle_name", "last_name", "last_first"] as const),
]);

export type SheetReader = { readonly valuesOf: (row: Row) => RowValues; readonly readDate: ReadCellDate };
export type ReadCellDate = (value: Value) => ReadDate;

/** Makes the rows of a sheet readable by what their columns hold. */
export function createSheetReader(
  table: Table,
  head: Head,
  words: CellWords,
  { dates, report }: { readonly dates: DateOrder | undefined; readonly report: Report },
): SheetReader {
  const rows = table.rows.slice(head.index + 1);
  const byField = new Map<SheetField, Column[]>();
  for (const column of head.columns) {
    if (column.field === undefined) continue;
    byField.set(column.field, [...(byField.get(column.field) ?? []), column]);
  }
  const merged = mergedDown(table, rows);
  const cellAt = (row: Row, at: number): RichCell => {
    const own = row.cells[at];
    return richOf(textOf(own) === "" && !richOf(own).why ? merged.get(`${row.number}:${at}`) : own);
  };
  const readers = new Map(
    head.columns
      .filter(({ field }) => field !== undefined && DATES.has(field))
      .map(({ at }) => [at, dateReader(textsOf(rows, at), words, dates)] as const),
  );
  const readDate: ReadCellDate = ({ text, kind, column }) => {
    if (kind === "date") return { moment: text };
    return readers.get(column.at)?.(text) ?? { why: "is no date that is understood" };
  };
  const valuesOf = (row: Row): RowValues => {
    const tell = ({ column, text }: Value, why: string) =>
      report.tell(row.number, why, { field: column.header, ...(text !== "" && { value: text }) });
    const all = (field: SheetField): Value[] =>
      (byField.get(field) ?? []).flatMap((column) => {
        const cell = cellAt(row, column.at);
        const value = { ...cell, text: cell.text.trim(), column };
        if (value.why !== undefined) tell(value, value.why);
        const isEmpty = NAMES.has(field) ? !/[\p{L}\p{N}]/u.test(value.text) : words.isNothing(value.text);
        return isEmpty || value.why !== undefined ? [] : [value];
      });
    const one = (field: SheetField): Value | undefined => {
      const [first, ...others] = all(field);
      if (first === undefined) return undefined;
      const said = (value: Value): string => {
        const read = DATES.has(field) ? readDate(value) : undefined;
        return read !== undefined && "moment" in read ? read.moment.slice(0, DAY_CHARS) : wordsOf(value.text);
      };
      const differing = others.filter((other) => said(other) !== said(first));
      if (differing.length === 0) return first;
      if (NAMES.has(field) && differing.every(({ column }) => column.goesOn))
        return { ...first, text: [first, ...differing].map(({ text }) => text).join(" ") };
      const columns = [first, ...differing].map(({ column }) => column.header).join(" and ");
      report.tell(row.number, "two columns say different things", { field: columns });
      return undefined;
    };
    const date = (field: SheetField): string | undefined => {
      const value = one(field);
      const read = value && readDate(value);
      if (value && read && "why" in read) tell(value, read.why);
      return read && "moment" in read ? read.moment : undefined;
    };
    return { row: row.number, all, one, date, tell };
  };
  return { valuesOf, readDate };
}

function* textsOf(rows: readonly Row[], at: number): Generator<string> {
  for (const { cells } of rows) {
    const cell = richOf(cells[at]);
    if (cell.kind === undefined && cell.text !== "") yield cell.text.trim();
  }
}

/** The value of a cell that reaches over several rows counts for each of them, as it is shown. */
function mergedDown({ merges, rows: all }: Table, rows: readonly Row[]): ReadonlyMap<string, RichCell> {
  const tall = merges.filter(({ firstRow, lastRow }) => lastRow > firstRow);
  if (tall.length === 0) return new Map();
  const byNumber = new Map(all.map((row) => [row.number, row]));
  const first = rows[0]?.number ?? 0;
  const last = rows.at(-1)?.number ?? 0;
  const merged = new Map<string, RichCell>();
  for (const { firstRow, lastRow, firstColumn } of tall) {
    const value = richOf(byNumber.get(firstRow)?.cells[firstColumn]);
    if (firstRow < first || value.text === "") continue;
    for (let row = firstRow + 1; row <= Math.min(lastRow, last); row += 1)
      if (byNumber.has(row)) merged.set(`${row}:${firstColumn}`, value);
  }
  return merged;
}
