import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { brokenTemplate, type Entry, type Fault, type Parsed } from "./fault.ts";

/** Where a template is: one file, or a folder with a file for each section or part of a section. */
export type Place = {
  readonly path: string;
  readonly folder: boolean;
  /** Another file or folder with the same id. Neither is used as long as both are there. */
  readonly twin?: string;
};

/** Takes a fault and lets the rest be read, or throws. */
export type Report = (fault: Fault) => void;

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

/** The templates of a directory by id. The id is the name of the file or folder. Nothing is read yet. */
export function findTemplates(directory: string): Map<string, Place> {
  const templates = new Map<string, Place>();
  for (const name of readdirSync(directory).sort()) {
    const place = placeAt(join(directory, name));
    if (place === undefined) continue;
    const other = templates.get(idOf(place));
    templates.set(idOf(place), { ...place, ...(other && { twin: basename(other.path) }) });
  }
  return templates;
}

/** A template at a path, if there is one. Links are followed, because a mounted directory often consists of links. */
function placeAt(path: string): Place | undefined {
  const name = basename(path);
  const entry = statSync(path, { throwIfNoEntry: false });
  const folder = entry?.isDirectory() ?? false;
  const isOne = folder ? holdsYaml(path) : (entry?.isFile() ?? false) && YAML.test(name);
  return isOne && !name.startsWith(".") ? { path, folder } : undefined;
}

/** A template at a path with its id, and with another of the same id that stands beside it. */
export function templateAt(path: string): { readonly id: string; readonly place: Place } | undefined {
  const place = placeAt(path);
  if (place === undefined) return undefined;
  const id = idOf(place);
  const twin = readdirSync(dirname(path)).find((name) => {
    const other = name === basename(path) ? undefined : placeAt(join(dirname(path), name));
    return other !== undefined && idOf(other) === id;
  });
  return { id, place: { ...place, ...(twin !== undefined && { twin }) } };
}

const idOf = ({ path, folder }: Place): string =>
  folder ? basename(path) : basename(path).replace(YAML, "");

/** Whether a built-in folder is a template. The other folders hold lists that every role shares. */
export const hasHead = ({ path, folder }: Place): boolean =>
  !folder || existsSync(join(path, `${HEAD}.yaml`));

const holdsYaml = (folder: string): boolean => readdirSync(folder).some((name) => YAML.test(name));

/** Reads a template, or only what its head needs. In a folder, the head is one file. */
export function readTemplate({ path, folder, twin }: Place, part: "whole" | "head", report: Report): Parsed {
  if (twin !== undefined)
    report({
      file: basename(path),
      path: "",
      why: `has the same id as ${twin}; keep one of the two, or rename one and its id`,
    });
  const keys = new Map<string, Entry>();
  const take = (key: string, entry: Entry) => {
    const other = keys.get(key);
    if (other) report({ file: entry.file, path: key, why: `stands in ${other.file} too` });
    else keys.set(key, entry);
  };
  if (!folder) readKeys(path, basename(path), take, report);
  for (const name of folder ? readdirSync(path).sort() : []) {
    const section = name.replace(YAML, "");
    if (!YAML.test(name) || (part === "head" && section !== HEAD)) continue;
    const [at, file] = [join(path, name), `${basename(path)}/${name}`];
    if (section === HEAD) readKeys(at, file, take, report);
    else {
      const read = parseYaml(at, file);
      if ("fault" in read) report(read.fault);
      else take(section, { value: read.value, file, path: at, keyed: false });
    }
  }
  return keys;
}

function readKeys(path: string, file: string, take: (key: string, entry: Entry) => void, report: Report) {
  const read = parseYaml(path, file);
  if ("fault" in read) return report(read.fault);
  if (!isMapping(read.value)) return report({ file, path: "", why: "must be a mapping of keys" });
  for (const [key, value] of Object.entries(read.value)) take(key, { value, file, path, keyed: true });
}

/**
 * Puts parts of sections in their place. `rubric.vocabulary.yaml` holds the key `vocabulary` of the section `rubric`,
 * and `rubric.vocabulary.tools.yaml` some keys of that, so that no file gets too long to read. A key that a section's
 * own file already holds stays as it is.
 */
export function assemble(parsed: Parsed, report: Report): Record<string, unknown> {
  const whole = new Map(
    [...parsed].filter(([key]) => !key.includes(".")).map(([key, { value }]) => [key, value]),
  );
  const parts = [...parsed].sort(([a], [b]) => a.split(".").length - b.split(".").length);
  for (const [name, { value, file }] of parts) {
    const [section = "", part, theme] = name.split(".");
    if (part === undefined) continue;
    const into = whole.get(section);
    const held = isMapping(into) ? into[part] : undefined;
    if (!isMapping(into))
      report({ file, path: "", why: `is part of ${section}, which is no mapping in any file` });
    else if (theme === undefined) whole.set(section, { [part]: value, ...into });
    else if (isMapping(value) && isMapping(held))
      whole.set(section, { ...into, [part]: { ...value, ...held } });
    else report({ file, path: "", why: `is part of ${section}.${part}: both must be mappings` });
  }
  return Object.fromEntries(whole);
}

export const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads a YAML file; `file` is what it is called in an error.
 * @throws DomainError `invalid` naming file and line when it is unreadable, too large or no YAML.
 */
export function parseFile(path: string, file: string): unknown {
  const read = parseYaml(path, file);
  if ("fault" in read) throw brokenTemplate(read.fault);
  return read.value;
}

function parseYaml(path: string, file: string): { readonly value: unknown } | { readonly fault: Fault } {
  const fault = (why: string, line?: number) => ({
    fault: { file, path: "", why, ...(line !== undefined && { line }) },
  });
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) return fault(`is over ${MAX_BYTES / 1_000_000} MB`);
    text = readFileSync(path, "utf8");
  } catch {
    return fault("cannot be read");
  }
  try {
    return { value: parse(text, { maxAliasCount: MAX_ALIASES, logLevel: "error" }) };
  } catch (error) {
    if (error instanceof YAMLParseError) {
      const why = `is not valid YAML: ${REASONS[error.code] ?? "it cannot be parsed"}`;
      return fault(why, error.linePos?.[0].line);
    }
    // All other failures of the parser are about aliases, which it resolves last.
    return fault("is not valid YAML: an alias leads nowhere, or aliases multiply");
  }
}

/** What throws at the first fault. */
export const refuse: Report = (fault) => {
  throw brokenTemplate(fault);
};
