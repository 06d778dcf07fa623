import { lstat, readFile } from "node:fs/promises";
import { basename, extname, isAbsolute, normalize, sep } from "node:path";
import { DomainError } from "../domain/errors.ts";

/** The three ways a text arrives; exactly one is given. `name` is what to call it. */
export type TextSource = {
  readonly text?: string | undefined;
  readonly file?: string | undefined;
  readonly base64?: string | undefined;
  readonly name?: string | undefined;
};

const MAX_BYTES = 400_000;
const EXTENSIONS = [".txt", ".md", ".markdown"];
const FORMATS = "Plain text and Markdown (.txt, .md) are read; paste the text of any other format.";

/**
 * The text of a document, decoded as strict UTF-8.
 * @param allowFiles whether paths on this machine may be named: only where the caller is this machine's user.
 * @throws DomainError `invalid` naming the argument and what it may be.
 */
export async function readText(
  source: TextSource,
  fields: { readonly text: string; readonly file: string; readonly base64: string },
  allowFiles: boolean,
): Promise<{ text: string; name: string }> {
  const given = (["text", "file", "base64"] as const).filter((way) => source[way] !== undefined);
  const names = [fields.text, fields.file, fields.base64].join(", ");
  if (given.length !== 1)
    throw invalid(names, given.length === 0 ? "give one of them." : "give only one of them.");
  if (source.file !== undefined) return fromFile(source.file, source.name, fields.file, allowFiles);
  if (source.base64 !== undefined) return fromBase64(source.base64, source.name, fields.base64);
  return { text: nonEmpty(source.text ?? "", fields.text), name: source.name ?? "pasted text" };
}

async function fromFile(file: string, name: string | undefined, field: string, allowed: boolean) {
  if (!allowed)
    throw invalid(
      field,
      "paths are only read when the server runs on your own machine over stdio. Pass the text instead.",
    );
  const path = normalize(file);
  if (!isAbsolute(path)) throw invalid(field, "must be an absolute path.");
  // An assistant can be talked into naming any path: what is hidden, or is no text file by name, is never opened.
  if (path.split(sep).some((part) => part.startsWith(".")))
    throw invalid(field, "hidden files and folders are not read.");
  requireExtension(path, field);
  const found = await lstat(path).catch(() => undefined);
  if (!found) throw invalid(field, "there is no file at this path.");
  if (!found.isFile()) throw invalid(field, "must be a regular file, not a folder or a link.");
  if (found.size > MAX_BYTES) throw tooLarge(field);
  const bytes = await readFile(path).catch(() => {
    throw invalid(field, "the file cannot be read.");
  });
  return { text: nonEmpty(decode(bytes, field), field), name: name ?? basename(path) };
}

function fromBase64(base64: string, name: string | undefined, field: string) {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) throw invalid(field, "is not base64.");
  if (name !== undefined && extname(name) !== "") requireExtension(name, `${field} (${name})`);
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > MAX_BYTES) throw tooLarge(field);
  return { text: nonEmpty(decode(bytes, field), field), name: name ?? "uploaded text" };
}

function requireExtension(name: string, field: string): void {
  if (EXTENSIONS.includes(extname(name).toLowerCase())) return;
  throw invalid(field, `this format is not read. ${FORMATS}`);
}

function decode(bytes: Uint8Array, field: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid(field, `is not UTF-8 text. ${FORMATS}`);
  }
}

function nonEmpty(text: string, field: string): string {
  if (text.includes("\0")) throw invalid(field, "holds NUL characters, so it is not text.");
  if (text.trim().length === 0) throw invalid(field, "is empty.");
  return text;
}

const invalid = (field: string, why: string): DomainError =>
  new DomainError("invalid", `${field}: ${why}`, FORMATS);
const tooLarge = (field: string): DomainError => invalid(field, `is over ${MAX_BYTES / 1000} kB.`);
