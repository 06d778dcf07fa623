import { wordsOfName } from "../message-check/rule.ts";
import { sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";

const LATIN = /^[\p{Script=Latin}\p{M} .,'’-]+$/u;
/** A word of a name. `Ph.D.` and `Dr.-Ing.` are some; an address, a mark or a piece of a template is none. */
const WORD =
  /^\p{L}[\p{L}\p{M}'’-]*\.?,?$|^(?:\p{Lu}\p{Ll}?\.)+(?:\p{Lu}\p{Ll}?)?,?$|^\p{L}+\.-\p{L}+\.?,?$/u;
const INITIAL = /^\p{Lu}\.?$/u;
const CAPITALS = /^[\p{Lu}\p{M}'’-]{3,}$/u;
const TWO_CAPITALS = /^\p{Lu}{2}$/u;
const SMALL_FIRST = /^\p{Ll}/u;
/** Two syllables of a given name, as Korean and Chinese names are written: Min-jun, Mei-Ling. */
const SYLLABLES = /^\p{L}{1,5}-\p{L}{1,5}$/u;
/** Letters of Hungarian, Vietnamese and romanised Japanese, in which the family name comes first. */
const SPELLED_FAMILY_FIRST = /[őűōŐŰŌ\u1ea0-\u1ef9ơưƠƯ]/u;
const ACUTE = /[áéíóú]/iu;
const HUNGARIAN_ANYWHERE = /sz|cs|zs|gy|cz/iu;
const HUNGARIAN_WITH_ACUTE = /th|ly/iu;

/**
 * The name for a greeting: the first name where the way in which the name is written shows which part that is, and
 * otherwise the whole name as it is written. The whole name is never wrong; a family name alone is.
 */
export function greetingName(name: string, lexicon: Lexicon, email = ""): string {
  const whole = name
    .trim()
    .replace(/ ?,\s*/g, ", ")
    .replace(/\s+/g, " ")
    .normalize("NFC");
  const written = whole.split(" ");
  const strange = written.findIndex((word) => !WORD.test(word));
  if (strange !== -1) {
    // A name in brackets or quotation marks stands behind the name; anything else that is no name cuts it short.
    const isCallName = /^[("“„«'‘]/.test(written[strange] ?? "");
    return written.slice(0, isCallName ? Math.max(strange, 1) : 1).join(" ");
  }
  if (!LATIN.test(whole)) return whole;
  const isA = (list: "name_title" | "name_suffix") => (word: string) =>
    lexicon.has(list, sentenceOf(word.replaceAll(".", "")));
  const [isTitle, isSuffix] = [isA("name_title"), isA("name_suffix")];
  const parts = whole
    .split(/ ?, ?/)
    .map((part, n) => part.split(" ").filter((word, at) => word !== "" && (n + at === 0 || !isSuffix(word))))
    .filter((words) => words.length > 0);
  const [front = [], behind, ...more] = parts.map((words) => withoutLeading(words, isTitle));
  if (more.length > 0) return whole;
  if (behind !== undefined) return afterComma(front, behind) ?? whole;
  return firstOf(front, email) ?? whole;
}

function withoutLeading(words: readonly string[], isTitle: (word: string) => boolean): readonly string[] {
  const from = words.findIndex((word) => !isTitle(word));
  return from === -1 ? words : words.slice(from);
}

/** `Garcia, Maria`: the given names stand behind the comma. Capitals behind a name without them may be a degree. */
function afterComma(family: readonly string[], given: readonly string[]): string | undefined {
  const names = given.filter((word) => !INITIAL.test(word));
  if (names.length === 0) return [...given, ...family].join(" ");
  const isDegree = given.some((word) => CAPITALS.test(word) || TWO_CAPITALS.test(word));
  return isDegree && !family.every((word) => CAPITALS.test(word)) ? undefined : names.join(" ");
}

function firstOf(words: readonly string[], email: string): string | undefined {
  const inner = words.filter((word, at) => at === 0 || at === words.length - 1 || !INITIAL.test(word));
  const [first = "", ...others] = inner;
  const last = others.at(-1);
  if (last === undefined || INITIAL.test(first) || INITIAL.test(last)) return undefined;
  if (inner.some((word) => TWO_CAPITALS.test(word))) return undefined;
  if (inner.some((word) => CAPITALS.test(word))) return besideCapitals(inner);
  if (SMALL_FIRST.test(first) || isSpelledFamilyFirst(first, inner.join(" "))) return undefined;
  if (isReversedIn(email, first, last)) return undefined;
  const hasParticle = SMALL_FIRST.test(others[0] ?? "") && others.length > 1;
  if (others.length > 1) return hasParticle ? first : undefined;
  return SYLLABLES.test(last) ? undefined : first;
}

/** `OKAFOR Zoë`, `Zoë OKAFOR`: the family name is the one in capitals. */
function besideCapitals(words: readonly string[]): string | undefined {
  const given = words.filter((word) => !CAPITALS.test(word));
  const familyComesFirst = CAPITALS.test(words[0] ?? "");
  const isOneBlock = words.slice(0, words.length - given.length).every((word) => CAPITALS.test(word));
  if (familyComesFirst) return isOneBlock && given.length > 0 ? given.join(" ") : undefined;
  return given.length === 1 ? given[0] : undefined;
}

function isSpelledFamilyFirst(first: string, whole: string): boolean {
  if (SPELLED_FAMILY_FIRST.test(whole)) return true;
  if (HUNGARIAN_ANYWHERE.test(first) && ACUTE.test(whole)) return true;
  return HUNGARIAN_WITH_ACUTE.test(first) && ACUTE.test(first);
}

/** Whether an address writes the name the other way round: anna.szabo@ of `Szabo Anna`. */
function isReversedIn(email: string, first: string, last: string): boolean {
  const [one = ""] = wordsOfName(first);
  const [other = ""] = wordsOfName(last);
  const local = wordsOfName(email.split("@")[0] ?? "")
    .join("")
    .replace(/\d+$/, "");
  return one !== "" && other !== "" && local === `${other}${one}`;
}
