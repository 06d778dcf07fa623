import { isLost, type Rgb, WHITE } from "../contrast.ts";
import type { Extracted } from "../extract.ts";
import { withoutSigns } from "../signs.ts";
import { Unreadable } from "../unreadable.ts";
import { readBlocks } from "./blocks.ts";
import { vmlColour } from "./fills.ts";
import { type Line, settle } from "./lines.ts";
import { readNumbering } from "./numbering.ts";
import { openPackage, type Package } from "./package.ts";
import { behindSpot, createPen, type Paper, pointsOfTwips } from "./place.ts";
import type { Context, Reader } from "./reader.ts";
import { readStyles } from "./styles.ts";
import { readTheme, type Theme, textColour } from "./theme.ts";
import { child, childrenNamed, descendants, type Element, isElement, isOn } from "./xml.ts";

/**
 * The text of a Word document as a person sees it: headers, the body in its order, notes, footers. What nobody sees is
 * kept apart: by its colour on what is behind it, by size, by being marked hidden or deleted. Comments are left out.
 */
export async function readDocx(bytes: Uint8Array): Promise<Extracted> {
  const file = await openPackage(bytes);
  const settings = file.part("settings");
  const body = child(file.document, "body");
  if (body === undefined) throw new Unreadable("broken");
  const sections = descendants(body, "sectPr");
  const theme = readTheme(file.part("theme"), settings);
  const background = pageBackground(file.document, settings, theme);
  const paper = paperOf(sections[0]);
  const reader: Reader = {
    ...{ theme, paper, paperColour: background === "picture" ? WHITE : background },
    styles: readStyles(file.part("styles"), theme),
    numbering: readNumbering(file.part("numbering")),
    diagram: (id) => file.related(id)?.root,
    pen: createPen(paper, descendants(body, "lastRenderedPageBreak").length > 0),
    ...{ backdrops: [], warnings: new Set(), notes: [], fields: [] },
  };
  const onPaper: Context = {
    behind: background === "picture" ? background : undefined,
    table: { run: {}, paragraph: {} },
    ...{ why: undefined, group: undefined, everywhere: false, width: paper.textWidth },
  };
  const inMargin = (kind: "header" | "footer") =>
    marginLines(reader, { file, settings, sections }, kind, onPaper);
  const above = inMargin("header");
  const below = inMargin("footer");
  const lines = readBlocks(reader, body, onPaper);
  const notes = reader.notes.flatMap(({ kind, id }) => {
    const note = file.part(kind).children.find((c): c is Element => isElement(c) && c.attributes.id === id);
    return note === undefined ? [] : readBlocks(reader, note, onPaper);
  });
  const { shown, hidden } = settle(apart(above, lines, notes, below), ({ why, doubt }) => {
    if (doubt === undefined) return why;
    const behind = behindSpot(doubt, reader.backdrops).filter((fill) => !isLost(doubt.colour, fill));
    if (behind.includes("picture")) reader.warnings.add("over_picture");
    return behind.length > 0 ? undefined : "colour";
  });
  const { text, signs } = withoutSigns(shown);
  return {
    pages: [text.replace(/[ \t]+\n/g, "\n").trim()],
    hidden: hidden.map((entry) => ({ ...entry, text: withoutSigns(entry.text).text })),
    signs_without_letter: signs,
    warnings: [...reader.warnings],
  };
}

/** Parts of a text, with a blank line between them. */
const apart = (...parts: (readonly Line[])[]): Line[] =>
  parts.filter((lines) => lines.length > 0).flatMap((lines) => [...lines, []]);

/** The colour of the paper: white, unless the settings show the page background that the document names. */
function pageBackground(document: Element, settings: Element, theme: Theme): Rgb | "picture" {
  const background = child(document, "background");
  if (background === undefined || !isOn(settings, "displayBackgroundShape")) return WHITE;
  if (descendants(background, "fill").some(({ attributes }) => attributes.id !== undefined)) return "picture";
  const { color, themeColor, themeTint, themeShade } = background.attributes;
  const named = textColour(theme, {
    ...(color && { value: color }),
    ...(themeColor && { theme: themeColor }),
    ...(themeTint && { tint: themeTint }),
    ...(themeShade && { shade: themeShade }),
  });
  return (named === "auto" ? undefined : named) ?? vmlColour(color) ?? WHITE;
}

/** US Letter with an inch of margin, where a document names no size. */
const USUAL = { width: 612, height: 792, margin: 72 };

function paperOf(section: Element | undefined): Paper {
  const size = child(section, "pgSz")?.attributes ?? {};
  const margin = child(section, "pgMar")?.attributes ?? {};
  const [width, height] = [pointsOfTwips(size.w, USUAL.width), pointsOfTwips(size.h, USUAL.height)];
  const side = (twips: string | undefined) => Math.abs(pointsOfTwips(twips, USUAL.margin));
  return {
    ...{ width, height, marginTop: side(margin.top), marginBottom: side(margin.bottom) },
    textWidth: Math.max(USUAL.margin, width - side(margin.left) - side(margin.right)),
  };
}

type Sections = {
  readonly file: Package;
  readonly settings: Element;
  readonly sections: readonly Element[];
};

/** Headers stand about so far from the edge of the paper. */
const MARGIN_TEXT_POINTS = 36;

/** The headers or footers that some page shows, each once however many sections share it or repeat its words. */
function marginLines(
  reader: Reader,
  { file, settings, sections }: Sections,
  kind: "header" | "footer",
  context: Context,
): Line[] {
  const isShown = (section: Element, type: string | undefined) =>
    type === "first"
      ? isOn(section, "titlePg") === true
      : type !== "even" || isOn(settings, "evenAndOddHeaders") === true;
  const read = new Map<string, Line[]>();
  for (const section of sections) {
    for (const { attributes } of childrenNamed(section, `${kind}Reference`)) {
      const part = isShown(section, attributes.type) ? file.related(attributes.id) : undefined;
      if (part === undefined) continue;
      const { spot } = reader.pen;
      const top = kind === "header" ? MARGIN_TEXT_POINTS : reader.paper.height - MARGIN_TEXT_POINTS;
      reader.pen.spot = { page: 0, top };
      const lines = readBlocks(reader, part.root, { ...context, everywhere: true });
      reader.pen.spot = spot;
      const words = lines.map((line) => line.map(({ text }) => text).join("")).join("\n");
      if (words.trim() !== "" && !read.has(words)) read.set(words, lines);
    }
  }
  return [...read.values()].flat();
}
