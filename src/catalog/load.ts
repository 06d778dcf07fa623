import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { Credential } from "../domain/credentials/known.ts";
import { DomainError, notAllowed } from "../domain/errors.ts";
import { withGeneralWords } from "../domain/evidence/language.ts";
import type { Places } from "../domain/jurisdictions/place-names.ts";
import type { MailWords } from "../domain/mail/words.ts";
import type { Role } from "../domain/roles/role.ts";
import { type RoleTemplate, type Section, WrittenTemplate } from "../domain/roles/role-template.ts";
import { templateForRole } from "../domain/roles/template-for-role.ts";
import { type SectionContent, sectionOf } from "../domain/roles/template-sections.ts";
import type { FileKinds } from "../domain/submission/file-kinds.ts";
import type { Lexicon } from "../domain/text/lexicon.ts";
import { type Checked, type CheckedTemplate, checkHead, checkTemplate } from "./check-template.ts";
import { loadCredentials } from "./credentials.ts";
import { loadDefaults } from "./defaults.ts";
import { brokenTemplate, type Fault, faultText, type Parsed } from "./fault.ts";
import { loadFileKinds } from "./file-kinds.ts";
import { LEXICON_FOLDER, loadLexicon } from "./lexicon.ts";
import { loadMailWords } from "./mail-words.ts";
import { mergedMessages } from "./own-messages.ts";
import { loadPlaces } from "./places.ts";
import {
  findTemplates,
  hasHead,
  type Place,
  type Report,
  readTemplate,
  templateAt,
} from "./read-template.ts";

const Head = z.object(
  WrittenTemplate.pick({ id: true, title: true, summary: true, post_titles: true }).shape,
);
type Head = z.infer<typeof Head>;

/** Role templates (built-in ones and the team's own), known places, and kinds of files. */
export type Catalog = {
  readonly places: Places;
  /**
   * Every template in order of id, with a line about each: of one that cannot be read, what is wrong with it. Their sections
   * are not checked.
   */
  list(): readonly Head[];
  /** @throws DomainError `invalid` for an unknown id, naming the known ones, or for a broken file, naming its place. */
  get(id: string): RoleTemplate;
  /** As `get`. Undefined where it is gone or broken, so that a role of it can be looked at all the same. */
  ifUsable(id: string): RoleTemplate | undefined;
  /** The template of a role with the role's own stages and questions. Throws as `get`. */
  forRole(role: Pick<Role, "template" | "stages" | "questions">): RoleTemplate;
  /** One section of a template; without a section, an overview that lists the sections. Throws as `get`. */
  section(id: string, section?: Section): SectionContent;
  /** The certificates and licences that are known for every role. Read when first needed. */
  credentials(): readonly Credential[];
  /** The kinds of a submission's files. Read when first needed. */
  fileKinds(): FileKinds;
  /** The words by which mails are read. Read when first needed. */
  mailWords(): MailWords;
  /**
   * The words and phrases by which texts are checked, with the team's own over them. Read when first needed.
   * @throws DomainError `invalid` when a file of the team's is broken, naming its place.
   */
  lexicon(): Lexicon;
};

const BUILT_IN = fileURLToPath(new URL(".", import.meta.url));

/**
 * Finds role templates without reading them. Each is read and checked when it is first needed, one of the team's again once
 * a file of it has changed. A team's folder with the name of a built-in template replaces only the sections in it, and only
 * the messages whose ids it repeats. A team's file replaces the whole template.
 * @throws DomainError `invalid` when the team's directory does not exist.
 */
export function loadCatalog({ directory }: { readonly directory?: string }): Catalog {
  const builtIn = findBuiltIn();
  const findOwn = (): ReadonlyMap<string, Place> => (directory === undefined ? new Map() : ownIn(directory));
  findOwn();
  const templates = new Map<string, Kept<RoleTemplate>>();
  const heads = new Map<string, Kept<Head>>();
  const lexicons = new Map<string, Kept<Lexicon>>();
  let fileKinds: FileKinds | undefined;

  const idsWith = (own: ReadonlyMap<string, Place>) =>
    [...new Set([...builtIn.keys(), ...own.keys()])].sort();
  function placesOf(id: string): readonly [ours: Place | undefined, theirs: Place | undefined] {
    const own = findOwn();
    const [ours, theirs] = [builtIn.get(id), own.get(id)];
    if (!ours && !theirs) throw notAllowed("template", id, idsWith(own));
    return [ours, theirs];
  }
  const ownWords = directory === undefined ? undefined : join(directory, LEXICON_FOLDER);
  const lexicon = () => memoize(lexicons, LEXICON_FOLDER, stampOf(ownWords), () => loadLexicon(directory));
  const get = (id: string) => {
    const [ours, theirs] = placesOf(id);
    return memoize(templates, id, `${stampOf(theirs)} ${stampOf(ownWords)}`, () => {
      const { template } = usable(check(id, ours, theirs, theirs && lexicon()));
      const language = withGeneralWords(template.rubric.language, lexicon());
      return { ...template, rubric: { ...template.rubric, language } };
    });
  };
  const head = (id: string) => {
    const [ours, theirs] = placesOf(id);
    return memoize(heads, id, stampOf(theirs), () => {
      const found = collect((report) => read(ours, theirs, "head", report));
      const checked = "faults" in found ? found : checkHead(Head, id, found.value);
      if ("value" in checked) return checked.value;
      return { id, title: id, summary: `cannot be used: ${faultText(checked.faults[0])}.`, post_titles: [] };
    });
  };

  return {
    places: loadPlaces(),
    list: () => idsWith(findOwn()).map(head),
    get,
    ifUsable(id) {
      try {
        return get(id);
      } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
      }
    },
    forRole: (role) => templateForRole(get(role.template), role, loadDefaults()),
    section: (id, section) => sectionOf(get(id), section),
    credentials: loadCredentials,
    fileKinds() {
      fileKinds ??= loadFileKinds();
      return fileKinds;
    },
    mailWords: loadMailWords,
    lexicon,
  };
}

/** A template's keys: a team's over the built-in ones, where both are folders or only one is there. */
function read(
  ours: Place | undefined,
  theirs: Place | undefined,
  part: "whole" | "head",
  report: Report,
): Parsed {
  const beneath: Parsed =
    ours && (theirs === undefined || theirs.folder) ? readTemplate(ours, part, report) : new Map();
  if (theirs === undefined) return beneath;
  const above = readTemplate(theirs, part, report);
  return new Map([...beneath, ...above, ...mergedMessages(beneath, above)]);
}

/** Files that are no YAML are told before anything is looked for in the others. */
function collect<T>(work: (report: Report) => T): Checked<T> {
  const faults: Fault[] = [];
  const value = work((fault) => faults.push(fault));
  const [first, ...more] = faults;
  return first === undefined ? { value } : { faults: [first, ...more] };
}

function check(
  id: string,
  ours: Place | undefined,
  theirs: Place | undefined,
  lexicon: Lexicon | undefined,
): Checked<CheckedTemplate> {
  const found = collect((report) => read(ours, theirs, "whole", report));
  return "faults" in found ? found : checkTemplate(id, found.value, lexicon);
}

const findBuiltIn = (): ReadonlyMap<string, Place> =>
  new Map([...findTemplates(BUILT_IN)].filter(([, place]) => hasHead(place)));

/** Whether there is a built-in template of this id. */
export const isBuiltIn = (id: string): boolean => findBuiltIn().has(id);

/**
 * Checks one template of a team's by the path of its file or folder, as it is checked when its directory is used.
 * @throws DomainError `invalid` when there is no template at the path.
 */
export function checkOwn(path: string): Checked<CheckedTemplate> {
  const at = templateAt(resolve(path));
  if (at === undefined) {
    const message = `${basename(path)}: there is no template here.`;
    throw new DomainError(
      "invalid",
      message,
      "Name a file that ends in .yaml, or a folder that holds such files.",
    );
  }
  return check(at.id, findBuiltIn().get(at.id), at.place, loadLexicon(dirname(at.place.path)));
}

function ownIn(directory: string): Map<string, Place> {
  try {
    const templates = findTemplates(directory);
    if (templates.get(LEXICON_FOLDER)?.folder) templates.delete(LEXICON_FOLDER);
    return templates;
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    const message = "GREENFLAG_TEMPLATES_DIR: this is no directory that can be read.";
    throw new DomainError("invalid", message, "Create it, or unset the variable.", { cause });
  }
}

function usable<T>(checked: Checked<T>): T {
  if ("value" in checked) return checked.value;
  const [first, ...more] = checked.faults;
  throw brokenTemplate(first, more);
}

type Kept<T> = { readonly value: T; readonly stamp: string };

/** Keeps a value by id as long as its files stay. A failure is not kept, so that a mended file is read at the next call. */
function memoize<T>(kept: Map<string, Kept<T>>, id: string, stamp: string, make: () => T): T {
  const known = kept.get(id);
  if (known?.stamp === stamp) return known.value;
  const value = make();
  kept.set(id, { value, stamp });
  return value;
}

/** Changes when a file changes, or one of a folder, or when one comes or goes. */
function stampOf(at: string | Place | undefined): string {
  if (typeof at === "object") return `${at.twin ?? ""} ${stampOf(at.path)}`;
  const path = at;
  const entry = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  if (path === undefined || entry === undefined) return "";
  if (!entry.isDirectory()) return `${entry.mtimeMs} ${entry.size}`;
  return readdirSync(path)
    .map((name) => `${name} ${stampOf(join(path, name))}`)
    .join("\n");
}
