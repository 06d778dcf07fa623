import { type Block, type Style, styled } from "../typed.ts";

const escaped = (text: string): string =>
  text.replaceAll("\\", "\\e").replace(/^[.']/, "\\&$&").replaceAll('"', "\\(dq");

/** A source for groff with the macros of ms. */
export function groffOf(blocks: readonly Block[]): string {
  const line = (text: string) => `.LP\n${escaped(text)}`;
  const style: Style<string> = {
    title: (text) => `.ps 17\n.vs 20\n.ft B\n${escaped(text)}\n.br\n.ft R`,
    line,
    heading: (text) => `.SH\n${escaped(text)}`,
    caps: (text) => `.SH\n${escaped(text)}`,
    paragraph: (text) => `.LP\n${escaped(text)}`,
    bullet: (text) => `.IP \\(bu 2\n${escaped(text)}`,
    hidden: (text) => `.LP\n.gcolor white\n${escaped(text)}\n.br\n.gcolor`,
    row: ([left, right]) => `.LP\n.ta \\n[LL]uR\n${escaped(left)}\t${escaped(right)}`,
    table: (rows) => `.LP\n.TS\nl l l.\n${rows.map((row) => row.map(escaped).join("\t")).join("\n")}\n.TE`,
    band: (lines) => lines.map(line).join("\n"),
    box: (text) => `.B1\n${escaped(text)}\n.B2`,
    noted: ([text, note]) => `.LP\n${escaped(text)}\\*[*]\n.FS\n${escaped(note)}\n.FE`,
    header: () => "",
    footer: (text) => `.ds CF ${escaped(text)}`,
    columns: () => "",
  };
  const header = blocks.find((block) => block.kind === "header")?.value ?? "";
  const head = ".ds LH\n.ds CH\n.P1\n.nr PO 2c\n.nr LL 12c\n.nr PS 10\n.nr VS 12\n.defcolor white rgb 1 1 1";
  return `.ds RH ${escaped(header)}\n${head}\n.LP\n${styled(blocks, style).join("\n")}\n`;
}
