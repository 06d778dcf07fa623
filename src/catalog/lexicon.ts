import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import {
  createLexicon,
  type Lexicon,
  LexiconFault,
  LexiconFile,
  mergeLexicon,
} from "../domain/text/lexicon.ts";
import { brokenTemplate } from "./fault.ts";
import { parseFile } from "./read-template.ts";

/** The folder of word lists, beside the templates: here, and in a team's directory. */
export const LEXICON_FOLDER = "lexicon";
const BUILT_IN = fileURLToPath(new URL(`${LEXICON_FOLDER}/`, import.meta.url));
const YAML = /\.ya?ml$/;

type Read = { readonly name: string; readonly file: LexiconFile };

let builtIn: Lexicon | undefined;

/**
 * The words and phrases by which texts are checked. A team's own files add to an entry, switch it off, or add another.
 * @throws DomainError `invalid` for a broken file, naming the file and the place in it.
 */
export function loadLexicon(directory?: string): Lexicon {
  const own = directory === undefined ? [] : readFolder(join(directory, LEXICON_FOLDER));
  if (own.length > 0) return made([...readFolder(BUILT_IN), ...own]);
  builtIn ??= made(readFolder(BUILT_IN));
  return builtIn;
}

function made(files: readonly Read[]): Lexicon {
  const { lists, sets } = mergeLexicon(files.map(({ file }) => file));
  try {
    return createLexicon(lists, sets);
  } catch (error) {
    if (!(error instanceof LexiconFault)) throw error;
    throw brokenTemplate({ file: lastThatNames(files, error.id), path: error.id, why: error.why });
  }
}

/** The file to look into for an entry: the last that has it. */
function lastThatNames(files: readonly Read[], id: string): string {
  const named = files.findLast(({ file }) =>
    Object.values(file.lists).some((entries) => entries?.some((entry) => entry.id === id)),
  );
  return named?.name ?? LEXICON_FOLDER;
}

function readFolder(folder: string): Read[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => YAML.test(name));
  return names.sort().map((name) => readFile(join(folder, name), `${LEXICON_FOLDER}/${name}`));
}

function readFile(path: string, name: string): Read {
  const { data, error } = LexiconFile.safeParse(parseFile(path, name) ?? {});
  if (data) return { name, file: data };
  const [issue] = error.issues;
  throw brokenTemplate({
    file: name,
    path: z.core.toDotPath(issue?.path ?? []),
    why: issue?.message ?? "is not as it should be",
  });
}
