import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, YAMLParseError } from "yaml";
import { DomainError, notAllowed } from "../domain/errors.ts";
import { danglingReferences, RoleTemplate, SECTIONS, type Section } from "../domain/role-template.ts";

/** Role templates, the built-in ones and the team's own. */
export type Catalog = {
  /** Every template, in order of id, with a line about each. */
  list(): readonly { id: string; title: string; summary: string }[];
  /** @throws DomainError `invalid` for an unknown id, naming the known ones, or for a broken file, naming the place in it. */
  get(id: string): RoleTemplate;
  /** One section as tools and resources give it; without a section, an overview that names what there is. */
  section(id: string, section?: Section): unknown;
};

const BUILT_IN = fileURLToPath(new URL(".", import.meta.url));
const MAX_BYTES = 1_000_000;
const YAML = /\.ya?ml$/;
/** The file of a template's folder that holds what is no section. */
const HEAD = "role";

/** Where a template's text is: one file, or a folder with a file for each section. */
type Place = { readonly path: string; readonly folder: boolean };

/**
 * Finds role templates without reading them; each is read and checked when it is first asked for. A team's folder that
 * has the name of a built-in template replaces the sections that it holds; a team's file replaces the whole.
 * @throws DomainError `invalid` when the team's directory is none.
 */
export function loadCatalog({ directory }: { readonly directory?: string }): Catalog {
  if (directory !== undefined && !(existsSync(directory) && statSync(directory).isDirectory())) {
    throw new DomainError(
      "invalid",
      "GREENFLAG_TEMPLATES_DIR: there is no such directory.",
      "Create it, or unset the variable.",
    );
  }
  const builtIn = placesIn(BUILT_IN);
  const own = directory === undefined ? new Map<string, Place>() : placesIn(directory);
  const ids = [...new Set([...builtIn.keys(), ...own.keys()])].sort();
  const loaded = new Map<string, RoleTemplate>();

  function get(id: string): RoleTemplate {
    const known = loaded.get(id);
    if (known) return known;
    const [ours, theirs] = [builtIn.get(id), own.get(id)];
    if (!ours && !theirs) throw notAllowed("template", id, ids);
    const whole = ours && (theirs === undefined || theirs.folder);
    const template = check(id, { ...(whole ? read(ours) : {}), ...(theirs ? read(theirs) : {}) });
    loaded.set(id, template);
    return template;
  }

  return {
    list: () => ids.map(get).map(({ id, title, summary }) => ({ id, title, summary })),
    get,
    section(id, section) {
      const template = get(id);
      return section === undefined ? overview(template) : template[section];
    },
  };
}

function placesIn(directory: string): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(".")) found.set(entry.name, { path, folder: true });
    else if (entry.isFile() && YAML.test(entry.name))
      found.set(entry.name.replace(YAML, ""), { path, folder: false });
  }
  return found;
}

type Parsed = Record<string, { readonly value: unknown; readonly file: string }>;

/** Every top-level key of a template with the file it stands in. */
function read({ path, folder }: Place): Parsed {
  if (!folder) return keysOf(path, basename(path));
  const files = readdirSync(path).filter((name) => YAML.test(name));
  const parts = files.map((name): Parsed => {
    const file = `${basename(path)}/${name}`;
    const section = name.replace(YAML, "");
    return section === HEAD
      ? keysOf(join(path, name), file)
      : { [section]: { value: parseFile(join(path, name), file), file } };
  });
  return Object.assign({}, ...parts) as Parsed;
}

function keysOf(path: string, file: string): Parsed {
  const value = parseFile(path, file);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw broken(file, "", "must be a mapping of keys");
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, { value: inner, file }]));
}

function parseFile(path: string, file: string): unknown {
  if (statSync(path).size > MAX_BYTES) throw broken(file, "", `is over ${MAX_BYTES / 1_000_000} MB`);
  try {
    return parse(readFileSync(path, "utf8"), { maxAliasCount: 50 });
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    throw broken(file, line === undefined ? "" : `line ${line}`, "is not valid YAML");
  }
}

function check(id: string, parsed: Parsed): RoleTemplate {
  const raw = Object.fromEntries(Object.entries(parsed).map(([key, { value }]) => [key, value]));
  const result = RoleTemplate.safeParse(raw);
  const fileOf = (key: PropertyKey | undefined) => parsed[String(key)]?.file ?? id;
  if (!result.success) {
    const issue = result.error.issues[0];
    const path = issue?.path.map(String).join(".") ?? "";
    const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    throw broken(fileOf(issue?.path[0] ?? unknown), path, issue?.message ?? "is not as it should be");
  }
  const [dangling] = danglingReferences(result.data);
  if (dangling) throw broken(fileOf(dangling.path.split(/[.[]/)[0]), dangling.path, dangling.why);
  if (result.data.id !== id)
    throw broken(fileOf("id"), "id", `must be ${JSON.stringify(id)}, as the file is called`);
  return result.data;
}

function overview(template: RoleTemplate) {
  const { id, title, key, summary, responsibilities, week, mistakes, time_to_fill, sources, lanes, stages } =
    template;
  const isFilled = (section: Section) => {
    const part: unknown =
      section === "salary"
        ? template.salary.levels
        : section === "rubric"
          ? template.rubric.flags
          : template[section];
    return Array.isArray(part) && part.length > 0;
  };
  return {
    ...{ id, title, key, summary, responsibilities, week, mistakes, time_to_fill: time_to_fill ?? null },
    lanes: lanes.map((lane) => ({ id: lane.id, title: lane.title, hire_when: lane.hire_when })),
    stages: stages.map((stage) => stage.id),
    sections: SECTIONS.filter(isFilled),
    without_data: SECTIONS.filter((section) => !isFilled(section)),
    sources,
  };
}

function broken(file: string, path: string, why: string): DomainError {
  const where = path === "" ? file : `${file}, ${path}`;
  return new DomainError(
    "invalid",
    `Role template ${where}: ${why}.`,
    "Mend the file; CONTRIBUTING.md says how a template is made.",
  );
}
