import { hiddenIn, plainLine } from "../untrusted.ts";
import { addedInWork, firstOfEach, type SeenInLine } from "./added-in-work.ts";
import type { Area, HiddenCharacters } from "./facts.ts";
import type { DiffLine } from "./patch.ts";
import type { SubmissionSnapshot } from "./snapshot.ts";

/** Prose is written with such characters in many languages, and data and lists are not read as code. */
const NOT_SOURCES = new Set<Area>(["docs", "data", "binary", "lock_files"]);
/** What no language needs: it makes letters stand in another order than they are read. */
const OVERRIDE = /U\+202[DE]$/;
const ASCII = /^[\0-\x7f]*$/;
const WORD = /[\p{L}\p{M}\p{N}_]{2,100}/gu;
/** How much of a line around a character tells it from others. */
const CONTEXT = 12;

/**
 * Characters in sources and manifests, and in names of files, that a reader does not see, that turn the direction of
 * writing, or that look like letters of another script (Unicode Technical Standard 39, mixed scripts). The first of a kind
 * in each file and commit.
 */
export function hiddenCharacters(
  snapshot: SubmissionSnapshot,
  areaOf: (path: string) => Area,
): HiddenCharacters[] {
  const inLines = addedInWork(snapshot, {
    mayHold: (patch) => !ASCII.test(patch),
    find: (lines, path) => {
      const seen = lines.flatMap(seenIn);
      return NOT_SOURCES.has(areaOf(path)) ? seen.filter(({ kind }) => OVERRIDE.test(kind)) : seen;
    },
  }).map(({ gone, ...place }) => place);
  const inNames = snapshot.files.flatMap(({ path, status }) =>
    status === "added" || status === "renamed"
      ? seenIn({ line: 0, text: path }).map(({ kind }) => ({
          ...{ kind, path: plainLine(path), commit: snapshot.headSha },
        }))
      : [],
  );
  return firstOfEach([...inLines, ...inNames], ({ kind, path, commit }) => [kind, path, commit].join("\0"));
}

function seenIn({ text, line }: DiffLine): SeenInLine[] {
  if (ASCII.test(text)) return [];
  const isAtStart = (at: number) => line === 1 && at === 0;
  const around = (at: number) => text.slice(Math.max(0, at - CONTEXT), at + CONTEXT).trim();
  const hidden = hiddenIn(text)
    .filter(({ at, code }) => !(code === BYTE_ORDER_MARK && isAtStart(at)))
    .flatMap(({ at, code }) => {
      const kind = kindOf(code, text);
      return kind === undefined
        ? []
        : [{ kind: `${kind} ${nameOf(code)}`, value: `${code} ${around(at)}`, line }];
    });
  const mixed = (text.match(WORD) ?? [])
    .filter(mixesScripts)
    .map((word) => ({ kind: "letters of two scripts in one word", value: word, line }));
  return [...hidden, ...mixed];
}

const BYTE_ORDER_MARK = 0xfeff;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

const nameOf = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;

/** What a hidden character is. Undefined for controls, which terminals and old tools write, and honest direction marks. */
function kindOf(code: number, text: string): string | undefined {
  const isMark = code === 0x200e || code === 0x200f || code === 0x061c;
  if (code < 0xa0 || (isMark && RIGHT_TO_LEFT.test(text))) return undefined;
  if (isMark || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
    return "direction control";
  if ((code >= 0x200b && code <= 0x200d) || code === 0x2060 || code === BYTE_ORDER_MARK)
    return "zero-width character";
  return code >= 0xe0000 && code <= 0xe007f ? "tag character" : "invisible character";
}

const LATIN = /\p{Script=Latin}/u;
const OTHER = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;
/** Letters of Cyrillic and Greek that are drawn as Latin ones, by Unicode's table of confusables. Greek ones of formulas are not here. */
const LOOKALIKE = /^[асеорхуіјѕһԁԛԝӏАВЕЅІЈКМНОРСТХҮԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]+$/u;

/** Whether a word has letters that pass for Latin among Latin ones, and none that a reader would see are others. */
function mixesScripts(word: string): boolean {
  const others = word.match(OTHER)?.join("") ?? "";
  return others !== "" && LATIN.test(word) && LOOKALIKE.test(others);
}
