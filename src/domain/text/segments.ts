/** How an entry of a list begins: people use whatever their editor offers. */
const BULLET = new RegExp(
  [
    "^\\s*(?:(?:[-–—*+•·▪◦●○■□‣→➜►✓✔✅➕>]\\ufe0f?)+\\s*(?=\\S)(?!\\*)",
    "(?:\\p{Extended_Pictographic}\\ufe0f?)+\\s+",
    "\\(?(?:\\d{1,2}|[a-z])[.)]\\s+",
    "o\\s+(?=\\p{Lu}))",
  ].join("|"),
  "u",
);
const PICTURE = /^(?![▪◦•➜►])[\p{Extended_Pictographic}✔✓➕]/u;
const MARKED = /^#{1,6}\s|^(\*\*|__|\*|_|==+|--+)\s?[^*_]+\1:?$/;
const CAPITALS = /^[\p{Lu}\s\d'’&/()-]{4,50}:?$/u;

/** A line of a text, without the blanks at its ends. */
export type Line = {
  readonly text: string;
  /** Its place among all lines, from 1. */
  readonly number: number;
  /** An empty line stands before it. */
  readonly afterGap: boolean;
  /** It is an entry of a list. */
  readonly item: boolean;
  /** How it is set off as a heading, if it is. */
  readonly heading: "marked" | "capitals" | "colon" | undefined;
};

/** The lines of a text that are not empty. */
export function linesOf(text: string): Line[] {
  const all = text.split(/\r?\n/).map((line) => line.trim());
  return all.flatMap((line, n) => {
    if (line === "") return [];
    const item = isItem(line, all[n - 1] ?? "", all[n + 1] ?? "");
    const afterGap = n === 0 || all[n - 1] === "";
    return [{ text: line, number: n + 1, afterGap, item, heading: headingMark(line, item) }];
  });
}

/** An entry of a list. A picture leads one where a line beside it has the same; else it may adorn a heading. */
function isItem(line: string, above: string, below: string): boolean {
  if (!BULLET.test(line)) return false;
  const [sign] = [...line.slice(0, 2)];
  return !PICTURE.test(line) || sign === [...below.slice(0, 2)][0] || sign === [...above.slice(0, 2)][0];
}

/** Whether a line begins with the sign of an entry, whatever stands around it. */
export const isBullet = (line: string): boolean => BULLET.test(line) && !PICTURE.test(line);

export const withoutBullet = (line: string): string => line.replace(BULLET, "");

function headingMark(line: string, item: boolean): Line["heading"] {
  if (MARKED.test(line)) return "marked";
  if (item) return undefined;
  if (CAPITALS.test(line) && /\p{Lu}{3}/u.test(line)) return "capitals";
  return line.endsWith(":") ? "colon" : undefined;
}

const SEGMENTER = new Intl.Segmenter("en", { granularity: "sentence" });
/** The segmenter takes time with the square of what it is given at once. */
const MOST_CHARS_AT_ONCE = 2_000;
const ABBREVIATED = /(?:^|[\s(])(?:e\.g|i\.e|vs|dr|mr|mrs|prof|st|sr|jr|\p{L})\.\s*$/iu;
const ABBREVIATED_BEFORE_FIGURES = /(?:^|[\s(])(?:no|nr|approx|ca|min|max)\.\s*$/iu;
/** The segmenter takes a figure behind a full stop for the sentence's own. */
const BEFORE_FIGURE = /(?<=[.!?]["”)]?\s+)(?=\d)/u;
/** What a sentence begins with. What follows a full stop otherwise, goes on. */
const BEGINS = /^["“(*]*[\p{Lu}\d]/u;

/** The sentences of one line, as they stand in it. */
export function sentencesOf(line: string): string[] {
  if (!/[.!?]["'”’)\]]*\s/.test(line.trimEnd())) return line.trim() === "" ? [] : [line.trim()];
  const sentences: string[] = [];
  let open = "";
  for (const piece of piecesOf(line)) {
    if (open !== "" && goesOn(open.slice(-LONGEST_ABBREVIATION), piece)) open += piece;
    else {
      if (open.trim() !== "") sentences.push(open.trim());
      open = piece;
    }
  }
  return open.trim() === "" ? sentences : [...sentences, open.trim()];
}

const LONGEST_ABBREVIATION = 12;
const goesOn = (before: string, after: string): boolean =>
  !BEGINS.test(after) ||
  ABBREVIATED.test(before) ||
  (/^\d/.test(after) && ABBREVIATED_BEFORE_FIGURES.test(before));

function* piecesOf(line: string): Generator<string> {
  let from = 0;
  while (from < line.length) {
    const part = line.slice(from, from + MOST_CHARS_AT_ONCE);
    const pieces = [...SEGMENTER.segment(part)].flatMap(({ segment }) => segment.split(BEFORE_FIGURE));
    const isLast = from + part.length >= line.length;
    // The last piece may have been cut short; it is read again with what follows it.
    const whole = isLast || pieces.length === 1 ? pieces : pieces.slice(0, -1);
    yield* whole;
    from += whole.reduce((sum, { length }) => sum + length, 0);
  }
}

/** The sentences of a text in paragraphs: lines that were wrapped belong together, entries of a list stand alone. */
export function proseSentences(text: string): string[] {
  const blocks: string[] = [];
  for (const { text: line, item, afterGap } of linesOf(text)) {
    const last = blocks[blocks.length - 1];
    if (last === undefined || item || afterGap) blocks.push(withoutBullet(line));
    else blocks[blocks.length - 1] = `${last} ${line}`;
  }
  return blocks.flatMap((block) => sentencesOf(block.replace(/\s+/g, " ")));
}
