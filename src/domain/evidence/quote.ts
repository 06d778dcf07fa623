import { type Document, type Evidence, spanOf } from "../candidates/document.ts";
import { findFolded, foldText } from "../text/fold.ts";

const SHORTEST = 5;
const LONGEST = 1_000;

/** Why a quote is refused, and what may be quoted instead. */
export type QuoteRefusal = { readonly message: string; readonly hint: string };

/**
 * Finds a quote in the documents, both folded: white space, ligatures, dashes, quotation marks and hyphens at line ends
 * alike, everything else exactly as written.
 * @returns where it stands in the original text; or why it is refused: it is too short or long to show anything, is not in
 *   the candidate's own words, or stands nowhere, and then the nearest passage is named.
 */
export function findQuote(quote: string, documents: readonly Document[]): Evidence | QuoteRefusal {
  const wanted = foldText(quote).text.trim();
  const named = JSON.stringify(clip(wanted));
  const size = wanted.replace(/\s/g, "").length;
  if (size < SHORTEST || wanted.length > LONGEST) {
    return {
      message: `quotes: ${named} is too ${size < SHORTEST ? "short" : "long"}.`,
      hint: `A quote has at least ${SHORTEST} characters that are no space, and at most ${LONGEST} in all.`,
    };
  }
  const found = locateAsCopied(wanted, documents);
  if (found) return found;
  const isOthers = ({ own, text, apart = [] }: Document) =>
    (own !== undefined && findFolded(wanted, text)) ||
    apart.some((passage) => findFolded(wanted, passage.text));
  const others = documents.find(isOthers);
  if (others) {
    const isMail = others.kind === "email" || (others.apart ?? []).length > 0;
    const place = isMail ? "a mail" : `a ${others.kind}`;
    return {
      message: `quotes: ${named} stands in ${place}, but these are not the candidate's own words.`,
      hint: "What a mail quotes or forwards, and what a member or anybody else wrote, shows nothing about the candidate.",
    };
  }
  const nearest = nearestPassage(wanted, documents);
  return {
    message: `quotes: ${named} does not stand in this application's documents.`,
    hint:
      nearest === undefined
        ? "Nothing in them comes near."
        : `Nearest: ${JSON.stringify(nearest)}. Copy it exactly.`,
  };
}

/** Whether a quote that was accepted once still stands in the candidate's own words. */
export const holds = (quote: string, documents: readonly Document[]): boolean =>
  locateAsCopied(foldText(quote).text.trim(), documents) !== undefined;

/** Where folded words stand, whatever mark stands around them and whatever the case of the first letter. */
function locateAsCopied(wanted: string, documents: readonly Document[]): Evidence | undefined {
  const bare = wanted.replace(MARKS_BEFORE, "").replace(MARKS_BEHIND, "");
  const [first = ""] = bare;
  const otherCase = first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase();
  if (bare.replace(/\s/g, "").length < SHORTEST) return locate(wanted, documents);
  const spellings = [wanted, bare, otherCase + bare.slice(first.length)];
  for (const spelling of new Set(spellings)) {
    const found = locate(spelling, documents);
    if (found) return found;
  }
  return undefined;
}

/** What readers put around a quote: a bullet, a Markdown mark, quotation marks, a final stop. */
const MARKS_BEFORE = /^[\s"'*_>•·#-]+/;
const MARKS_BEHIND = /[\s"'*_.;,]+$/;

/** Where folded words stand in what the candidate wrote. */
function locate(wanted: string, documents: readonly Document[]): Evidence | undefined {
  for (const document of documents) {
    const { text, own = text } = document;
    const at = findFolded(wanted, own);
    // Two lines of the candidate's with quoted ones between them are no passage.
    if (at && own.slice(at.start, at.end) === text.slice(at.start, at.end))
      return spanOf(document, at.start, at.end);
  }
  return undefined;
}

const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}...` : text);
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The stretch of as many words that shares most words with the quote, when it shares at least half. */
export function nearestPassage(wanted: string, documents: readonly Document[]): string | undefined {
  const sought = new Set(wordsOf(wanted));
  let best = { shared: Math.ceil(sought.size / 2) - 1, text: undefined as string | undefined };
  for (const { text: whole, own: text = whole } of documents) {
    const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
    const width = Math.max(wordsOf(wanted).length, 1);
    let shared = 0;
    words.forEach((word, n) => {
      if (sought.has(word[0].toLowerCase())) shared += 1;
      const left = words[n - width];
      if (left && sought.has(left[0].toLowerCase())) shared -= 1;
      const first = words[Math.max(0, n - width + 1)];
      if (shared <= best.shared || !first) return;
      best = { shared, text: text.slice(first.index, word.index + word[0].length).replace(/\s+/g, " ") };
    });
  }
  return best.text;
}
