import { type Document, type Evidence, spanOf } from "../candidates/document.ts";
import { DomainError } from "../errors.ts";

const SHORTEST = 8;
const LONGEST = 1_000;

/** A text with white space folded and quotes straightened, and for each of its units where it stood before. */
type Folded = { readonly text: string; readonly at: readonly number[] };

const SAME: Record<string, string> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‘": "'",
  "’": "'",
  "‚": "'",
};

function foldText(original: string): Folded {
  let text = "";
  const at: number[] = [];
  let spaced = true;
  // Composed character by character with its marks, so that every unit knows where it came from.
  for (const { 0: cluster, index } of original.matchAll(/\s+|\P{M}\p{M}*|\p{M}+/gu)) {
    const blank = /^\s/.test(cluster);
    if (blank && spaced) continue;
    const unit = blank ? " " : (SAME[cluster] ?? cluster.normalize("NFC"));
    spaced = blank;
    for (let n = 0; n < unit.length; n += 1) at.push(index);
    text += unit;
  }
  at.push(original.length);
  return { text, at };
}

/**
 * Finds a quote in the documents: white space folded, Unicode NFC, straight and typographic quotes alike, everything else
 * exactly as written.
 * @returns where it stands in the original text.
 * @throws DomainError `invalid` when it is too short or long to show anything, or stands nowhere; then the nearest passage
 *   is named.
 */
export function verifyQuote(quote: string, documents: readonly Document[]): Evidence {
  const wanted = foldText(quote).text.trim();
  const size = wanted.replace(/\s/g, "").length;
  if (size < SHORTEST || wanted.length > LONGEST) {
    const rule = `A quote has at least ${SHORTEST} characters that are no space, and at most ${LONGEST} in all.`;
    throw new DomainError(
      "invalid",
      `quotes: ${JSON.stringify(clip(wanted))} is too ${size < SHORTEST ? "short" : "long"}.`,
      rule,
    );
  }
  for (const document of documents) {
    const folded = foldText(document.text);
    const from = folded.text.indexOf(wanted);
    if (from < 0) continue;
    const start = folded.at[from] ?? 0;
    const last = folded.at[from + wanted.length - 1] ?? 0;
    const end = endOfCluster(document.text, last);
    return spanOf(document, start, end);
  }
  const nearest = nearestPassage(wanted, documents);
  const hint =
    nearest === undefined
      ? "Nothing in them comes near."
      : `Nearest: ${JSON.stringify(nearest)}. Copy it exactly.`;
  throw new DomainError(
    "invalid",
    `quotes: ${JSON.stringify(clip(wanted))} does not stand in this application's documents.`,
    hint,
  );
}

function endOfCluster(text: string, start: number): number {
  const cluster = /^\P{M}\p{M}*/u.exec(text.slice(start, start + 32));
  return start + (cluster?.[0].length ?? 1);
}

const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}...` : text);
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The stretch of as many words that shares most words with the quote, when it shares at least half. */
function nearestPassage(wanted: string, documents: readonly Document[]): string | undefined {
  const sought = new Set(wordsOf(wanted));
  let best = { shared: Math.ceil(sought.size / 2) - 1, text: undefined as string | undefined };
  for (const { text } of documents) {
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
