// Makes a PDF of a text with PDFKit: blocks as JSON on standard input, the file to write as the only argument.
import { createWriteStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const PDFDocument = createRequire(`${process.env.CORPUS_MODULES}/`)("pdfkit");
const FACE = "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf";
const BOLD = "/usr/share/fonts/truetype/crosextra/Carlito-Bold.ttf";

const pdf = new PDFDocument({ size: "A5", margin: 40 });
pdf.pipe(createWriteStream(process.argv[2]));
const say = (text, { face = FACE, size = 10, colour = "black", ...options } = {}) =>
  pdf.font(face).fontSize(size).fillColor(colour).text(text, options);
for (const { kind, value } of JSON.parse(readFileSync(0, "utf8"))) {
  if (kind === "title") say(value, { face: BOLD, size: 17 });
  else if (kind === "heading" || kind === "caps") say(value, { face: BOLD, size: 12, features: [] });
  else if (kind === "hidden") say(value, { colour: "white" });
  else if (kind === "bullet")
    pdf.font(FACE).fontSize(10).fillColor("black").list([value], { bulletRadius: 1.5 });
  else if (kind === "row") {
    const y = pdf.y;
    say(value[0]);
    pdf.y = y;
    say(value[1], { align: "right" });
  } else if (kind === "table") pdf.font(FACE).fontSize(10).table({ data: value });
  else say(value, { align: kind === "paragraph" ? "justify" : "left" });
}
pdf.end();
