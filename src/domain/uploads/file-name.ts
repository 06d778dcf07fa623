import { plainLine } from "../untrusted.ts";

const MAX_NAME_CHARS = 120;
const UNNAMED = "uploaded file";
const EXTENSION = /\.[A-Za-z0-9]{1,9}$/;

/**
 * The name of a file as it is kept: no folders, one line, nothing that nobody sees or that turns its letters round. A long
 * one is cut and keeps its extension.
 */
export function fileName(sent: string): string {
  const last = sent.split(/[/\\]/).at(-1) ?? "";
  const name = plainLine(last, last.length + 1);
  const [extension = ""] = name.match(EXTENSION) ?? [];
  if (/^\.*$/.test(name)) return UNNAMED;
  if (name.length <= MAX_NAME_CHARS) return name;
  return `${plainLine(name, MAX_NAME_CHARS - extension.length)}${extension}`;
}
