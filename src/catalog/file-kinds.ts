import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { FileKindLists, type FileKinds, fileKindsFrom } from "../domain/submission/file-kinds.ts";

const LISTS = Object.keys(FileKindLists.shape);

/**
 * The lists by which a submission's files are sorted into kinds. They are part of the program and the same for every
 * role.
 */
export function loadFileKinds(): FileKinds {
  return fileKindsFrom(FileKindLists.parse(Object.fromEntries(LISTS.map((name) => [name, read(name)]))));
}

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`submission/${name}.yaml`, import.meta.url), "utf8"));
