import {
  AlignmentType,
  Document,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  LevelFormat,
  NoBreakHyphen,
  Packer,
  Paragraph,
  ShadingType,
  SoftHyphen,
  Tab,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  Textbox,
  TextRun,
  WidthType,
} from "docx";
import { type Block, blocksOf, type Style, styled } from "../typed.ts";

const DARK = { type: ShadingType.CLEAR, color: "auto", fill: "1D2B3A" };
const RIGHT_TWIPS = 9_000;
const SIDE_PERCENT = 33;

/** Runs of a text; no-break and soft hyphens as the elements that Word has for them. */
const runs = (text: string): TextRun[] =>
  text
    .split(/(?=[‑\u00ad])|(?<=[‑\u00ad])/u)
    .map((part) =>
      part === "‑"
        ? new TextRun({ children: [new NoBreakHyphen()] })
        : part === "\u00ad"
          ? new TextRun({ children: [new SoftHyphen()] })
          : new TextRun(part),
    );

/** A Word document of a text, by the library `docx`. */
export async function wordOf(blocks: readonly Block[]): Promise<Uint8Array> {
  const footnotes: Record<string, { children: Paragraph[] }> = {};
  const margins: { headers?: { default: Header }; footers?: { default: Footer } } = {};
  const cells = (inner: (Paragraph | Table)[][], widths: number[], shading?: typeof DARK) =>
    inner.map(
      (children, n) =>
        new TableCell({
          children,
          width: { size: widths[n] ?? 0, type: WidthType.PERCENTAGE },
          ...(shading && { shading }),
        }),
    );
  const table = (rows: TableRow[]) => [new Table({ rows, width: { size: 100, type: WidthType.PERCENTAGE } })];
  const style: Style<(Paragraph | Table | Textbox)[]> = {
    title: (text) => [new Paragraph({ heading: HeadingLevel.TITLE, children: runs(text) })],
    line: (text) => [new Paragraph({ children: runs(text) })],
    heading: (text) => [new Paragraph({ heading: HeadingLevel.HEADING_1, children: runs(text) })],
    caps: (text) => [new Paragraph({ children: [new TextRun({ text, smallCaps: true, bold: true })] })],
    paragraph: (text) => [new Paragraph({ alignment: AlignmentType.JUSTIFIED, children: runs(text) })],
    bullet: (text) => [new Paragraph({ numbering: { reference: "items", level: 0 }, children: runs(text) })],
    hidden: (text) => [new Paragraph({ children: [new TextRun({ text, color: "FFFFFF" })] })],
    row: ([left, right]) => [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: RIGHT_TWIPS }],
        children: [new TextRun({ children: [left, new Tab(), right] })],
      }),
    ],
    table: (rows) =>
      table(
        rows.map(
          (row) =>
            new TableRow({
              children: cells(
                row.map((text) => [new Paragraph(text)]),
                [33, 33, 34],
              ),
            }),
        ),
      ),
    band: (lines) => {
      const children = lines.map(
        (text) => new Paragraph({ children: [new TextRun({ text, color: "FFFFFF" })] }),
      );
      return table([new TableRow({ children: cells([children], [100], DARK) })]);
    },
    box: (text) => [
      new Textbox({
        alignment: "center",
        children: [new Paragraph(text)],
        style: { width: "200pt", height: "auto" },
      }),
    ],
    noted: ([text, note]) => {
      footnotes["1"] = { children: [new Paragraph(note)] };
      return [new Paragraph({ children: [new TextRun(text), new FootnoteReferenceRun(1)] })];
    },
    header: (text) => {
      margins.headers = { default: new Header({ children: [new Paragraph(text)] }) };
      return [];
    },
    footer: (text) => {
      margins.footers = { default: new Footer({ children: [new Paragraph(text)] }) };
      return [];
    },
    columns: ({ side, main }) =>
      table([
        new TableRow({ children: cells([inner(side), inner(main)], [SIDE_PERCENT, 100 - SIDE_PERCENT]) }),
      ]),
  };
  const inner = (items: Parameters<typeof blocksOf>[0]) =>
    styled(blocksOf(items), style)
      .flat()
      .filter((child) => child instanceof Paragraph || child instanceof Table);
  const children = styled(blocks, style).flat();
  const bullet = { level: 0, format: LevelFormat.BULLET, text: "•", alignment: AlignmentType.LEFT };
  const document = new Document({
    footnotes,
    numbering: { config: [{ reference: "items", levels: [bullet] }] },
    sections: [{ ...margins, children }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
