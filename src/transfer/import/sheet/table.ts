import { DomainError } from "../../../domain/errors.ts";

/** What a cell holds beside its text, where it holds more. */
export type RichCell = {
  readonly text: string;
  /** By the type of the cell in a workbook; a date's text is ISO. */
  readonly kind?: "number" | "date";
  /** Where a click on it leads. */
  readonly link?: string;
  /** Why it cannot be read. */
  readonly why?: string;
};
export type Cell = string | RichCell;

/** A row with the number that a sheet program shows beside it. */
export type Row = { readonly number: number; readonly cells: readonly Cell[] };

/** Cells shown as one; numbers of columns count from 0. */
export type Merge = {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
};

/** Something about rows that is told, whether or not they are read. */
export type Remark = { readonly row?: number; readonly why: string };

/** The rows of a text file or a worksheet that are not empty. */
export type Table = {
  /** What it is, such as `comma, UTF-8` or the name of a worksheet. */
  readonly title: string;
  readonly rows: readonly Row[];
  readonly merges: readonly Merge[];
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: readonly number[];
  readonly remarks: readonly Remark[];
};

export const MAX_ROWS = 100_000;
export const MAX_COLUMNS = 500;
export const MAX_CELL_CHARS = 100_000;

export const textOf = (cell: Cell | undefined): string =>
  (typeof cell === "string" ? cell : (cell?.text ?? "")).trim();
export const richOf = (cell: Cell | undefined): RichCell =>
  typeof cell === "object" ? cell : { text: cell ?? "" };

export const isEmptyRow = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => textOf(cell) === "" && richOf(cell).why === undefined);

/** The error for a sheet that is too long to be one of people. */
export const tooManyRows = (): DomainError =>
  new DomainError(
    "invalid",
    `The sheet has more than ${MAX_ROWS.toLocaleString("en")} rows.`,
    "Cut it into several files, each with the row of column names.",
  );

const LETTERS = 26;

/** A column as sheet programs call it: 0 is A, 26 is AA. */
export function columnLetters(at: number): string {
  const last = String.fromCharCode(65 + (at % LETTERS));
  return at < LETTERS ? last : columnLetters(Math.floor(at / LETTERS) - 1) + last;
}
