import type { Rgb } from "../contrast.ts";
import { colourOf, highlightOf, type Shade, shadeOf } from "./fills.ts";
import { drawnColour, type Theme } from "./theme.ts";
import { child, type Element, isElement, isOn, valOf } from "./xml.ts";

/** How text is told to look by one set of run properties; what they do not say is absent. */
export type RunLook = {
  readonly colour?: Rgb | "auto";
  readonly shade?: Shade;
  readonly highlight?: Rgb | "none";
  readonly points?: number;
  /** Width of the letters in percent. */
  readonly scale?: number;
  readonly vanish?: boolean;
  readonly specVanish?: boolean;
  /** How much of the letters' own paint covers, where an effect of newer versions says so; 0 is clear. */
  readonly opacity?: number;
  readonly outlined?: boolean;
  readonly font?: string;
};

/** What one set of paragraph properties says. */
export type ParagraphLook = {
  readonly shade?: Shade;
  readonly list?: { readonly numId?: string; readonly level?: string };
  /** The height of a line in points, where it is fixed. */
  readonly exactLine?: number;
  readonly before?: number;
  readonly after?: number;
};

const TWIPS_PER_POINT = 20;
const OPAQUE_PERCENT = 100_000;

export function runLook(theme: Theme, properties: Element | undefined): RunLook {
  if (properties === undefined) return {};
  const colour = colourOf(theme, child(properties, "color"));
  const effect = textEffect(theme, properties);
  const size = Number(valOf(properties, "sz"));
  const scale = Number(valOf(properties, "w")?.replace("%", ""));
  return defined({
    colour,
    // A colour that is given anew is that of plain letters.
    opacity: colour === undefined ? undefined : 1,
    outlined: colour === undefined ? undefined : false,
    ...effect,
    shade: shadeOf(theme, properties),
    highlight: highlightOf(properties),
    points: size > 0 ? size / 2 : undefined,
    scale: scale > 0 ? scale : undefined,
    vanish: isOn(properties, "vanish"),
    specVanish: isOn(properties, "specVanish"),
    font: fontOf(properties),
  });
}

/** The fill and outline of letters in newer versions (`w14:textFill`), which count before `w:color`. */
function textEffect(theme: Theme, properties: Element): RunLook {
  const fill = child(properties, "textFill");
  const line = child(properties, "textOutline");
  const outlined = line !== undefined && child(line, "noFill") === undefined;
  if (fill === undefined) return outlined ? { outlined } : {};
  if (child(fill, "noFill")) return { opacity: 0, outlined };
  const colour = child(fill, "solidFill")?.children.find(isElement);
  if (colour === undefined) return { opacity: 1, outlined: true };
  // In this namespace "alpha" says how transparent, not how opaque, a colour is.
  const clear = Number(valOf(colour, "alpha") ?? "0") / OPAQUE_PERCENT;
  const drawn = drawnColour(theme, colour);
  return { ...(drawn && { colour: drawn.rgb }), opacity: 1 - clear, outlined };
}

const fontOf = (properties: Element): string | undefined => {
  const { ascii, hAnsi } = child(properties, "rFonts")?.attributes ?? {};
  return ascii ?? hAnsi;
};

export function paragraphLook(theme: Theme, properties: Element | undefined): ParagraphLook {
  if (properties === undefined) return {};
  const spacing = child(properties, "spacing")?.attributes ?? {};
  const numbering = child(properties, "numPr");
  const points = (twips: string | undefined) =>
    twips === undefined ? undefined : Number(twips) / TWIPS_PER_POINT;
  return defined({
    shade: shadeOf(theme, properties),
    list: numbering && defined({ numId: valOf(numbering, "numId"), level: valOf(numbering, "ilvl") }),
    exactLine: spacing.lineRule === "exact" ? points(spacing.line) : undefined,
    before: points(spacing.before),
    after: points(spacing.after),
  });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without what is not said, so that one look laid over another changes only what it says. */
const defined = <T extends object>(look: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;
