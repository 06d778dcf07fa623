import { shadeOf } from "./fills.ts";
import { joined, type Line, linesOf, rowLines } from "./lines.ts";
import { paragraphLook } from "./looks.ts";
import { pointsOfTwips } from "./place.ts";
import type { Context, Reader } from "./reader.ts";
import { chosen, type Paragraph, readInline } from "./runs.ts";
import { over } from "./styles.ts";
import { cellLooks } from "./table-style.ts";
import { judge, USUAL_POINTS } from "./visible.ts";
import { child, childrenNamed, type Element, isElement, valOf } from "./xml.ts";

const UNSHOWN = new Set(["sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "bodyPr"]);

/** Reads paragraphs and tables, in order. Each ends its lines. */
export function readBlocks(reader: Reader, element: Element, context: Context): Line[] {
  let lines: Line[] = [];
  let goesOn = false;
  for (const node of element.children) {
    if (!isElement(node) || UNSHOWN.has(node.name)) continue;
    if (node.name === "altChunk") reader.warnings.add("part_unread");
    const more = readBlock(reader, node, context);
    lines = goesOn && more.length > 0 ? joined(lines, more) : [...lines, ...more];
    goesOn = node.name === "p" && hasDeletedEnd(node);
  }
  return lines;
}

function readBlock(reader: Reader, node: Element, context: Context): Line[] {
  switch (node.name) {
    case "p":
      return readParagraph(reader, node, context);
    case "tbl":
      return readTable(reader, node, context);
    case "del":
    case "moveFrom":
      return readBlocks(reader, node, { ...context, why: "deleted" });
    case "AlternateContent":
      return readBlocks(reader, chosen(node), context);
    default:
      return readBlocks(reader, node, context);
  }
}

const hasDeletedEnd = (paragraph: Element): boolean => {
  const mark = child(child(paragraph, "pPr"), "rPr");
  return child(mark, "del") !== undefined || child(mark, "moveFrom") !== undefined;
};

function readParagraph(reader: Reader, element: Element, outer: Context): Line[] {
  const properties = child(element, "pPr");
  const styleId = valOf(properties, "pStyle");
  const style = reader.styles.of("paragraph", styleId);
  const direct = { run: {}, paragraph: paragraphLook(reader.theme, properties) };
  const look = [outer.table, style, direct].reduce(over, reader.styles.defaults).paragraph;
  const context = isOffPage(reader, properties)
    ? { ...outer, why: outer.why ?? ("off_page" as const) }
    : outer;
  reader.pen.down(look.before ?? 0);
  const paragraph: Paragraph = { style, look, pieces: [], boxes: [], blocks: readBlocks };
  readInline(reader, element, context, paragraph);
  // A field that was begun and never told its result hides nothing of what follows.
  reader.fields = reader.fields.map(() => "result");
  const points = style.run.points ?? reader.styles.defaults.run.points ?? USUAL_POINTS;
  const chars = paragraph.pieces.reduce((sum, { text }) => sum + text.length, 0);
  reader.pen.write(chars, points, outer.width);
  reader.pen.down(look.after ?? 0);
  const isShown = paragraph.pieces.some(({ text, why }) => why === undefined && text.trim() !== "");
  const { numId, level } = look.list ?? {};
  if (numId !== undefined && isShown) {
    const mark = reader.numbering.next(numId, level, styleId);
    if (mark !== "") paragraph.pieces.unshift({ text: mark, ...judge(reader, context, {}, look) });
  }
  return [...linesOf(paragraph.pieces), ...paragraph.boxes];
}

/** Whether a frame is placed beside the paper. */
function isOffPage({ paper }: Reader, properties: Element | undefined): boolean {
  const { x, y } = child(properties, "framePr")?.attributes ?? {};
  return pointsOfTwips(x, 0) > paper.width || pointsOfTwips(y, 0) > paper.height;
}

const LEAST_ROW_POINTS = 4;

function readTable(reader: Reader, table: Element, context: Context): Line[] {
  const properties = child(table, "tblPr");
  const looks = cellLooks(reader.styles, properties);
  const tableShade = shadeOf(reader.theme, properties);
  const rows = rowsOf(table);
  let mergedAbove: ReadonlySet<number> = new Set();
  return rows.flatMap((row, at) => {
    const merged = new Set<number>();
    const cells = cellsOf(row.element);
    const columns = cells.reduce((sum, cell) => sum + spanOf(cell), 0);
    const why = context.why ?? row.why ?? rowWhy(row.element);
    const from = reader.pen.spot;
    let lowest = from;
    let column = 0;
    const read = cells.map((cell) => {
      const span = spanOf(cell);
      const isLast = column + span === columns;
      const look = looks({ row: at, rows: rows.length, column: isLast ? columns - 1 : column, columns });
      const merge = child(child(cell, "tcPr"), "vMerge");
      const isCovered = merge !== undefined && merge.attributes.val !== "restart" && mergedAbove.has(column);
      if (isCovered || merge?.attributes.val === "restart") merged.add(column);
      column += span;
      const shade = shadeOf(reader.theme, child(cell, "tcPr")) ?? look.cell ?? tableShade;
      reader.pen.spot = from;
      const lines = readBlocks(reader, cell, {
        ...context,
        why: child(child(cell, "tcPr"), "cellDel") ? "deleted" : (why ?? (isCovered ? "covered" : undefined)),
        table: over(context.table, { run: look.run, paragraph: look.paragraph }),
        behind: shade === undefined || shade === "none" ? context.behind : shade,
        width: (context.width * span) / Math.max(1, columns),
      });
      const { spot } = reader.pen;
      if (spot.page > lowest.page || (spot.page === lowest.page && spot.top > lowest.top)) lowest = spot;
      return lines;
    });
    reader.pen.spot = lowest;
    mergedAbove = merged;
    return rowLines(read);
  });
}

type Row = { readonly element: Element; readonly why?: "deleted" };

/** The rows of a table, also those inside structured parts and tracked changes. */
const rowsOf = (element: Element, why?: "deleted"): Row[] =>
  element.children.filter(isElement).flatMap((node): Row[] => {
    if (node.name === "tr") return [{ element: node, ...(why && { why }) }];
    if (UNSHOWN.has(node.name) || node.name === "tbl") return [];
    return rowsOf(node, node.name === "del" || node.name === "moveFrom" ? "deleted" : why);
  });

const cellsOf = (row: Element): Element[] =>
  row.children.filter(isElement).flatMap((node) => {
    if (node.name === "tc") return [node];
    return UNSHOWN.has(node.name) ? [] : cellsOf(node);
  });

const spanOf = (cell: Element): number =>
  Math.max(1, Number(valOf(child(cell, "tcPr"), "gridSpan") ?? "1") || 1);

function rowWhy(row: Element): Context["why"] {
  const properties = child(row, "trPr");
  if (child(properties, "del")) return "deleted";
  if (child(properties, "hidden")) return "marked_hidden";
  const [height] = childrenNamed(properties, "trHeight");
  const isFixed = height?.attributes.hRule === "exact";
  return isFixed && pointsOfTwips(height.attributes.val, LEAST_ROW_POINTS) < LEAST_ROW_POINTS
    ? "clipped"
    : undefined;
}
