import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { AllowFiles } from "../domain/allow-files.ts";
import { DomainError } from "../domain/errors.ts";
import { factsOfHeaders, NO_FACTS } from "../domain/mail/facts.ts";
import { headersOf, isEncoded } from "../domain/outreach/reply.ts";
import { isMarkup } from "../domain/untrusted.ts";
import { MAX_FILE_BYTES } from "../domain/uploads/link.ts";
import { allowedPath } from "../files/allowed-path.ts";
import { decodeText } from "./decode.ts";
import { type Extracted, extract, extractAttachment, type Format } from "./extract.ts";
import { readJsonResume } from "./json-resume.ts";
import { withoutSigns } from "./signs.ts";

/** The three ways to pass a document; exactly one is used. `name` is its title. */
export type Source = {
  readonly text?: string | undefined;
  readonly file?: string | undefined;
  readonly base64?: string | undefined;
  readonly name?: string | undefined;
  /** The name of a file that came with the mail: it is read instead of the mail. */
  readonly attachment?: string | undefined;
};

/** The caller's names for the three ways, for error messages. */
export type Fields = { readonly text: string; readonly file: string; readonly base64: string };

/** A document read: its visible text, page by page, and separately the text that is hidden from a reader. */
export type Read = Extracted & {
  readonly name: string;
  /** Whether its text is HTML or Markdown, where tags and comments are markup. Elsewhere angle brackets are text. */
  readonly markup: boolean;
  /** The file as it came, with the extension by which it was read. Absent for a pasted text. */
  readonly original?: { readonly bytes: Uint8Array; readonly extension: string };
};

const TEXT_BYTES = 400_000;
/** Told apart by their first bytes, to say what to do instead. */
const OTHERS = [".rtf", ".odt", ".doc"];
const EXTENSIONS = new Set([
  ...[".txt", ".md", ".markdown", ".pdf", ".docx", ".eml", ".html", ".htm", ".json"],
  ...OTHERS,
]);
const MARKDOWN = [".md", ".markdown"];
const FORMATS =
  "Text, Markdown, HTML, JSON Resume, PDF, DOCX and EML are read; paste the text of any other format.";

/**
 * Reads a document. PDF and DOCX are opened in a process of their own.
 * @param allowFiles whether files on this machine may be named. True only when the caller is the user of this machine.
 * @throws DomainError `invalid` naming the argument and what it may be.
 */
export async function readDocument(source: Source, fields: Fields, allowFiles: AllowFiles): Promise<Read> {
  const ways = (["text", "file", "base64"] as const).filter((way) => source[way] !== undefined);
  const names = [fields.text, fields.file, fields.base64].join(", ");
  if (ways.length === 0) throw invalid(names, "give one of them.");
  if (ways.length > 1) throw invalid(names, "give only one of them.");
  if (source.attachment !== undefined) return readAttachment(source, source.attachment, fields, allowFiles);
  if (source.file !== undefined) {
    const { path, bytes } = await openFile(source.file, fields.file, allowFiles);
    return { ...(await readBytes(bytes, path, fields.file)), name: source.name ?? basename(path) };
  }
  if (source.base64 !== undefined) {
    const bytes = bytesOf(source.base64, fields.base64);
    const { name = "" } = source;
    const read = await fromBytes(bytes, extname(name), fields.base64);
    return { ...read, original: originalOf(bytes, name), name: name || "uploaded file" };
  }
  const text = nonEmpty(source.text ?? "", fields.text);
  const headers = headersOf(text);
  const name = source.name ?? "pasted text";
  if (headers !== undefined && isEncoded(headers))
    return { ...(await fromEml(Buffer.from(text), fields.text)), name };
  const mail = headers === undefined ? {} : { mail: factsOfHeaders(text) };
  return { ...plain(text), name, markup: isMarkup(text), ...mail };
}

/** Reads a file by its bytes. @throws DomainError `invalid` naming the field and why it cannot be read. */
export async function readBytes(bytes: Uint8Array, name: string, field: string): Promise<Read> {
  return { ...(await fromBytes(bytes, extname(name), field)), original: originalOf(bytes, name), name };
}

const originalOf = (bytes: Uint8Array, path: string): NonNullable<Read["original"]> => ({
  bytes,
  extension: extname(path).toLowerCase(),
});

/** A text that is no file of its own format: all of it is seen, but for signs that stand for no letter. */
function plain(original: string): Extracted {
  const { text, signs } = withoutSigns(original);
  return { pages: [text], hidden: [], signs_without_letter: signs, warnings: [] };
}

/** A file that came with a mail, read as if it had been given by itself. */
async function readAttachment(
  source: Source,
  name: string,
  fields: Fields,
  allowFiles: AllowFiles,
): Promise<Read> {
  const [bytes, field] = await bytesOfMail(source, fields, allowFiles);
  const content = await extractAttachment(bytes, name, field);
  const read = await fromBytes(content, extname(name), "attachment");
  return { ...read, original: originalOf(content, name), name: source.name ?? name };
}

async function bytesOfMail(
  source: Source,
  fields: Fields,
  allowFiles: AllowFiles,
): Promise<[Uint8Array, string]> {
  if (source.file !== undefined)
    return [(await openFile(source.file, fields.file, allowFiles)).bytes, fields.file];
  if (source.base64 !== undefined) return [bytesOf(source.base64, fields.base64), fields.base64];
  return [Buffer.from(source.text ?? ""), fields.text];
}

/** A file that a caller names, with the path that it really has. */
async function openFile(
  file: string,
  field: string,
  allowFiles: AllowFiles,
): Promise<{ readonly path: string; readonly bytes: Buffer }> {
  const path = await documentPath(file, field, allowFiles);
  const bytes = await readFile(path).catch(() => Promise.reject(invalid(field, "the file cannot be read.")));
  return { path, bytes };
}

type Unnamed = Omit<Read, "name">;

/** An e-mail with its headers: its readable text, and what its headers and parts say. */
async function fromEml(bytes: Uint8Array, field: string): Promise<Unnamed> {
  const read = await extract(bytes, "eml", field);
  if (read.pages.length === 0) throw nothingToRead(field, "eml", false);
  return { ...read, mail: read.mail ?? NO_FACTS, markup: false };
}

async function fromBytes(bytes: Uint8Array, extension: string, field: string): Promise<Unnamed> {
  const named = extension.toLowerCase();
  if (named !== "" && !EXTENSIONS.has(named)) throw invalid(field, "this format is not read.");
  const format = formatOf(bytes);
  const other = UNREAD[format];
  if (other !== undefined) throw unread(field, other);
  if ((named === ".pdf" && format !== "pdf") || (named === ".docx" && format !== "docx"))
    throw invalid(field, `this is no ${named.slice(1).toUpperCase()} file.`);
  if (bytes.length > MAX_FILE_BYTES) throw invalid(field, `is over ${MAX_FILE_BYTES / 1_000_000} MB.`);
  if (format === "text" && named === ".eml") return fromEml(bytes, field);
  if (format === "pdf" || format === "docx") return fromFile(bytes, format, field);
  if (format === "html" || named === ".html" || named === ".htm") return fromFile(bytes, "html", field);
  if (OTHERS.includes(named)) throw invalid(field, "this format is not read.");
  if (bytes.length > TEXT_BYTES) throw invalid(field, `is over ${TEXT_BYTES / 1000} kB.`);
  const text = nonEmpty(decode(bytes, field), field);
  if (named === ".json" || (named === "" && text.trimStart().startsWith("{")))
    return fromJson(text, named, field);
  return { ...plain(text), markup: named === "" ? isMarkup(text) : MARKDOWN.includes(named) };
}

async function fromFile(bytes: Uint8Array, format: Format, field: string): Promise<Unnamed> {
  const read = await extract(bytes, format, field);
  if (read.pages.every((page) => page.trim() === ""))
    throw nothingToRead(field, format, read.hidden.length > 0);
  return { ...read, markup: false };
}

/** A résumé in JSON. Without the name of such a file, what only begins as one is text. */
function fromJson(json: string, named: string, field: string): Unnamed {
  const text = readJsonResume(json);
  if (text === undefined && named === ".json")
    throw invalid(field, "this JSON is no résumé of the JSON Resume format.");
  return { ...plain(text ?? json), markup: false };
}

/** Formats that are known by their first bytes and not read. */
const UNREAD: Partial<Record<FileFormat, string>> = {
  rtf: "is rich text (RTF).",
  odt: "is an OpenDocument text (ODT).",
  doc: "is a Word document of the older kind (.doc), or one with a password.",
};

const unread = (field: string, what: string): DomainError =>
  new DomainError(
    "invalid",
    `${field}: the file ${what}`,
    "Open it where it was written and save it as PDF or DOCX, or paste the text.",
  );

type FileFormat = Format | "text" | "rtf" | "odt" | "doc";

/** The format by the first bytes. The file's name does not count. */
function formatOf(bytes: Uint8Array): FileFormat {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  if (start.includes("%PDF-")) return "pdf";
  if (start.startsWith("PK\u0003\u0004"))
    return start.slice(ODT_TYPE_BYTE).startsWith("mimetypeapplication/vnd.oasis.opendocument")
      ? "odt"
      : "docx";
  if (start.startsWith("{\\rtf")) return "rtf";
  if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) return "doc";
  const words = start.replace(/^\u00ef\u00bb\u00bf/, "").trimStart();
  return /^(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype html|html)[\s>]/i.test(words) ? "html" : "text";
}

/** In an OpenDocument file the first entry says what it is; its name stands here. */
const ODT_TYPE_BYTE = 30;

async function documentPath(file: string, field: string, allowed: AllowFiles): Promise<string> {
  if (allowed && !EXTENSIONS.has(extname(file).toLowerCase()))
    throw invalid(field, "this format is not read.");
  const named = await allowedPath(file, allowed);
  if ("why" in named) throw invalid(field, named.why);
  if (named.folder) throw invalid(field, "must be a regular file, not a folder or a link.");
  if (named.bytes > MAX_FILE_BYTES) throw invalid(field, `is over ${MAX_FILE_BYTES / 1_000_000} MB.`);
  return named.path;
}

function bytesOf(base64: string, field: string): Uint8Array {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) throw invalid(field, "is not base64.");
  return Buffer.from(base64, "base64");
}

function decode(bytes: Uint8Array, field: string): string {
  const text = decodeText(bytes);
  if (text === undefined) throw invalid(field, "is no text: it holds characters that no text has.");
  return text;
}

function nonEmpty(text: string, field: string): string {
  if (text.includes("\0")) throw invalid(field, "holds NUL characters, so it is not text.");
  if (text.trim().length === 0) throw invalid(field, "is empty.");
  return text;
}

function nothingToRead(field: string, format: Format, hidden: boolean): DomainError {
  const why = hidden
    ? "holds only text that nobody would see."
    : format === "pdf"
      ? "holds no text; it may be a scan."
      : "holds no text.";
  return new DomainError("invalid", `${field}: the file ${why}`, "Paste the text instead.");
}

const invalid = (field: string, why: string): DomainError =>
  new DomainError("invalid", `${field}: ${why}`, FORMATS);
