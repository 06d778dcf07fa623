import type { HeaderWords, SheetField } from "../../../domain/transfer/header-words.ts";
import { wordsOf } from "../../../domain/transfer/header-words.ts";
import { columnLetters, type Merge, type Row, type Table, textOf } from "./table.ts";

/** A column with its name as the sheet has it, and what it holds. */
export type Column = {
  readonly at: number;
  readonly header: string;
  readonly field: SheetField | undefined;
  /** Whether it stands under the name of the column before, over both of which one cell reaches. */
  readonly goesOn: boolean;
};

/** The row of column names. */
export type Head = {
  /** Its place among the rows of the table. */
  readonly index: number;
  /** How many cells it has, empty ones at the end among them. */
  readonly width: number;
  readonly columns: readonly Column[];
};

const ROWS_LOOKED_AT = 50;

/** Columns that tell who somebody is. */
const IDENTIFYING: ReadonlySet<SheetField> = new Set([
  ...(["name", "first_name", "last_name", "last_first", "email", "other_email"] as const),
]);

/** The row that names most columns, which need not be the first. Undefined where no row names people. */
export function findHead({ rows, merges }: Table, header: HeaderWords): Head | undefined {
  const heads = rows
    .slice(0, ROWS_LOOKED_AT)
    .map((row, index) => headAt(row, index, rows, merges, header))
    .filter((head) => isOfPeople(head) || isDemographicReport(head, ""));
  return heads.sort((a, b) => knownIn(b) - knownIn(a) || a.index - b.index)[0];
}

const knownIn = ({ columns }: Head): number =>
  new Set(columns.flatMap(({ field, header }) => (field === undefined ? [] : [`${field} ${header}`]))).size;

/** Whether a row can be one of column names: it names a column of names or addresses, and another or none. */
export function isOfPeople(head: Head): boolean {
  const known = knownIn(head);
  const identifies = head.columns.some(({ field }) => field !== undefined && IDENTIFYING.has(field));
  return identifies && (known > 1 || head.columns.length === 1);
}

const DEMOGRAPHIC_NAME = /\b(?:eeoc?|demographics?|diversity|self identification)\b/;
const LEAST_DEMOGRAPHIC = 2;

/** Whether the sheet is one of what must not matter in hiring: most of its columns are, or its file is called so. */
export function isDemographicReport({ columns }: Head, fileName: string): boolean {
  const demographic = columns.filter(({ field }) => field === "demographic").length;
  if (demographic > 0 && DEMOGRAPHIC_NAME.test(wordsOf(fileName))) return true;
  return demographic >= LEAST_DEMOGRAPHIC && demographic * 2 >= columns.length;
}

function headAt(
  row: Row,
  index: number,
  rows: readonly Row[],
  merges: readonly Merge[],
  header: HeaderWords,
): Head {
  const covering = merges.filter((merge) => merge.firstRow <= row.number && row.number <= merge.lastRow);
  const columns: Column[] = [];
  const width = Math.max(row.cells.length, ...covering.map((merge) => merge.lastColumn + 1));
  for (let at = 0; at < width; at += 1) {
    const merge = covering.find(({ firstColumn, lastColumn }) => firstColumn <= at && at <= lastColumn);
    const own = textOf(row.cells[at]);
    const above = rows.find(({ number }) => number === merge?.firstRow);
    const name = (own === "" && merge ? textOf(above?.cells[merge.firstColumn]) : own).replace(/\s+/g, " ");
    if (name === "") continue;
    const goesOn = own === "" && merge !== undefined && merge.firstColumn < at;
    columns.push({ at, header: name, field: header(name), goesOn });
  }
  return { index, width: row.cells.length, columns };
}

/** Columns without a name in which something stands, as sheet programs call them, up to a place. */
export function namelessColumns({ rows }: Table, { index, columns }: Head, before: number): string[] {
  const named = new Set(columns.map(({ at }) => at));
  const nameless = new Set<number>();
  for (const { cells } of rows.slice(index + 1))
    cells.forEach((cell, at) => {
      if (at < before && !named.has(at) && !nameless.has(at) && textOf(cell) !== "") nameless.add(at);
    });
  return [...nameless].sort((a, b) => a - b).map((at) => columnLetters(at));
}

/** Names that stand over more than one column, one cell over several of them apart. */
export function repeatedHeaders({ columns }: Head): string[] {
  const named = columns.filter(({ field, goesOn }) => field !== undefined && !goesOn);
  const keys = named.map(({ header }) => wordsOf(header));
  const twice = named.filter((_, n) => keys.indexOf(keys[n] ?? "") !== n);
  return [...new Set(twice.map(({ header }) => header))];
}
