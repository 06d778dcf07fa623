import { PDFDocument, type PDFFont, rgb, StandardFonts } from "pdf-lib";
import { line as operators, pdfOf } from "../../../support/pdf.ts";
import { type Block, blocksOf, type Style, styled } from "../typed.ts";

type Drawn = { text: string; x: number; y: number; size: number; isBold: boolean; isWhite: boolean };
type Bar = { y: number; height: number };

const [WIDTH, HEIGHT, MARGIN] = [420, 595, 40];
const SIDE_SHARE = 0.34;

/** Places a text on one page: what a program does that draws each line by itself. */
function place(blocks: readonly Block[], fonts: { plain: PDFFont; bold: PDFFont }) {
  const drawn: Drawn[] = [];
  const bars: Bar[] = [];
  const pen = { x: MARGIN, y: HEIGHT - MARGIN, right: WIDTH - MARGIN };
  const draw = (text: string, { size = 10, isBold = false, isWhite = false, indent = 0 } = {}) => {
    const font = isBold ? fonts.bold : fonts.plain;
    let row = "";
    const end = () => {
      drawn.push({ text: row, x: pen.x + indent, y: pen.y, size, isBold, isWhite });
      pen.y -= size * 1.4;
    };
    for (const word of text.split(" ")) {
      const longer = row === "" ? word : `${row} ${word}`;
      if (font.widthOfTextAtSize(longer, size) > pen.right - pen.x - indent) {
        end();
        row = word;
      } else row = longer;
    }
    end();
  };
  const beside = (cells: readonly string[], xs: readonly number[]) => {
    cells.forEach((text, n) => {
      drawn.push({ text, x: xs[n] ?? 0, y: pen.y, size: 10, isBold: false, isWhite: false });
    });
    pen.y -= 14;
  };
  const style: Style<void> = {
    title: (text) => draw(text, { size: 17, isBold: true }),
    line: (text) => draw(text),
    heading: (text) => {
      pen.y -= 6;
      draw(text, { size: 12, isBold: true });
    },
    caps: (text) => draw(text, { size: 12, isBold: true }),
    paragraph: (text) => draw(text),
    bullet: (text) => {
      drawn.push({ text: "•", x: pen.x, y: pen.y, size: 10, isBold: false, isWhite: false });
      draw(text, { indent: 12 });
    },
    hidden: (text) => draw(text, { isWhite: true }),
    row: ([left, right]) =>
      beside([left, right], [pen.x, pen.right - fonts.plain.widthOfTextAtSize(right, 10)]),
    table: (rows) => {
      for (const cells of rows) beside(cells, [pen.x, pen.x + 120, pen.x + 190]);
    },
    band: (lines) => {
      bars.push({ y: pen.y - lines.length * 14 + 6, height: lines.length * 14 + 12 });
      for (const text of lines) draw(text, { isWhite: true });
      pen.y -= 12;
    },
    box: (text) => draw(text, { indent: 30 }),
    noted: ([text]) => draw(text),
    header: (text) => draw(text),
    footer: (text) => draw(text),
    columns: ({ side, main }) => {
      const top = pen.y;
      const right = pen.right;
      pen.right = MARGIN + (WIDTH - 2 * MARGIN) * SIDE_SHARE;
      styled(blocksOf(side), style);
      const lowest = pen.y;
      Object.assign(pen, { x: pen.right + 16, y: top, right });
      styled(blocksOf(main), style);
      Object.assign(pen, { x: MARGIN, y: Math.min(lowest, pen.y) });
    },
  };
  styled(blocks, style);
  return { drawn, bars };
}

async function placed(blocks: readonly Block[]) {
  const document = await PDFDocument.create();
  const plain = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  return { document, plain, bold, ...place(blocks, { plain, bold }) };
}

/** A PDF by the library `pdf-lib`. */
export async function pdfLibOf(blocks: readonly Block[]): Promise<Uint8Array> {
  const { document, plain, bold, drawn, bars } = await placed(blocks);
  const page = document.addPage([WIDTH, HEIGHT]);
  for (const { y, height } of bars)
    page.drawRectangle({
      x: MARGIN - 8,
      y,
      width: WIDTH - 2 * MARGIN + 16,
      height,
      color: rgb(0.1, 0.15, 0.25),
    });
  for (const { text, isBold, isWhite, ...at } of drawn)
    page.drawText(text, { ...at, font: isBold ? bold : plain, color: isWhite ? rgb(1, 1, 1) : rgb(0, 0, 0) });
  return document.save();
}

/** The characters of Windows-1252 that Latin-1 does not have, in octal. */
const WINDOWS: Record<string, string> = {
  ...{ "•": "\\225", "–": "\\226", "—": "\\227", "“": "\\223", "”": "\\224", "‘": "\\221", "’": "\\222" },
};

/** A PDF written by hand: plain operators, drawn from the foot of the page up. */
export async function handPdfOf(blocks: readonly Block[]): Promise<Uint8Array> {
  const { drawn, bars } = await placed(blocks);
  const fills = bars.map(
    ({ y, height }) => `0.1 0.15 0.25 rg ${MARGIN - 8} ${y} ${WIDTH - 2 * MARGIN + 16} ${height} re f\n`,
  );
  const texts = drawn.toReversed().map(({ text, x, y, size, isBold, isWhite }) => {
    const shown = operators(text, x, y, { size, font: isBold ? "F2" : "F1" });
    return `${isWhite ? 1 : 0} g ${shown.replace(/[•–—“”‘’]/g, (sign) => WINDOWS[sign] ?? sign)}`;
  });
  return pdfOf({ content: [...fills, ...texts].join(""), width: WIDTH, height: HEIGHT });
}
