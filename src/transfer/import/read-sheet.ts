import { loadSheetWords, type SheetWords } from "../../catalog/sheet-words.ts";
import { DomainError } from "../../domain/errors.ts";
import type { ImportedSource } from "../../domain/transfer/imported.ts";
import {
  findHead,
  type Head,
  isDemographicReport,
  isOfPeople,
  namelessColumns,
  repeatedHeaders,
} from "./sheet/columns.ts";
import { readCsv } from "./sheet/csv.ts";
import type { DateOrder } from "./sheet/dates.ts";
import { readPeople } from "./sheet/people.ts";
import { createReport, quoted, type Report, rowsText } from "./sheet/report.ts";
import { MAX_COLUMNS, type Table } from "./sheet/table.ts";
import { readWorkbook } from "./sheet/workbook.ts";

export type SheetOptions = {
  /** The order of day, month and year where figures alone do not tell it. */
  readonly dates?: DateOrder | undefined;
  /** The tracker that the sheet is from, whose ids are kept. Ids of a sheet that somebody keeps by hand are not. */
  readonly system?: string | undefined;
};

const MAX_BYTES = 100_000_000;
const ZIP = [0x50, 0x4b];
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];
const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, n) => bytes[n] === byte);

/**
 * Reads people from a sheet: comma-separated values and their like, or a workbook (XLSX), told apart by the first bytes.
 * Nothing in it is carried out or worked out: a cell that begins with a sign of a formula is text.
 * @param name of the file, for what is told.
 * @throws DomainError `invalid` where the whole is refused: no text, no workbook, too long, nobody in it, or demographic data.
 */
export async function readSheet(
  bytes: Uint8Array,
  name: string,
  { dates, system }: SheetOptions,
): Promise<ImportedSource> {
  if (bytes.length > MAX_BYTES)
    throw new DomainError("invalid", "The sheet is larger than 100 MB.", "Cut it into several files.");
  if (bytes.length === 0) throw new DomainError("invalid", "The sheet is empty.");
  if (startsWith(bytes, OLD_EXCEL))
    throw new DomainError(
      "invalid",
      "The sheet is in the format of old Excel (.xls), or protected by a password.",
      "Save it as XLSX without a password, or as CSV.",
    );
  const words = wordsFor(system);
  const report = createReport();
  const isWorkbook = startsWith(bytes, ZIP);
  const table = isWorkbook ? await chooseTable(bytes, words, report) : readCsv(bytes, words.header);
  const head = findHead(table, words.header);
  if (head === undefined) throw nobody(table.rows.length);
  if (isDemographicReport(head, name))
    throw new DomainError(
      "invalid",
      "The sheet is a report on gender, origin, age, disability or the like, which is never imported.",
      "Import the sheet of the candidates themselves.",
    );
  if (!isOfPeople(head)) throw nobody(table.rows.length);
  for (const { row, why } of table.remarks) if (row !== undefined) report.tell(row, why);
  const people = readPeople(table, head, words.cell, { dates, isText: !isWorkbook, report });
  tellOfColumns(table, head, isWorkbook, report);
  const rows = table.rows.length - head.index - 1;
  const known = head.columns.filter(({ field }) => field !== undefined && field !== "demographic");
  return {
    system: system ?? "sheet",
    people,
    unclear: report.unclear(),
    recognised: [
      { what: name, as: `${rows} rows, ${people.length} of them people (${table.title})` },
      ...known.map(({ header, field }) => ({ what: header, as: (field ?? "").replaceAll("_", " ") })),
    ],
  };
}

/** An id that a sheet by hand has is not known anywhere else, and another sheet has it too. */
function wordsFor(system: string | undefined): SheetWords {
  const words = loadSheetWords();
  if (system !== undefined) return words;
  const header: SheetWords["header"] = (name) => {
    const field = words.header(name);
    return field === "candidate_id" || field === "application_id" ? undefined : field;
  };
  return { ...words, header };
}

const nobody = (rows: number): DomainError =>
  new DomainError(
    "invalid",
    rows === 0 ? "The sheet is empty." : "No row of the sheet names a column of people.",
    "One row must name the columns, such as Name, Email, Job, Stage, Applied on.",
  );

/** The worksheet with the most people in it. The others are told. */
async function chooseTable(bytes: Uint8Array, { header }: SheetWords, { tellOf }: Report): Promise<Table> {
  const { tables, hidden } = await readWorkbook(bytes);
  for (const title of hidden)
    tellOf({ where: `worksheet ${quoted(title)}`, why: "is hidden in the workbook, and not read" });
  const filled = tables.filter(({ rows }) => rows.length > 0);
  const ranked = filled
    .map((table) => ({ table, head: findHead(table, header) }))
    .toSorted((a, b) => peopleIn(b.table, b.head) - peopleIn(a.table, a.head));
  const [best] = ranked;
  if (best === undefined) throw nobody(0);
  for (const { table, head } of ranked.slice(1)) {
    const isToo = peopleIn(table, head) > 0;
    const why = isToo ? "holds people too, and is not read: save it as a file of its own" : "is not read";
    tellOf({ where: `worksheet ${quoted(table.title)}`, why });
  }
  return best.table;
}

const peopleIn = ({ rows }: Table, head: Head | undefined): number =>
  head === undefined || !isOfPeople(head) ? 0 : rows.length - head.index - 1;

function tellOfColumns(table: Table, head: Head, isWorkbook: boolean, { tellOf }: Report): void {
  const { columns } = head;
  const named = (headers: readonly string[]): string =>
    `${headers.length === 1 ? "column" : "columns"} ${headers.map(quoted).join(", ")}`;
  const tell = (headers: readonly string[], why: string) => {
    if (headers.length > 0) tellOf({ where: named(headers), why });
  };
  const headersOf = (isMeant: (column: (typeof columns)[number]) => boolean): string[] => [
    ...new Set(columns.filter(isMeant).map(({ header }) => header)),
  ];
  const hidden = new Set(table.hiddenColumns);
  tell(
    headersOf(({ field }) => field === "demographic"),
    "must not matter in hiring, and is never imported: left out",
  );
  tell(
    [
      ...headersOf(({ field }) => field === undefined),
      ...namelessColumns(table, head, isWorkbook ? MAX_COLUMNS : head.width),
    ],
    "no field is known by this name: left out",
  );
  tell(
    repeatedHeaders(head),
    "stands over more than one column: what is filled counts, where they differ nothing does",
  );
  tell(
    headersOf(({ at, field }) => hidden.has(at) && field !== undefined && field !== "demographic"),
    "is hidden in the sheet, and read like the others",
  );
  if (table.hiddenRows.length > 0)
    tellOf({ where: rowsText(table.hiddenRows), why: "is hidden in the sheet, and read like the others" });
}
