import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** What can be typed, and what each kind of block holds. */
type Values = {
  title: string;
  line: string;
  heading: string;
  /** A heading in small capitals. */
  caps: string;
  /** Words that the writer wraps. */
  paragraph: string;
  bullet: string;
  /** White on white, or what comes next to it: nobody sees it. */
  hidden: string;
  /** What stands at the left, and the dates at the right. */
  row: [string, string];
  table: string[][];
  /** Lines in white on a dark band. */
  band: string[];
  /** A text box. */
  box: string;
  /** A paragraph and its footnote. */
  noted: [string, string];
  header: string;
  footer: string;
  /** A narrow column at the left and a wide one. */
  columns: { side: Item[]; main: Item[] };
};
type Kind = keyof Values;
type Item = { [K in Kind]?: Values[K] };
export type Block<K extends Kind = Kind> = { [P in K]: { kind: P; value: Values[P] } }[K];

/** What a writer makes of each kind of block. */
export type Style<R> = { [K in Kind]: (value: Values[K]) => R };

const one = <R, K extends Kind>(style: Style<R>, block: Block<K>): R => style[block.kind](block.value);

export const styled = <R>(blocks: readonly Block[], style: Style<R>): R[] =>
  blocks.map((block) => one(style, block));

export const blocksOf = (items: readonly Item[]): Block[] =>
  items.flatMap((item) => Object.entries(item).map(([kind, value]) => ({ kind, value }) as Block));

const path = new URL("typed.yaml", import.meta.url);

/** The texts of `typed.yaml` by their names. */
export const typedTexts = (): Record<string, Block[]> =>
  Object.fromEntries(
    Object.entries(parse(readFileSync(path, "utf8")) as Record<string, Item[]>).map(([name, items]) => [
      name,
      blocksOf(items),
    ]),
  );

/** The lines of one kind in a text. */
export const linesOfKind = (blocks: readonly Block[], kind: "hidden" | "caps"): string[] =>
  blocks.flatMap((block) => (block.kind === kind ? [block.value] : []));

/**
 * The lines that a person sees, from the top: a row is one line, notes stand below the body and above the footer. `note` is
 * what stands before a note, where the writer prints its number.
 */
export function typedLines(blocks: readonly Block[], note: string): string[] {
  const notes: string[] = [];
  const footers: string[] = [];
  const style: Style<string[]> = {
    title: (text) => [text],
    line: (text) => [text],
    heading: (text) => [text],
    caps: (text) => [text],
    paragraph: (text) => [text],
    bullet: (text) => [text],
    hidden: () => [],
    row: (cells) => [cells.join(" ")],
    table: (rows) => rows.map((cells) => cells.join(" ")),
    band: (lines) => lines,
    box: (text) => [text],
    noted: ([text, below]) => {
      notes.push(note + below);
      return [text + note.trim()];
    },
    header: (text) => [text],
    footer: (text) => {
      footers.push(text);
      return [];
    },
    columns: ({ side, main }) => [side, main].flatMap((items) => styled(blocksOf(items), style).flat()),
  };
  return [...styled(blocks, style).flat(), ...notes, ...footers];
}
