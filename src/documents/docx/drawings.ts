import type { Fill } from "../contrast.ts";
import { drawnFill, type Shade, vmlFill } from "./fills.ts";
import type { Line } from "./lines.ts";
import { pointsOfCss, pointsOfEmu } from "./place.ts";
import type { Blocks, Context, Reader } from "./reader.ts";
import { child, descendants, type Element, isElement } from "./xml.ts";

type Out = { readonly boxes: Line[]; readonly blocks: Blocks };
/** Where a drawing stands on its page, by estimate, in points from the top, and how large it is. */
type Box = {
  readonly top: number;
  readonly height: number;
  readonly width: number;
  /** Whether text of the page may stand over or under it. */
  readonly floats: boolean;
  readonly why: Context["why"];
};

const LEAST_EXTENT_POINTS = 2;
/** What is smaller is a rule or a dot: no words stand on it. */
const LEAST_BACKDROP = { width: 40, height: 9 };

/** Reads the text of a drawing, and notes what it paints behind other text. */
export function addDrawing(reader: Reader, element: Element, context: Context, out: Out): void {
  for (const node of element.children.filter(isElement)) {
    if (node.name === "anchor" || node.name === "inline") addPlaced(reader, node, context, out);
    else if (VML.has(node.name)) addVml(reader, node, context, out);
    else if (node.name === "OLEObject") continue;
    else addDrawing(reader, node, context, out);
  }
}

function addPlaced(reader: Reader, element: Element, context: Context, out: Out): void {
  const box = placed(reader, element);
  const why = context.why ?? box.why;
  const data = child(child(element, "graphic"), "graphicData");
  if (data === undefined) return;
  const relation = child(data, "relIds")?.attributes.dm;
  const diagram = relation === undefined ? undefined : reader.diagram(relation);
  const inner = { ...context, why, group: context.group ?? Symbol("drawing") };
  if (diagram) out.boxes.push(...out.blocks(reader, diagram, { ...inner, behind: BLANK }));
  addShapes(reader, data, { box, context: inner, group: undefined, map: (y) => y }, out);
}

/** What is behind the text of a diagram is not made out, so that it counts as seen. */
const BLANK: Fill = [];

type Within = {
  readonly box: Box;
  readonly context: Context;
  /** The fill of the group around. */
  readonly group: Shade | undefined;
  /** A distance from the top of the group, in its own measure, in points. */
  readonly map: (y: number) => number;
};

const SHAPES = new Set(["wsp", "pic", "sp"]);
const GROUPS = new Set(["wgp", "grpSp", "wpc", "lockedCanvas"]);

function addShapes(reader: Reader, element: Element, within: Within, out: Out): void {
  for (const node of element.children.filter(isElement)) {
    if (SHAPES.has(node.name)) addShape(reader, node, within, out);
    else if (GROUPS.has(node.name)) {
      const properties = child(node, "grpSpPr");
      const fill = drawnFill(reader.theme, properties, within.group);
      addShapes(reader, node, { ...within, group: fill, map: groupMap(properties, within) }, out);
    } else if (node.name === "graphicFrame") addShapes(reader, node, within, out);
  }
}

/** How the measure of a group (`a:chOff`, `a:chExt`) becomes points on the page. */
function groupMap(properties: Element | undefined, { box, map }: Within): Within["map"] {
  const frame = child(properties, "xfrm");
  const start = pointsOfEmu(child(frame, "chOff")?.attributes.y);
  const size = pointsOfEmu(child(frame, "chExt")?.attributes.cy);
  const shown = pointsOfEmu(child(frame, "ext")?.attributes.cy) || box.height;
  const offset = pointsOfEmu(child(frame, "off")?.attributes.y);
  return (y) => map(offset + (y - start) * (size > 0 ? shown / size : 1));
}

function addShape(reader: Reader, shape: Element, { box, context, group, map }: Within, out: Out): void {
  const properties = child(shape, "spPr");
  const named = child(child(child(shape, "style"), "fillRef"), "schemeClr");
  const styled = named && Number(child(child(shape, "style"), "fillRef")?.attributes.idx) > 0;
  const own = shape.name === "pic" ? "picture" : drawnFill(reader.theme, properties, group);
  const themed = styled ? reader.theme.get(named.attributes.val ?? "") : undefined;
  const fill: Shade | undefined = own ?? (themed && [themed]);
  const frame = child(properties, "xfrm");
  const top = box.top + map(pointsOfEmu(child(frame, "off")?.attributes.y));
  const height = Math.min(pointsOfEmu(child(frame, "ext")?.attributes.cy) || box.height, box.height);
  const behind = fill === "none" ? undefined : fill;
  if (behind && isLargeEnough(box))
    reader.backdrops.push({
      fill: behind,
      page: context.everywhere ? undefined : reader.pen.spot.page,
      ...{ top, bottom: top + height, group: box.floats ? undefined : context.group },
    });
  for (const content of descendants(shape, "txbxContent"))
    addBox(reader, content, { ...context, behind: behind ?? context.behind, width: box.width }, { top, out });
}

const isLargeEnough = ({ width, height }: Box): boolean =>
  width >= LEAST_BACKDROP.width && height >= LEAST_BACKDROP.height;

type Placing = { readonly top: number; readonly out: Out };

/** The text of a box stands on lines of its own; the text around goes on where it was. */
function addBox(reader: Reader, content: Element, context: Context, { top, out }: Placing): void {
  const { spot } = reader.pen;
  const { fields } = reader;
  reader.pen.spot = { page: spot.page, top };
  reader.fields = [];
  out.boxes.push(...out.blocks(reader, content, { ...context, table: NO_LOOK }));
  reader.fields = fields;
  reader.pen.spot = spot;
}

const NO_LOOK = { run: {}, paragraph: {} };

function placed(reader: Reader, element: Element): Box {
  const extent = child(element, "extent")?.attributes ?? {};
  const [width, height] = [pointsOfEmu(extent.cx), pointsOfEmu(extent.cy)];
  const isHidden = ["1", "true"].includes(child(element, "docPr")?.attributes.hidden ?? "0");
  const isSmall = width < LEAST_EXTENT_POINTS || height < LEAST_EXTENT_POINTS;
  const flat = { width, height, top: reader.pen.spot.top };
  const why = isHidden ? "marked_hidden" : isSmall ? "clipped" : undefined;
  if (element.name === "inline") return { ...flat, floats: false, why };
  const { paper } = reader;
  const top = verticalPlace(reader, child(element, "positionV"), height);
  const left = horizontalPlace(child(element, "positionH"));
  const isOff = top > paper.height || top + height < 0 || left > paper.width || left + width < 0;
  const floats = child(element, "wrapNone") !== undefined && !isHidden;
  return { ...flat, top, floats, why: why ?? (isOff ? "off_page" : undefined) };
}

function verticalPlace({ paper, pen }: Reader, position: Element | undefined, height: number): number {
  const from = position?.attributes.relativeFrom ?? "paragraph";
  const offset = pointsOfEmu(textIn(child(position, "posOffset")));
  const isOfPage = from === "page" || from === "topMargin";
  const [start, end] = isOfPage ? [0, paper.height] : [paper.marginTop, paper.height - paper.marginBottom];
  const align = textIn(child(position, "align"));
  if (align === "top") return start;
  if (align === "center") return (start + end - height) / 2;
  if (align === "bottom") return end - height;
  if (from === "bottomMargin") return paper.height - paper.marginBottom + offset;
  return (from === "paragraph" || from === "line" ? pen.spot.top : start) + offset;
}

const horizontalPlace = (position: Element | undefined): number =>
  pointsOfEmu(textIn(child(position, "posOffset")));

const textIn = (element: Element | undefined): string | undefined =>
  element?.children.find((c): c is string => !isElement(c))?.trim();

const VML = new Set(["shape", "rect", "roundrect", "oval", "group", "line", "polyline"]);

/** A shape of the older kind, or a group of them. */
function addVml(reader: Reader, shape: Element, outer: Context, out: Out): void {
  const style = new Map(
    (shape.attributes.style ?? "").split(";").map((part): [string, string] => {
      const [name = "", value = ""] = part.split(":");
      return [name.trim().toLowerCase(), value.trim()];
    }),
  );
  const isHidden = style.get("visibility") === "hidden";
  const context = { ...outer, why: outer.why ?? (isHidden ? ("marked_hidden" as const) : undefined) };
  const inner = { ...context, group: context.group ?? Symbol("drawing") };
  if (shape.name === "group") {
    for (const node of shape.children.filter(isElement))
      if (VML.has(node.name)) addVml(reader, node, inner, out);
    return;
  }
  const fill = vmlFill(shape);
  const behind = fill === "none" ? undefined : fill;
  const [height, width] = [pointsOfCss(style.get("height")) ?? 0, pointsOfCss(style.get("width")) ?? 0];
  const isOfPage = ["page", "margin"].includes(style.get("mso-position-vertical-relative") ?? "");
  const top = (isOfPage ? 0 : reader.pen.spot.top) + (pointsOfCss(style.get("margin-top")) ?? 0);
  // Inside a group the measures are those of the group.
  const isInGroup = outer.group !== undefined;
  const isLarge = width >= LEAST_BACKDROP.width && height >= LEAST_BACKDROP.height;
  if (behind && !isHidden && (isLarge || isInGroup))
    reader.backdrops.push({
      fill: behind,
      page: context.everywhere ? undefined : reader.pen.spot.page,
      ...(isInGroup ? { top: 0, bottom: reader.paper.height } : { top, bottom: top + height }),
      group: style.get("position") === "absolute" && !isInGroup ? undefined : inner.group,
    });
  for (const content of descendants(shape, "txbxContent"))
    addBox(
      reader,
      content,
      { ...inner, behind: behind ?? context.behind, width: width || context.width },
      { top, out },
    );
}
