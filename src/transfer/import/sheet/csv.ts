import { CsvError, parse } from "csv-parse/sync";
import {
  countControls,
  type Decoded,
  decodeBytes,
  decodeUtf8,
  decodeWindows,
} from "../../../documents/decode.ts";
import { DomainError } from "../../../domain/errors.ts";
import type { HeaderWords } from "../../../domain/transfer/header-words.ts";
import {
  type Cell,
  isEmptyRow,
  MAX_CELL_CHARS,
  MAX_COLUMNS,
  MAX_ROWS,
  type Remark,
  type Row,
  type Table,
  tooManyRows,
} from "./table.ts";

const DELIMITERS = [
  [",", "comma"],
  [";", "semicolon"],
  ["\t", "tab"],
  ["|", "pipe"],
] as const;
type Delimiter = (typeof DELIMITERS)[number][0];

const ENCODINGS: Record<Decoded["encoding"], string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};
/** A file with more controls than that is no text. */
const MAX_CONTROLS_SHARE = 0.01;
const SAMPLE_CHARS = 64_000;
const SAMPLE_ROWS = 30;

/** Reads comma-separated values and their like: the delimiter and the encoding are found out. */
export function readCsv(bytes: Uint8Array, header: HeaderWords): Table {
  const { text, encoding, oddLines } = decode(bytes);
  const [, named] = /^sep=([,;\t|])\r?\n/i.exec(text) ?? [];
  const body = named === undefined ? text : text.slice(text.indexOf("\n") + 1);
  const delimiter = DELIMITERS.find(([sign]) => sign === named)?.[0] ?? delimiterOf(body, header);
  const csvRows = rowsOf(body, delimiter);
  if (csvRows.length > MAX_ROWS + 1) throw tooManyRows();
  const remarks: Remark[] = [];
  const firstLine = named === undefined ? 0 : 1;
  let line = firstLine;
  const rows = csvRows.flatMap((csvRow, n): Row[] => {
    const number = n + 1;
    const lastLine = csvRow.line + firstLine;
    if (oddLines.size > 0 && hasLineBetween(oddLines, line, lastLine))
      remarks.push({ row: number, why: "is Windows-1252 in a file of UTF-8: look at its accents" });
    line = lastLine;
    const cells = csvRow.cells.slice(0, MAX_COLUMNS).map(cellOf);
    return isEmptyRow(cells) ? [] : [{ number, cells }];
  });
  const signName = DELIMITERS.find(([sign]) => sign === delimiter)?.[1];
  const title = `${signName}, ${oddLines.size > 0 ? "UTF-8 and Windows-1252" : ENCODINGS[encoding]}`;
  return { title, rows, remarks, merges: [], hiddenRows: [], hiddenColumns: [] };
}

const hasLineBetween = (lines: ReadonlySet<number>, after: number, last: number): boolean => {
  for (let line = after + 1; line <= last; line += 1) if (lines.has(line)) return true;
  return false;
};

function cellOf(text: string): Cell {
  if (text.length > MAX_CELL_CHARS) return { text: "", why: "is longer than any cell" };
  return countControls(text) > 0 ? { text: "", why: "holds NUL or another control character" } : text;
}

type DecodedLines = Decoded & { readonly oddLines: ReadonlySet<number> };

function decode(bytes: Uint8Array): DecodedLines {
  const decoded = decodeBytes(bytes);
  if (decoded === undefined || countControls(decoded.text) > decoded.text.length * MAX_CONTROLS_SHARE) {
    throw new DomainError(
      "invalid",
      "The file is no text, or only a part of one.",
      "Save the sheet as CSV (UTF-8) or XLSX.",
    );
  }
  return decoded.encoding === "windows-1252"
    ? decodeByLine(bytes, decoded)
    : { ...decoded, oddLines: new Set() };
}

/** Letters of the other alphabets and of Central Europe, as they look when they are taken for Windows-1252. */
const FOREIGN = /[\u00a1-\u00ff]{3}|\p{L}[³¹¿Ÿ]|[£¯¥](?=\p{Ll})/u;
const LEAST_FOREIGN_WORDS = 2;

const otherEncoding = (): DomainError =>
  new DomainError(
    "invalid",
    "The file is in an encoding that is not read, so that names in it would be wrong.",
    "Save the sheet as CSV (UTF-8) or XLSX; UTF-8, UTF-16 and Windows-1252 are read.",
  );

function isOtherEncoding(text: string): boolean {
  const words = text.split(/[\s,;|"]+/).filter((word) => /[\u0080-\u00ff]/.test(word));
  return words.filter((word) => FOREIGN.test(word)).length >= LEAST_FOREIGN_WORDS;
}

/** Where only some lines with accents are no UTF-8, those are Windows-1252 and the others are not. */
function decodeByLine(bytes: Uint8Array, whole: Decoded): DecodedLines {
  const oddLines = new Set<number>();
  let accentedUtf8 = 0;
  const lines: string[] = [];
  for (let from = 0, number = 1; from < bytes.length; number += 1) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end + 1);
    from += line.length;
    const utf8 = decodeUtf8(line);
    if (utf8 === undefined) oddLines.add(number);
    else if (utf8.length < line.length) accentedUtf8 += 1;
    lines.push(utf8 ?? decodeWindows(line));
  }
  if (accentedUtf8 === 0) {
    if (isOtherEncoding(whole.text)) throw otherEncoding();
    return { ...whole, oddLines: new Set() };
  }
  return { encoding: "utf-8", text: lines.join("").replace(/^\ufeff/, ""), oddLines };
}

/** A row of the file, and the line on which it ends. */
type CsvRow = { readonly cells: readonly string[]; readonly line: number };

function rowsOf(text: string, delimiter: Delimiter): CsvRow[] {
  try {
    return parsed(text, delimiter, MAX_ROWS + 2);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? ` near line ${error.lines}` : "";
    throw new DomainError(
      "invalid",
      `A quotation mark${line} is opened and never closed.`,
      "The file is cut off, or a mark is missing: open it in a sheet program, look there, and save it as CSV or XLSX.",
    );
  }
}

function parsed(text: string, delimiter: Delimiter, to: number, quote: string | null = '"'): CsvRow[] {
  const lines: number[] = [];
  const records = parse(text, {
    delimiter,
    to,
    quote,
    trim: true,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    on_record: (record: string[], { lines: line }) => {
      lines.push(line);
      return record;
    },
  });
  return records.map((cells, n) => ({ cells, line: lines[n] ?? 0 }));
}

/** The sign by which most column names are known; else the one that parts the rows most evenly. */
function delimiterOf(text: string, header: HeaderWords): Delimiter {
  const sample = text.length > SAMPLE_CHARS ? text.slice(0, text.lastIndexOf("\n", SAMPLE_CHARS) + 1) : text;
  const scores = DELIMITERS.map(([sign]) => {
    const rows = sampleRows(sample, sign).filter((row) => row.some((cell) => cell !== ""));
    const names = Math.max(0, ...rows.map((row) => row.filter((cell) => header(cell) !== undefined).length));
    const sameWidth = (width: number) => rows.filter((row) => row.length === width).length;
    const even = Math.max(0, ...rows.map(({ length }) => (length - 1) * sameWidth(length)));
    return { sign, names, even: rows.length === 0 ? 0 : even / rows.length };
  });
  const [best] = scores.sort((a, b) => b.names - a.names || b.even - a.even);
  return best?.sign ?? ",";
}

function sampleRows(sample: string, sign: Delimiter): (readonly string[])[] {
  try {
    return parsed(sample, sign, SAMPLE_ROWS).map(({ cells }) => cells);
  } catch {
    return parsed(sample, sign, SAMPLE_ROWS, null).map(({ cells }) => cells);
  }
}
