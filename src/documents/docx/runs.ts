import { SIGN } from "../signs.ts";
import { addDrawing } from "./drawings.ts";
import type { Line, Piece } from "./lines.ts";
import { type ParagraphLook, type RunLook, runLook } from "./looks.ts";
import type { Blocks, Context, Reader } from "./reader.ts";
import { type Look, runOver } from "./styles.ts";
import { isPictureFont, symbolOf } from "./symbols.ts";
import { judge } from "./visible.ts";
import { child, type Element, isElement, valOf } from "./xml.ts";

/** A paragraph while its runs are read: its text, and the boxes that are anchored in it. */
export type Paragraph = {
  readonly style: Look;
  readonly look: ParagraphLook;
  readonly pieces: Piece[];
  readonly boxes: Line[];
  readonly blocks: Blocks;
};

/** Elements that show nothing by themselves: properties, codes of fields, comments, marks for programs. */
const UNSHOWN = new Set([
  ...[
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
    "smartTagPr",
    "customXmlPr",
    "ctrlPr",
    "fPr",
    "rubyPr",
    "rt",
    "proofErr",
  ],
  ...["instrText", "delInstrText", "commentReference", "annotationRef", "footnoteRef", "endnoteRef"],
  ...["object", "ffData", "fldData", "softHyphen", "Fallback", "dPr", "sSubPr", "sSupPr", "naryPr", "radPr"],
]);
const BREAKS: Record<string, string> = { tab: "\t", ptab: "\t", cr: "\n", br: "\n", noBreakHyphen: "-" };

/** Reads what stands in a paragraph, in order. */
export function readInline(reader: Reader, element: Element, context: Context, paragraph: Paragraph): void {
  for (const node of element.children) {
    if (!isElement(node) || UNSHOWN.has(node.name)) continue;
    const goOn = (inner: Context) => readInline(reader, node, inner, paragraph);
    switch (node.name) {
      case "r":
        readRun(reader, node, context, paragraph);
        break;
      case "del":
      case "moveFrom":
        goOn({ ...context, why: "deleted" });
        break;
      case "txbxContent":
        readBareBox(reader, node, context, paragraph);
        break;
      case "AlternateContent":
        readInline(reader, chosen(node), context, paragraph);
        break;
      case "den":
        paragraph.pieces.push({ text: "/", ...judge(reader, context, {}, paragraph.look) });
        goOn(context);
        break;
      default:
        goOn(context);
    }
  }
}

/** Of two ways to say the same, the first, which newer programs show. */
export const chosen = (element: Element): Element =>
  child(element, "Choice") ?? child(element, "Fallback") ?? element;

function readRun(reader: Reader, run: Element, context: Context, paragraph: Paragraph): void {
  const direct = child(run, "rPr");
  const styles = {
    table: context.table,
    paragraph: paragraph.style,
    character: reader.styles.of("character", valOf(direct, "rStyle")),
  };
  const look = runOver(reader.styles, styles, runLook(reader.theme, direct));
  readContent(reader, run, { context, paragraph, look });
}

/** A box of text that no drawing places. */
function readBareBox(reader: Reader, content: Element, context: Context, { boxes, blocks }: Paragraph): void {
  boxes.push(...blocks(reader, content, context));
}

type At = { readonly context: Context; readonly paragraph: Paragraph; readonly look: RunLook };

function readContent(reader: Reader, run: Element, at: At): void {
  const { context, paragraph, look } = at;
  const say = (text: string, why = context.why) => {
    const isCode = reader.fields.includes("code");
    const judged = judge(reader, { ...context, why: isCode ? "marked_hidden" : why }, look, paragraph.look);
    paragraph.pieces.push({ text, ...judged });
  };
  for (const node of run.children) {
    if (!isElement(node) || UNSHOWN.has(node.name)) continue;
    const { attributes, name } = node;
    if (name === "t") say(lettersOf(textOf(node), look.font));
    else if (name === "delText") say(textOf(node), "deleted");
    else if (name === "sym") say(symbolOf(attributes.font, symbolChar(attributes.char)) ?? SIGN);
    else if (name === "fldChar") turnField(reader, attributes.fldCharType);
    else if (name === "lastRenderedPageBreak") reader.pen.turnPage();
    else if (name === "footnoteReference" || name === "endnoteReference")
      reader.notes.push({
        kind: name === "footnoteReference" ? "footnotes" : "endnotes",
        id: attributes.id ?? "",
      });
    else if (name === "drawing" || name === "pict" || name === "object")
      addDrawing(reader, node, context, { boxes: paragraph.boxes, blocks: paragraph.blocks });
    else if (name === "txbxContent") readBareBox(reader, node, context, paragraph);
    else if (name === "AlternateContent") readContent(reader, chosen(node), at);
    else if (BREAKS[name] !== undefined) {
      if (attributes.type === "page") reader.pen.turnPage();
      paragraph.pieces.push({ text: BREAKS[name] });
    } else readContent(reader, node, at);
  }
}

const textOf = (element: Element): string =>
  element.children
    .filter((c): c is string => !isElement(c))
    .join("")
    .replace(/[\r\n]+/g, " ");

const symbolChar = (hex: string | undefined): string => {
  const code = Number.parseInt(hex ?? "", 16);
  return code > 0 && code <= 0xffff ? String.fromCharCode(code) : SIGN;
};

/** What is typed in a font of pictures stands for pictures, whatever letters the file holds. */
const lettersOf = (text: string, font: string | undefined): string =>
  isPictureFont(font) ? [...text].map((char) => symbolOf(font, char) ?? SIGN).join("") : text;

function turnField(reader: Reader, type: string | undefined): void {
  if (type === "begin") reader.fields.push("code");
  else if (type === "separate" && reader.fields.length > 0)
    reader.fields[reader.fields.length - 1] = "result";
  else if (type === "end") reader.fields.pop();
}
