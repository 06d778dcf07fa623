import { type Block, blocksOf, type Style, styled } from "../typed.ts";

const literal = (text: string): string => JSON.stringify(text);

/** A Typst source of a text. */
export function typstOf(blocks: readonly Block[]): string {
  const isJustified = blocks.some(({ kind }) => kind === "paragraph") && blocks.length < 8;
  const style: Style<string> = {
    title: (text) => `#text(17pt, weight: "bold", ${literal(text)})`,
    line: (text) => `#${literal(text)}`,
    heading: (text) => `= #${literal(text)}`,
    caps: (text) => `#smallcaps(text(12pt, ${literal(text)}))`,
    paragraph: (text) => `#${literal(text)}`,
    bullet: (text) => `- #${literal(text)}`,
    hidden: (text) => `#text(white, ${literal(text)})`,
    row: ([left, right]) => `#${literal(left)} #h(1fr) #${literal(right)}`,
    table: (rows) =>
      `#table(columns: 3, ${rows
        .flat()
        .map((cell) => `[#${literal(cell)}]`)
        .join(", ")})`,
    band: (lines) =>
      `#block(fill: rgb("1d2b3a"), width: 100%, inset: 8pt, text(white)[${lines.map((text) => `#${literal(text)}`).join("\n\n")}])`,
    box: (text) => `#rect(width: 60%, inset: 6pt)[#${literal(text)}]`,
    noted: ([text, note]) => `#${literal(text)}#footnote[#${literal(note)}]`,
    header: (text) => `#set page(header: align(right, text(8pt, ${literal(text)})))`,
    footer: () => "",
    columns: ({ side, main }) =>
      `#grid(columns: (32%, 1fr), column-gutter: 14pt, [\n${inner(side)}\n], [\n${inner(main)}\n])`,
  };
  const inner = (items: Parameters<typeof blocksOf>[0]) => styled(blocksOf(items), style).join("\n\n");
  const footer = blocks.find(({ kind }) => kind === "footer")?.value;
  const below = footer === undefined ? "" : `, footer: text(8pt, ${JSON.stringify(footer)})`;
  const head = [
    `#set page("a5", margin: 16mm${below})`,
    `#set text(10pt, lang: "en", font: ("Linux Libertine O", "Droid Sans Fallback"), hyphenate: ${isJustified})`,
    `#set par(justify: ${isJustified})`,
  ].join("\n");
  return `${head}\n${styled(
    blocks.filter(({ kind }) => kind !== "footer"),
    style,
  ).join("\n\n")}\n`;
}
