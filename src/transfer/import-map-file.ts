import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { Document, isMap, isScalar, parseDocument } from "yaml";
import { shapeWords } from "../catalog/shape-words.ts";
import { DomainError } from "../domain/errors.ts";
import { Level } from "../domain/roles/role.ts";
import { emptyIn, ImportMap, LEAVE_OUT, nameKey } from "../domain/transfer/import-map.ts";
import type { PlannedName } from "../domain/transfer/import-plan.ts";

/** Where the map of a source lies unless another is named: beside it. */
export const mapPathOf = (source: string): string => `${source}.greenflag-map.yaml`;

/**
 * Reads a map that a person may have edited.
 * @throws DomainError `invalid` naming the line or the key, and what may stand there.
 */
export function readMapFile(path: string): ImportMap {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new DomainError("invalid", `--map: ${path} cannot be read.`, "Name a map that an import wrote.", {
      cause,
    });
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line;
    const why = error.code === "DUPLICATE_KEY" ? "a name stands there twice" : "it is no YAML";
    throw new DomainError(
      "invalid",
      `${path}, line ${line ?? "?"}: ${why}.`,
      "Quote names that hold : or #.",
    );
  }
  const parsed = ImportMap.safeParse(contentOf(document, path), { error: shapeWords });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path.map(String).join(" > ") || "the map";
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : undefined;
  throw new DomainError(
    "invalid",
    unknown === undefined ? `${path}, ${at}: ${issue?.message}.` : `${path}, ${at}: ${unknown} is not known.`,
    `Allowed: ${Object.keys(ImportMap.shape).join(", ")}; for a role its key, ${LEAVE_OUT}, or ${TO_OPEN}.`,
  );
}

/** What a map says; aliases that grow beyond measure are refused by the parser. */
function contentOf(document: Document.Parsed, path: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (cause) {
    const why = `${path}: its aliases (*name) cannot be followed.`;
    throw new DomainError("invalid", why, "Write each value where it stands.", { cause });
  }
}

const TO_OPEN = "{template: mlops-engineer, level: senior, location: Berlin, opened: 2026-03-01}";
const GOES_BY_TEMPLATE = "By their names, where those are clear, once the role's template is named above.";

type Written = {
  readonly source: string;
  readonly map: ImportMap;
  readonly stages: readonly PlannedName[];
  /** Keys of the roles on record. */
  readonly roles: readonly string[];
  /** E-mails of members who may look after an application. */
  readonly owners: readonly string[];
  /** Ids of the templates from which a role can be opened. */
  readonly templates: readonly string[];
};

/** A role that is proposed stands behind its name, so that something else is quickly written in its place. */
function inOneLine(document: Document, name: string): void {
  const role = document.getIn(["roles", name], true);
  if (isMap(role)) role.flow = true;
}

/** A map as a person edits it: beside each name what it is here, and what else may stand there. */
export function mapText({ source, map, stages, roles, owners, templates }: Written): string {
  const document = new Document(map);
  for (const name of Object.keys(map.roles)) inOneLine(document, name);
  document.commentBefore = [
    ` What the names in ${source} are in Greenflag.`,
    " Fill in what is empty, change what is wrong, and run the same import again. What stays empty is left out.",
  ].join("\n");
  comment(
    document,
    ["roles"],
    [
      `Roles here: ${roles.join(", ") || "none"}; or "${LEAVE_OUT}"; or to open one:`,
      ` ${TO_OPEN}`,
      ` Templates: ${templates.join(", ")}. Levels: ${Level.options.join(", ")}.`,
    ].join("\n"),
  );
  comment(document, ["stages"], "For each role, the stage that each name means.");
  for (const role of Object.keys(map.stages)) commentStages(document, role, stages);
  comment(document, ["owners"], `Who looks after an application: ${owners.join(", ")}`);
  comment(document, ["sources"], "Under which name reports count where people came from.");
  return textOf(document);
}

/** With room behind each empty part of a role that is proposed: a value needs a space before it. */
const textOf = (document: Document): string =>
  document
    .toString({ nullStr: "", lineWidth: 0 })
    .replace(/\{ template:.*\}$/gm, (role) => role.replaceAll(":,", ": ,"));

/** Above a role's stages, what may stand there. */
const commentStages = (document: Document, role: string, stages: Written["stages"]): void =>
  comment(
    document,
    ["stages", role],
    (stages.find((stage) => stage.role === role)?.allowed ?? []).join(", ") || GOES_BY_TEMPLATE,
  );

/** Puts a comment above a key. */
function comment(document: Document, path: readonly string[], text: string): void {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return;
  const item = parent.items.find(({ key }) => (isScalar(key) ? key.value : key) === path.at(-1));
  if (item === undefined) return;
  const key = isScalar(item.key) ? item.key : document.createNode(path.at(-1));
  item.key = key;
  key.commentBefore = ` ${text}`;
}

/** Writes a map where there is none. False where it cannot be written. */
export function writeMapFile(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

/**
 * Adds to a map that lies there what a person has yet to settle: names of no known meaning, and the stages of a role that was
 * only just named in it. What stands there stays, comments too.
 * @returns how many names were added; none where it cannot be written
 */
export function completeMapFile(path: string, { map, stages }: Pick<Written, "map" | "stages">): number {
  const document = parseDocument(readFileSync(path, "utf8"));
  let added = 0;
  for (const section of ["roles", "owners"] as const) {
    const open = Object.entries(map[section]).filter(([, to]) => isOpen(to));
    added += addNames(document, [section], Object.fromEntries(open));
  }
  for (const [role, names] of Object.entries(map.stages)) {
    const isNew = keyIn(document, ["stages"], role) === undefined;
    added += addNames(document, ["stages", role], names ?? {});
    if (isNew) commentStages(document, role, stages);
  }
  if (added === 0) return 0;
  try {
    const beside = `${path}.new`;
    const text = textOf(document);
    // A comment on the line below an empty entry is read as that entry's own.
    writeFileSync(beside, text.replace(/^([^#\n]+:) #/gm, "$1\n#"));
    renameSync(beside, path);
    return added;
  } catch {
    return 0;
  }
}

/** Whether somebody has yet to say what a name is. */
const isOpen = (to: ImportMap["roles"][string]): boolean =>
  to === null || (typeof to === "object" && emptyIn(to).length > 0);

/** Adds names to a part of a map, and counts those that were not there, however they are written. */
function addNames(document: Document, path: readonly string[], entries: Record<string, unknown>): number {
  const at = path.map((name, n) => keyIn(document, path.slice(0, n), name) ?? name);
  const names = Object.keys(entries).filter((name) => keyIn(document, at, name) === undefined);
  if (names.length === 0) return 0;
  for (const [n] of at.entries()) {
    const part = at.slice(0, n + 1);
    const there = document.getIn(part, true);
    if (!isMap(there)) document.setIn(part, document.createNode({}));
    else if (there.items.length === 0) there.flow = false;
  }
  for (const name of names) {
    document.setIn([...at, name], document.createNode(entries[name]));
    inOneLine(document, name);
  }
  return names.length;
}

/** How a name is written among the keys of a part. */
function keyIn(document: Document, at: readonly string[], name: string): string | undefined {
  const part = at.length === 0 ? document.contents : document.getIn(at, true);
  const keys = isMap(part) ? part.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [];
  return keys.find((key) => nameKey(key) === nameKey(name));
}
