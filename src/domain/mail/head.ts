import { headersOf } from "../outreach/reply.ts";
import type { FieldName, MailWords } from "./words.ts";

/** The headers that a mail's text begins with, as it is stored. */
export type Head = {
  /** The line at which the mail's own words begin; 0 where there are no headers. */
  readonly end: number;
  /** The sender's address in lower case. Undefined where none is told. */
  readonly from: string | undefined;
  readonly subject: string;
  /** The lines of the subject: from the first to before the second. */
  readonly subjectLines: readonly [number, number];
};

export function readHead(lines: readonly string[], words: MailWords): Head {
  const first = nextWritten(lines, 0);
  const end = headEnd(lines, first, words);
  const [subject, subjectLines] = fieldIn(lines.slice(0, end), "subject", words);
  const [from] = fieldIn(lines.slice(0, end), "from", words);
  return { end, from: addressIn(from), subject, subjectLines };
}

/** Where a mail's own headers end: none of them opens something quoted. */
function headEnd(lines: readonly string[], first: number, words: MailWords): number {
  const isHead =
    headersOf(lines.slice(first).join("\n")) !== undefined || fieldOf(lines[first], words) === "from";
  if (!isHead) return 0;
  const end = lines.findIndex((line, n) => n > first && line.trim() === "");
  return end < 0 ? lines.length : end;
}

/** The value of the first header of a kind with the lines that it takes, folded ones among them. */
function fieldIn(
  head: readonly string[],
  field: FieldName,
  words: MailWords,
): [string, readonly [number, number]] {
  const at = head.findIndex((line) => fieldOf(line, words) === field);
  if (at < 0) return ["", [0, 0]];
  let end = at + 1;
  while (end < head.length && /^[ \t]/.test(head[end] ?? "")) end += 1;
  const value = head.slice(at, end).join(" ");
  return [value.slice(value.search(/[:：]/) + 1).trim(), [at, end]];
}

/** The last address in a sender's header: what stands before it is a name, whatever it looks like. */
export function addressIn(value: string): string | undefined {
  const words = value.split(/[\s<>()[\]"',;:]+/);
  return words.findLast((word) => word.includes("@"))?.toLowerCase();
}

/** Which header a line is, in the languages of common mail programs; bold ones have stars around them. */
export function fieldOf(line: string | undefined, { fields }: MailWords): FieldName | undefined {
  const name = /^\s*\*{0,2}(\p{L}[\p{L} ]{0,14}?)\s?\*{0,2}\s?[:：]/u.exec(line ?? "")?.[1];
  return name === undefined ? undefined : fields.get(name.toLowerCase());
}

/** Whether a subject says that its mail answers another one, or hands it on. */
export function subjectIs(subject: string, beginnings: ReadonlySet<string>): boolean {
  const first = /^\s*(?:\[[^\]]{0,40}\]\s*)?([\p{L}]{1,12})(?:\[\d+\])?\s?[:：]/u.exec(subject)?.[1];
  return first !== undefined && beginnings.has(first.toLowerCase());
}

/** The first line from `n` on that is not blank. */
export function nextWritten(lines: readonly string[], n: number): number {
  let at = n;
  while (at < lines.length && lines[at]?.trim() === "") at += 1;
  return at;
}
