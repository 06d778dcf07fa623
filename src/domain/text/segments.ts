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

/** What may end a sentence. */
const END = /[.!?]["'”’)\]]*\s+/g;
const ABBREVIATED = /(?:^|[\s(])(?:e\.g|i\.e|vs|dr|mr|mrs|prof|st|sr|jr|\p{L})\.\s*$/iu;
const ABBREVIATED_BEFORE_FIGURES = /(?:^|[\s(])(?:no|nr|approx|ca|min|max)\.\s*$/iu;
/** What a sentence begins with. What follows a full stop otherwise, goes on. */
const BEGINS = /^["“(*]*[\p{Lu}\d]/u;

/** The sentences of one line, as they stand in it. */
export function sentencesOf(line: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const { 0: end, index } of line.matchAll(END)) {
    const to = index + end.length;
    const before = line.slice(Math.max(from, to - LONGEST_ABBREVIATION), to);
    if (to === line.length || goesOn(before, line.slice(to, to + LONGEST_OPENING))) continue;
    sentences.push(line.slice(from, to).trim());
    from = to;
  }
  const rest = line.slice(from).trim();
  return rest === "" ? sentences : [...sentences, rest];
}

const LONGEST_ABBREVIATION = 12;
const LONGEST_OPENING = 6;
const goesOn = (before: string, after: string): boolean =>
  !BEGINS.test(after) ||
  ABBREVIATED.test(before) ||
  (/^\d/.test(after) && ABBREVIATED_BEFORE_FIGURES.test(before));

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
