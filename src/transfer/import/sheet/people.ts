import type { CellWords } from "../../../domain/transfer/cell-words.ts";
import { wordsOf } from "../../../domain/transfer/header-words.ts";
import type { ImportedPerson, ImportedRecord } from "../../../domain/transfer/imported.ts";
import { applicationOf, joinedLine, lineOf } from "./application-of-row.ts";
import type { Head } from "./columns.ts";
import type { DateOrder } from "./dates.ts";
import type { Report } from "./report.ts";
import { createSheetReader, type RowValues, type SheetReader, type Value } from "./row-values.ts";
import { isEmptyRow, type Row, type Table, textOf } from "./table.ts";
import {
  emailsIn,
  isName,
  type LinkField,
  linksIn,
  looksWronglyRead,
  nameOf,
  oneLine,
  phonesIn,
} from "./values.ts";

const MAX_LINKS = 20;
const MAX_TAGS = 20;
const MAX_TAG_CHARS = 300;
const MAX_TITLE_CHARS = 200;
/** So many rows after the names of the columns may tell how the sheet is filled in. */
const INSTRUCTION_ROWS = 5;

export type PeopleOptions = {
  readonly dates: DateOrder | undefined;
  /** Whether cells stand where they do by counting signs between them, so that one too many moves the others. */
  readonly isText: boolean;
  readonly report: Report;
};

/** The people of a sheet, one a row. What is not understood is told, and left out. */
export function readPeople(
  table: Table,
  head: Head,
  words: CellWords,
  options: PeopleOptions,
): ImportedPerson[] {
  const reader = createSheetReader(table, head, words, options);
  const rows = table.rows.slice(head.index + 1);
  return rows.flatMap((row, n) => {
    const values = reader.valuesOf(row);
    const why =
      whyNoPerson(row, head, options) ??
      (n < INSTRUCTION_ROWS && isInstruction(row, values, words)
        ? "tells how the sheet is filled in"
        : undefined);
    if (why !== undefined) options.report.tell(row.number, `${why}: the row is left out`);
    return why === undefined ? personOf(values, reader, words, options) : [];
  });
}

/** What tells that a row is of nobody, before its values are looked at. */
function whyNoPerson(
  { cells, number }: Row,
  head: Head,
  { isText, report }: PeopleOptions,
): string | undefined {
  const known = head.columns.filter(({ field }) => field !== undefined);
  const isHeadAgain = known.every(({ at, header }) => wordsOf(textOf(cells[at])) === wordsOf(header));
  if (isHeadAgain) return "holds the names of the columns again";
  if (isText && !isEmptyRow(cells.slice(head.width))) return "has more cells than there are columns";
  const [only, another] = cells.filter((cell) => !isEmptyRow([cell]));
  if (known.length > 2 && another === undefined && !textOf(only).includes("@"))
    return "has one cell only: a heading, a sum or a remark";
  if (isText && cells.length < head.width)
    report.tell(number, "has fewer cells than there are columns: the rest counts as empty");
  return undefined;
}

function isInstruction({ cells }: Row, values: RowValues, words: CellWords): boolean {
  const told = cells.filter((cell) => words.isInstruction(textOf(cell))).length;
  const addresses = values.all("email");
  if (addresses.some((value) => emailsIn(value).emails.length > 0)) return false;
  return told > 1 || (told === 1 && addresses.length > 0);
}

function personOf(
  values: RowValues,
  { readDate }: SheetReader,
  words: CellWords,
  { report }: PeopleOptions,
): ImportedPerson[] {
  const name = readName(values);
  if (name === undefined) {
    report.tell(values.row, "there is no name: the row is left out");
    return [];
  }
  if (looksWronglyRead(name))
    report.tell(values.row, "looks as if it was read in a wrong encoding before: it is kept as it stands", {
      ...{ field: "name", value: name },
    });
  const { email, otherEmails } = readEmails(values);
  const { phone, records: phones } = readPhones(values);
  const links = readLinks(values, words);
  const location = joinedLine(values.all("location"));
  const timezone = readTimezone(values);
  const records = [...phones, ...recordsOf(values)];
  const application = applicationOf(values, words, readDate);
  const ids = idsOf(values);
  const id = ids.application === undefined ? {} : { id: `application ${ids.application}` };
  return [
    {
      where: `row ${values.row}`,
      ...(ids.candidate !== undefined && { id: `candidate ${ids.candidate}` }),
      name,
      ...(email !== undefined && { email }),
      otherEmails,
      ...(phone !== undefined && { phone }),
      links,
      ...(location !== undefined && { location }),
      ...(timezone !== undefined && { timezone }),
      tags: readTags(values),
      doNotContact: readDoNotContact(values, words),
      files: [],
      records: [],
      applications: [{ ...id, ...application, records }],
    },
  ];
}

function idsOf(values: RowValues): { candidate?: string | undefined; application?: string | undefined } {
  return { candidate: lineOf(values.one("candidate_id")), application: lineOf(values.one("application_id")) };
}

function readName(values: RowValues): string | undefined {
  const part = (field: Parameters<RowValues["one"]>[0]): string | undefined => {
    const value = values.one(field);
    const text = value && oneLine(value.text).replace(/^['’](?=\p{L})/u, "");
    if (value === undefined || text === undefined || isName(text)) return text;
    values.tell(value, "is no name");
    return undefined;
  };
  const [full, lastFirst] = [part("name"), part("last_first")];
  const [first, middle, last] = [part("first_name"), part("middle_name"), part("last_name")];
  const name = nameOf({ full, first, middle, last, lastFirst });
  return name !== undefined && isName(name) ? name : undefined;
}

function readEmails(values: RowValues): { email: string | undefined; otherEmails: string[] } {
  const main = values.one("email");
  const found = [...(main === undefined ? [] : [main]), ...values.all("other_email")].flatMap((value) => {
    const { emails, isBroken } = emailsIn(value);
    if (isBroken) values.tell(value, "is no e-mail address");
    return emails;
  });
  const seen = new Set<string>();
  const [email, ...otherEmails] = found.filter((address) => {
    const isNew = !seen.has(address.toLowerCase());
    seen.add(address.toLowerCase());
    return isNew;
  });
  return { email, otherEmails };
}

/** The first number is the person's; others are kept in a note. */
function readPhones(values: RowValues): { phone: string | undefined; records: ImportedRecord[] } {
  const read = values.all("phone").flatMap((value) => {
    const phones = phonesIn(value.text);
    if ("why" in phones) values.tell(value, phones.why);
    return "why" in phones ? [] : phones.phones.map((phone) => ({ phone, value }));
  });
  const [first, ...others] = read;
  const digits = (phone: string) => phone.replace(/\D/g, "");
  const further = others.filter(({ phone }) => digits(phone) !== digits(first?.phone ?? ""));
  return {
    phone: first?.phone,
    records: further.map(({ phone, value }) => ({ kind: "note", title: titleOf(value), text: phone })),
  };
}

function readLinks(values: RowValues, words: CellWords): string[] {
  const links = (["linkedin", "github", "link"] satisfies LinkField[]).flatMap((field) =>
    values.all(field).flatMap((value) => {
      if (words.yesNo(value.text) !== undefined && value.link === undefined) return [];
      const read = linksIn(value, field);
      if (read.includes(undefined)) values.tell(value, "is no link");
      return read.flatMap((link) => link ?? []);
    }),
  );
  return [...new Set(links)].slice(0, MAX_LINKS);
}

function readTimezone(values: RowValues): string | undefined {
  const value = values.one("timezone");
  if (value === undefined) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value.text }).resolvedOptions().timeZone;
  } catch {
    values.tell(value, "is no time zone such as Europe/Lisbon");
    return undefined;
  }
}

const readTags = (values: RowValues): string[] => {
  const tags = values.all("tags").flatMap(({ text }) => text.split(/[,;|\n]/).map(oneLine));
  const short = tags.filter((tag) => tag !== "").map((tag) => tag.slice(0, MAX_TAG_CHARS));
  return [...new Set(short)].slice(0, MAX_TAGS);
};

/** Whoever may have asked not to be written to is not written to. */
function readDoNotContact(values: RowValues, words: CellWords): boolean {
  return values.all("do_not_contact").some((value) => {
    const isMeant = words.yesNo(value.text);
    if (isMeant === undefined) values.tell(value, "is neither yes nor no: they are not written to");
    return isMeant !== false;
  });
}

const titleOf = ({ column }: Value): string => column.header.slice(0, MAX_TITLE_CHARS);

/** Free text, pay and the candidate's own words, each under the name of its column. */
function recordsOf(values: RowValues): ImportedRecord[] {
  const currency = values.one("currency");
  const salaries = values.all("salary").map((value) => {
    const hasCurrency = currency === undefined || /\p{Lu}{3}|\p{Sc}/u.test(value.text);
    return { value, text: hasCurrency ? value.text : `${value.text} ${currency.text}` };
  });
  const notes = values.all("note").map((value) => ({ value, text: value.text }));
  return [
    ...[...notes, ...salaries].map(({ value, text }) => ({
      ...{ kind: "note" as const, title: titleOf(value), text },
    })),
    ...values.all("answer").map((value) => ({
      ...{ kind: "answer" as const, title: titleOf(value), text: value.text },
    })),
  ];
}
