import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isScalar, LineCounter, parse, parseDocument, YAMLParseError } from "yaml";
import { DomainError } from "../domain/errors.ts";

/** Where a template is: one file, or a folder with a file for each section or part of a section. */
export type Place = { readonly path: string; readonly folder: boolean };

/** Every top-level key of a template, with its value and its file. */
export type Parsed = ReadonlyMap<string, { readonly value: unknown; readonly file: string }>;

const MAX_BYTES = 1_000_000;
/**
 * The most YAML aliases in a file. A real template needs none, and nested aliases make a small file expand without end.
 */
const MAX_ALIASES = 50;
const YAML = /\.ya?ml$/;
/** The file in a template's folder that holds the keys outside its sections. */
const HEAD = "role";

const REASONS: Partial<Record<YAMLParseError["code"], string>> = {
  BAD_INDENT: "the indentation is wrong, or a bracket is not closed",
  BLOCK_AS_IMPLICIT_KEY: "a second colon; quote the text, or fix the indentation",
  DUPLICATE_KEY: "a key stands twice",
  MISSING_CHAR: "a quote, bracket or comma is missing",
  MULTIPLE_DOCS: "one file holds one document",
  RESOURCE_EXHAUSTION: "it is nested too deeply",
  TAB_AS_INDENT: "tabs cannot indent",
};

/**
 * The templates of a directory by id. The id is the name of the file or folder. Nothing is read yet.
 * @throws DomainError `invalid` when two of them have the same id.
 */
export function findTemplates(directory: string): Map<string, Place> {
  const templates = new Map<string, Place>();
  for (const name of readdirSync(directory).sort()) {
    const path = join(directory, name);
    // Links are followed, because a mounted configuration directory often consists of links.
    const entry = statSync(path, { throwIfNoEntry: false });
    const folder = entry?.isDirectory() ?? false;
    if (name.startsWith(".") || !(folder ? holdsYaml(path) : entry?.isFile() && YAML.test(name))) continue;
    const id = folder ? name : name.replace(YAML, "");
    const other = templates.get(id);
    if (other) throw brokenTemplate(name, "", `has the same id as ${basename(other.path)}`);
    templates.set(id, { path, folder });
  }
  return templates;
}

/** Whether a built-in folder is a template. The other folders hold lists that every role shares. */
export const hasHead = ({ path, folder }: Place): boolean =>
  !folder || existsSync(join(path, `${HEAD}.yaml`));

const holdsYaml = (folder: string): boolean => readdirSync(folder).some((name) => YAML.test(name));

/**
 * Reads a template, or only what its head needs. In a folder, the head is one file.
 * @throws DomainError `invalid` naming file and line when a file is unreadable, too large or no YAML.
 */
export function readTemplate({ path, folder }: Place, part: "whole" | "head"): Parsed {
  if (!folder) return new Map(keysOf(path, basename(path)));
  const keys = new Map<string, { value: unknown; file: string }>();
  for (const name of readdirSync(path).sort()) {
    if (!YAML.test(name)) continue;
    const section = name.replace(YAML, "");
    if (part === "head" && section !== HEAD) continue;
    const file = `${basename(path)}/${name}`;
    const entries = section === HEAD ? keysOf(join(path, name), file) : [sectionOf(section, path, name)];
    for (const [key, entry] of entries) {
      const other = keys.get(key);
      if (other) throw brokenTemplate(file, key, `stands in ${other.file} too`);
      keys.set(key, entry);
    }
  }
  return keys;
}

/**
 * Puts parts of sections in their place. `rubric.vocabulary.yaml` holds the key `vocabulary` of the section `rubric`,
 * and `rubric.vocabulary.tools.yaml` some keys of that, so that no file gets too long to read. A key that a section's
 * own file already holds stays as it is.
 * @throws DomainError `invalid` when there is no such section.
 */
export function assemble(parsed: Parsed): Parsed {
  const whole = new Map([...parsed].filter(([key]) => !key.includes(".")));
  const parts = [...parsed].sort(([a], [b]) => a.split(".").length - b.split(".").length);
  for (const [name, { value, file }] of parts) {
    const [section = "", ...inner] = name.split(".");
    const key = inner.join(".");
    if (key === "") continue;
    const into = whole.get(section);
    if (!isMapping(into?.value))
      throw brokenTemplate(file, "", `is part of ${section}, which is no mapping in any file`);
    const [part = "", theme] = inner;
    const held = into.value[part];
    if (theme === undefined) whole.set(section, { value: { [part]: value, ...into.value }, file: into.file });
    else if (isMapping(value) && isMapping(held))
      whole.set(section, { value: { ...into.value, [part]: { ...value, ...held } }, file: into.file });
    else throw brokenTemplate(file, "", `is part of ${section}.${part}: both must be mappings`);
  }
  return whole;
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Entry = [key: string, { value: unknown; file: string }];

function sectionOf(section: string, folder: string, name: string): Entry {
  const file = `${basename(folder)}/${name}`;
  return [section, { value: parseFile(join(folder, name), file), file }];
}

function keysOf(path: string, file: string): Entry[] {
  const value = parseFile(path, file);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw brokenTemplate(file, "", "must be a mapping of keys");
  return Object.entries(value).map(([key, inner]) => [key, { value: inner, file }]);
}

/**
 * Reads a YAML file; `file` is what it is called in an error.
 * @throws DomainError `invalid` naming file and line when it is unreadable, too large or no YAML.
 */
export function parseFile(path: string, file: string): unknown {
  const text = textOf(path, file);
  try {
    return parse(text, { maxAliasCount: MAX_ALIASES, logLevel: "error" });
  } catch (error) {
    if (error instanceof YAMLParseError) {
      const line = error.linePos ? `line ${error.linePos[0].line}` : "";
      throw brokenTemplate(file, line, `is not valid YAML: ${REASONS[error.code] ?? "it cannot be parsed"}`);
    }
    // All other failures of the parser are about aliases, which it resolves last.
    throw brokenTemplate(file, "", "is not valid YAML: an alias leads nowhere, or aliases multiply");
  }
}

function textOf(path: string, file: string): string {
  try {
    if (statSync(path).size <= MAX_BYTES) return readFileSync(path, "utf8");
  } catch (cause) {
    throw brokenTemplate(file, "", "cannot be read", { cause });
  }
  throw brokenTemplate(file, "", `is over ${MAX_BYTES / 1_000_000} MB`);
}

/**
 * The line in a template's file that holds line `row` of a text, both counted from 1. `keys` are the path to the text.
 */
export function lineIn(place: Place, file: string, keys: readonly (string | number)[], row: number): number {
  const lineCounter = new LineCounter();
  const path = join(dirname(place.path), file);
  const node = parseDocument(textOf(path, file), { lineCounter }).getIn(keys, true);
  if (!isScalar(node) || !node.range) return row;
  const { line } = lineCounter.linePos(node.range[0]);
  // The text of a block begins on the line after `|` or `>`.
  return line + row - (node.type?.startsWith("BLOCK") ? 0 : 1);
}

/**
 * The error for an unusable template: its file (relative to the templates' directory), the place in it and the reason.
 */
export function brokenTemplate(
  file: string,
  path: string,
  why: string,
  options?: { cause: unknown },
): DomainError {
  const where = path === "" ? file : `${file}, ${path}`;
  const subject = file.startsWith("lexicon") ? "Word list" : "Role template";
  const hint = "Fix the file; CONTRIBUTING.md says how a template is made.";
  return new DomainError("invalid", `${subject} ${where}: ${why}.`, hint, options);
}
