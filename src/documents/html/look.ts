import type { Rgb } from "../contrast.ts";
import { type Colour, colourOf, isUnclear, LEAST_OPACITY } from "./colours.ts";

/** What the styles of an element say about its text; what they do not say is absent. */
export type Look = {
  /** "unclear" is a colour that is given in a way that is not made out here. */
  readonly colour?: Rgb | "unclear";
  readonly behind?: Colour | "picture";
  readonly points?: number;
  readonly isGone?: boolean;
  /** Visibility can be given back to what stands inside. */
  readonly isInvisible?: boolean;
  readonly isClear?: boolean;
  readonly isOffPage?: boolean;
};

const POINTS: Record<string, number> = { px: 0.75, pt: 1, em: 11, rem: 12, "%": 0.11 };
/** Text that is pushed so far is pushed off every screen. */
const FAR_PX = 999;

/** What a list of declarations, such as a `style` attribute, says. */
export function lookOf(declarations: string): Look {
  const look: { -readonly [K in keyof Look]: Look[K] } = {};
  for (const declaration of declarations.split(";")) {
    const at = declaration.indexOf(":");
    const name = declaration.slice(0, at).trim().toLowerCase();
    const value = declaration
      .slice(at + 1)
      .replace(/!important/i, "")
      .trim();
    const number = Number.parseFloat(value);
    if (name === "display") look.isGone = value === "none";
    else if (name === "visibility") look.isInvisible = value === "hidden" || value === "collapse";
    else if (name === "opacity") look.isClear = number < LEAST_OPACITY;
    else if (name === "font-size" && !Number.isNaN(number)) {
      const unit = /[a-z%]+$/i.exec(value)?.[0].toLowerCase() ?? "px";
      look.points = number * (POINTS[unit] ?? 1);
    } else if (name === "color") {
      const colour = colourOf(value);
      if (colour && colour.opacity < LEAST_OPACITY) look.isClear = true;
      else if (colour) look.colour = colour.rgb;
      else if (isUnclear(value)) look.colour = "unclear";
    } else if (name === "background" || name === "background-color" || name === "background-image") {
      const behind = backgroundOf(value);
      // A colour of its own only stands in until the picture has come.
      const isUnderPicture = name === "background-color" && look.behind === "picture";
      if (behind && !isUnderPicture) look.behind = behind;
    } else if (name === "text-indent" || name === "left" || name === "top" || name === "margin-left") {
      if (number <= -FAR_PX) look.isOffPage = true;
    }
  }
  return look;
}

/** What a background paints; what cannot be made out may be anything, as a picture may. */
function backgroundOf(value: string): Look["behind"] {
  const parts = [value, ...value.split(/\s+(?![^(]*\))/)];
  if (/url\(|gradient\(/i.test(value)) return "picture";
  return (
    parts.map(colourOf).find((colour) => colour !== undefined) ??
    (parts.some(isUnclear) ? "picture" : undefined)
  );
}

/** Looks by simple selectors (a tag, a class, an id, or a tag with one of them); others are not made out. */
export function readSheet(css: string): Map<string, Look> {
  const rules = new Map<string, Look>();
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "");
  for (const [, selectors = "", declarations = ""] of plain.matchAll(/([^{}]{1,500})\{([^{}]*)\}/g)) {
    for (const selector of selectors.split(",").map((part) => part.trim().toLowerCase()))
      if (/^[a-z0-9]*(?:[.#][\w-]+)?$/.test(selector))
        rules.set(selector, { ...rules.get(selector), ...lookOf(declarations) });
  }
  return rules;
}

/** What a sheet says about an element. */
export function sheetLook(
  rules: ReadonlyMap<string, Look>,
  tag: string,
  attributes: Record<string, string>,
): Look {
  const classes = (attributes.class ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const id = attributes.id?.toLowerCase();
  const marks = [...classes.map((name) => `.${name}`), ...(id ? [`#${id}`] : [])];
  return Object.assign(
    {},
    ...[tag, ...marks, ...marks.map((mark) => tag + mark)].map((key) => rules.get(key)),
  );
}
