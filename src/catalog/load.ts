import { fileURLToPath } from "node:url";
import * as z from "zod";
import { DomainError, notAllowed } from "../domain/errors.ts";
import { withGeneralWords } from "../domain/evidence/language.ts";
import type { Places } from "../domain/jurisdictions/place-names.ts";
import type { MailWords } from "../domain/mail/words.ts";
import { questionFaults } from "../domain/roles/question-faults.ts";
import { RoleTemplate, type Section } from "../domain/roles/role-template.ts";
import { templateFaults } from "../domain/roles/template-faults.ts";
import {
  type BriefContent,
  briefOf,
  type SectionContent,
  sectionOf,
} from "../domain/roles/template-sections.ts";
import type { FileKinds } from "../domain/submission/file-kinds.ts";
import type { Lexicon } from "../domain/text/lexicon.ts";
import { loadFileKinds } from "./file-kinds.ts";
import { LEXICON_FOLDER, loadLexicon } from "./lexicon.ts";
import { loadMailWords } from "./mail-words.ts";
import { mergedMessages } from "./own-messages.ts";
import { loadPlaces } from "./places.ts";
import {
  assemble,
  brokenTemplate,
  findTemplates,
  hasHead,
  type Parsed,
  type Place,
  readTemplate,
} from "./read-template.ts";

const Head = z.object(RoleTemplate.pick({ id: true, title: true, summary: true }).shape);
type Head = z.infer<typeof Head>;

/** Role templates (built-in ones and the team's own), known places, and kinds of files. */
export type Catalog = {
  readonly places: Places;
  /**
   * Every template in order of id, with a line about each. Their sections are not checked.
   * @throws DomainError `invalid` when a file that must be read for it is broken, naming the place in it.
   */
  list(): readonly Head[];
  /** @throws DomainError `invalid` for an unknown id, naming the known ones, or for a broken file, naming its place. */
  get(id: string): RoleTemplate;
  /** One section of a template; without a section, an overview that lists the sections. Throws as `get`. */
  section(id: string, section?: Section): SectionContent;
  /** One section without its long parts, or one entry of it whole. Throws as `get` and `briefOf`. */
  brief(
    id: string,
    part: { readonly section?: Section | undefined; readonly entry?: string | undefined },
  ): BriefContent;
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
 * Finds role templates without reading them. Each is read and checked when it is first needed. A team's folder with the
 * name of a built-in template replaces only the sections in it, and only the messages whose ids it repeats. A team's
 * file replaces the whole template.
 * @throws DomainError `invalid` when the team's directory does not exist or holds two templates with the same id.
 */
export function loadCatalog({ directory }: { readonly directory?: string }): Catalog {
  const builtIn = new Map([...findTemplates(BUILT_IN)].filter(([, place]) => hasHead(place)));
  const own = directory === undefined ? new Map<string, Place>() : findOwn(directory);
  const ids = [...new Set([...builtIn.keys(), ...own.keys()])].sort();
  const templates = new Map<string, RoleTemplate>();
  const heads = new Map<string, Head>();
  let fileKinds: FileKinds | undefined;
  let lexicon: Lexicon | undefined;

  function read(id: string, part: "whole" | "head"): Parsed {
    const [ours, theirs] = [builtIn.get(id), own.get(id)];
    if (!ours && !theirs) throw notAllowed("template", id, ids);
    const beneath: Parsed =
      ours && (theirs === undefined || theirs.folder) ? readTemplate(ours, part) : new Map();
    if (theirs === undefined) return beneath;
    const above = readTemplate(theirs, part);
    return new Map([...beneath, ...above, ...mergedMessages(theirs, beneath, above)]);
  }
  const words = () => {
    lexicon ??= loadLexicon(directory);
    return lexicon;
  };
  const get = (id: string) =>
    memoize(templates, id, () => {
      const parsed = assemble(read(id, "whole"));
      const template = checkWhole(id, parsed);
      // The built-in ones are checked by a test.
      if (own.has(id)) requireLawfulQuestions(template, words(), parsed);
      const language = withGeneralWords(template.rubric.language, words());
      return { ...template, rubric: { ...template.rubric, language } };
    });
  const head = (id: string) => memoize(heads, id, () => check(Head, id, read(id, "head")));

  return {
    places: loadPlaces(),
    list: () => ids.map(head),
    get,
    section: (id, section) => sectionOf(get(id), section),
    brief: (id, part) => briefOf(get(id), part),
    fileKinds() {
      fileKinds ??= loadFileKinds();
      return fileKinds;
    },
    mailWords: loadMailWords,
    lexicon: words,
  };
}

function findOwn(directory: string): Map<string, Place> {
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

/** Keeps a value by id. A failure is not kept, so that a repaired file is read at the next call. */
function memoize<T>(kept: Map<string, T>, id: string, make: () => T): T {
  const value = kept.get(id) ?? make();
  kept.set(id, value);
  return value;
}

const valuesOf = (parsed: Parsed) => Object.fromEntries([...parsed].map(([key, { value }]) => [key, value]));

function check<T extends Head>(schema: z.ZodType<T>, id: string, parsed: Parsed): T {
  const { data, error } = schema.safeParse(valuesOf(parsed), { error: reason });
  if (error) throw misshapen(error, id, parsed);
  if (data.id === id) return data;
  throw brokenTemplate(
    fileOf(parsed, "id", id),
    "id",
    `must be ${JSON.stringify(id)}, as the file is called`,
  );
}

function misshapen({ issues }: z.ZodError, id: string, parsed: Parsed): DomainError {
  const [issue] = issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const file = fileOf(parsed, issue?.path[0] ?? unknown, id);
  return brokenTemplate(
    file,
    z.core.toDotPath(issue?.path ?? []),
    issue?.message ?? "is not as it should be",
  );
}

function checkWhole(id: string, parsed: Parsed): RoleTemplate {
  const template = check(RoleTemplate, id, parsed);
  const [fault] = templateFaults(template);
  if (!fault) return template;
  throw brokenTemplate(fileOf(parsed, fault.path.split(/[.[]/)[0], id), fault.path, fault.why);
}

function requireLawfulQuestions(template: RoleTemplate, lexicon: Lexicon, parsed: Parsed): void {
  const [fault] = questionFaults(template, lexicon);
  if (fault) throw brokenTemplate(fileOf(parsed, "questions", template.id), fault.path, fault.why);
}

/** The file of a top-level key. If the key is missing: the file that should hold it, or the folder's name. */
function fileOf(parsed: Parsed, key: PropertyKey | undefined, id: string): string {
  const [file, another] = new Set([...parsed.values()].map((entry) => entry.file));
  return parsed.get(String(key))?.file ?? (another === undefined ? file : undefined) ?? id;
}

/** A short reason for an issue where zod's own sentence is too vague. Undefined keeps zod's sentence. */
const reason: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return "is missing";
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return undefined;
  return issue.errors.map(([first]) => first?.message).join(", or ");
};
