import { phoneFormsOf } from "../candidates/known-by.ts";
import { DomainError } from "../errors.ts";
import { searchKey } from "../pipeline/application.ts";
import { searchWords } from "./words.ts";

/** A word or phrase that is looked for. */
export type Term = {
  /** In the form of names: an application meets the term when its person's name or e-mail contains this. */
  readonly name: string;
  /** The words that stand one behind the other in a document. Where there are none, only people are looked at. */
  readonly words: readonly string[];
  /** The reference that the term is. Such a term is met by that application alone. */
  readonly ref?: string;
  /** Where the term is a telephone number: forms of which a person with that number has one. */
  readonly phone?: readonly string[];
};

/** One way to match: every term of `all`, and none of `none`. */
export type Alternative = { readonly all: readonly Term[]; readonly none: readonly Term[] };

const MAX_TERMS = 12;

/** The longest phrase that is looked for; documents are stored in parts that overlap by as many words. */
const MAX_PHRASE_WORDS = 200;

// A phrase whose second mark is missing ends with the query.
const TOKEN = /(-?)(?:["“”„]([^"“”„]*)["“”„]?|(\S+))/gu;
const REFERENCE = /^([A-Z][A-Z0-9]*)-\d+$/i;
const HINT = 'Write words, a "phrase", -word for what must not be there, and or between alternatives.';

/**
 * Reads a query: words and "phrases" are all required, `-` before one excludes it, and `or` stands between alternatives. A
 * telephone number with blanks in it is looked for as one, and as its words.
 * @param roleKeys what a reference begins with; anything else of that form, such as GPT-4, is a word
 * @throws DomainError `invalid` for a query that only excludes, has nothing to look for, or is too long
 */
export function parseQuery(query: string, roleKeys: ReadonlySet<string>): Alternative[] {
  const alternatives: Read[] = [{ all: [], none: [], required: [] }];
  for (const [token, minus, phrase, word] of query.matchAll(TOKEN)) {
    if (/^or$/i.test(token)) {
      alternatives.push({ all: [], none: [], required: [] });
      continue;
    }
    const text = phrase ?? word ?? "";
    const term = termOf(text, roleKeys);
    const last = alternatives.at(-1);
    if (term === undefined || last === undefined) continue;
    (minus === "-" ? last.none : last.all).push(term);
    if (minus !== "-") last.required.push(text);
  }
  const asked = alternatives.filter(({ all, none }) => all.length + none.length > 0);
  const terms = asked.reduce((sum, { all, none }) => sum + all.length + none.length, 0);
  if (terms === 0) throw new DomainError("invalid", "query: there is no word to look for.", HINT);
  if (terms > MAX_TERMS)
    throw new DomainError(
      "invalid",
      `query: ${terms} words and phrases; at most ${MAX_TERMS}.`,
      'Words in "quotation marks" count as one phrase.',
    );
  if (asked.some(({ all }) => all.length === 0))
    throw new DomainError("invalid", "query: it only excludes.", `Name what is to be found, too. ${HINT}`);
  return asked.flatMap(({ all, none, required }) => [{ all, none }, ...asOneNumber(required, none)]);
}

/** An alternative as it is read, with the texts of its required terms. */
type Read = { readonly all: Term[]; readonly none: Term[]; readonly required: string[] };

function asOneNumber(texts: readonly string[], none: readonly Term[]): Alternative[] {
  const name = texts.join(" ");
  const phone = texts.length > 1 ? phoneFormsOf(name) : [];
  return phone.length === 0 ? [] : [{ all: [{ name, words: [], phone }], none }];
}

function termOf(text: string, roleKeys: ReadonlySet<string>): Term | undefined {
  const name = searchKey(text);
  if (name === "") return undefined;
  const key = REFERENCE.exec(name)?.[1]?.toUpperCase();
  const ref = key !== undefined && roleKeys.has(key) ? { ref: name.toUpperCase() } : {};
  const phone = phoneFormsOf(text);
  const words = searchWords(text).slice(0, MAX_PHRASE_WORDS);
  return { name, words, ...ref, ...(phone.length > 0 && { phone }) };
}
