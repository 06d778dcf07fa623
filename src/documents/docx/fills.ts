import { BLACK, type Fill, mixed, type Rgb, rgbOf, WHITE } from "../contrast.ts";
import { drawnColour, presetColour, type Theme, textColour } from "./theme.ts";
import { child, type Element, isElement } from "./xml.ts";

/** "none" is a shade that was taken away: what lies behind shows through. */
export type Shade = Fill | "none";

/** A shade of a run, paragraph, cell or table (`w:shd`). */
export function shadeOf(theme: Theme, properties: Element | undefined): Shade | undefined {
  const shade = child(properties, "shd");
  if (shade === undefined) return undefined;
  const { val = "clear", color, fill, themeColor, themeTint, themeShade } = shade.attributes;
  const { themeFill, themeFillTint, themeFillShade } = shade.attributes;
  if (val === "nil") return "none";
  const under = textColour(theme, named(fill, themeFill, themeFillTint, themeFillShade));
  const over = textColour(theme, named(color, themeColor, themeTint, themeShade));
  const back = under === "auto" ? undefined : under;
  if (val === "clear") return back ? [back] : "none";
  const front = over === "auto" || over === undefined ? BLACK : over;
  if (val === "solid") return [front];
  const percent = /^pct(\d+)$/.exec(val)?.[1];
  if (percent !== undefined) return [mixed(front, back ?? WHITE, Number(percent) / 100)];
  return [front, back ?? WHITE];
}

const named = (value?: string, theme?: string, tint?: string, shade?: string) => ({
  ...(value === undefined ? {} : { value }),
  ...(theme === undefined ? {} : { theme }),
  ...(tint === undefined ? {} : { tint }),
  ...(shade === undefined ? {} : { shade }),
});

/** The colour of an element such as `w:color`. */
export const colourOf = (theme: Theme, element: Element | undefined): Rgb | "auto" | undefined => {
  const { val, themeColor, themeTint, themeShade } = element?.attributes ?? {};
  return element && textColour(theme, named(val, themeColor, themeTint, themeShade));
};

export const highlightOf = (properties: Element | undefined): Rgb | "none" | undefined => {
  const name = child(properties, "highlight")?.attributes.val;
  return name === undefined ? undefined : (presetColour(name) ?? "none");
};

/** So little of a fill is opaque that what lies behind it shows. */
const LEAST_OPAQUE = 0.5;

/**
 * What a drawing is filled with, by the children of its properties (`a:solidFill`, ...); undefined where they name none.
 * @param group the fill of the group that the drawing stands in.
 */
export function drawnFill(theme: Theme, properties: Element | undefined, group?: Shade): Shade | undefined {
  for (const fill of properties?.children.filter(isElement) ?? []) {
    if (fill.name === "noFill") return "none";
    if (fill.name === "grpFill") return group;
    if (fill.name === "blipFill") return "picture";
    if (fill.name === "solidFill") return opaque(colours(theme, fill));
    if (fill.name === "gradFill") {
      const stops = child(fill, "gsLst")?.children.filter(isElement) ?? [];
      return opaque(stops.flatMap((stop) => colours(theme, stop)));
    }
    if (fill.name === "pattFill")
      return opaque(fill.children.filter(isElement).flatMap((c) => colours(theme, c)));
  }
  return undefined;
}

type Drawn = NonNullable<ReturnType<typeof drawnColour>>;

const colours = (theme: Theme, element: Element): Drawn[] =>
  element.children.filter(isElement).flatMap((colour) => drawnColour(theme, colour) ?? []);

function opaque(drawn: readonly Drawn[]): Shade | undefined {
  const kept = drawn.filter(({ alpha }) => alpha >= LEAST_OPAQUE).map(({ rgb }) => rgb);
  if (kept.length > 0) return kept;
  return drawn.length > 0 ? "none" : undefined;
}

/** What a shape of the older kind (VML) is filled with. */
export function vmlFill({ name, attributes, children }: Element): Shade | undefined {
  const fill = children.find((c): c is Element => isElement(c) && c.name === "fill");
  const type = fill?.attributes.type;
  if (type === "frame" || type === "tile") return "picture";
  if (children.some((c) => isElement(c) && c.name === "imagedata")) return "picture";
  const isFilled = (fill?.attributes.on ?? attributes.filled ?? "t").toLowerCase();
  if (["f", "false", "0"].includes(isFilled)) return "none";
  const first = vmlColour(attributes.fillcolor ?? fill?.attributes.color);
  const second = type?.startsWith("gradient") ? vmlColour(fill?.attributes.color2) : undefined;
  if (first) return second ? [first, second] : [first];
  return ["rect", "roundrect", "oval", "shape"].includes(name) ? [WHITE] : undefined;
}

/** `#1f3864 [1608]`, `white [3212]` or `navy`. */
export function vmlColour(given: string | undefined): Rgb | undefined {
  const name = given?.trim().split(/\s+/)[0];
  if (name === undefined || name === "") return undefined;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(name)?.slice(1);
  return short ? rgbOf(short.map((digit) => digit + digit).join("")) : (rgbOf(name) ?? presetColour(name));
}
