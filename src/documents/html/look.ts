import { type Fill, type Rgb, rgbOf } from "../contrast.ts";

/** What the styles of an element say about its text; what they do not say is absent. */
export type Look = {
  readonly colour?: Rgb;
  readonly behind?: Fill;
  readonly points?: number;
  readonly isGone?: boolean;
  /** Visibility can be given back to what stands inside. */
  readonly isInvisible?: boolean;
  readonly isClear?: boolean;
  readonly isOffPage?: boolean;
};

const NAMES: Record<string, string> = {
  ...{ white: "ffffff", black: "000000", red: "ff0000", green: "008000", blue: "0000ff", yellow: "ffff00" },
  ...{ gray: "808080", grey: "808080", silver: "c0c0c0", navy: "000080", maroon: "800000", purple: "800080" },
  ...{
    teal: "008080",
    olive: "808000",
    orange: "ffa500",
    snow: "fffafa",
    ivory: "fffff0",
    whitesmoke: "f5f5f5",
  },
  ...{
    ghostwhite: "f8f8ff",
    lightgray: "d3d3d3",
    lightgrey: "d3d3d3",
    darkblue: "00008b",
    darkgray: "a9a9a9",
  },
};

/** A colour of CSS; "clear" where it covers nothing. */
export function cssColour(value: string): Rgb | "clear" | undefined {
  const given = value.trim().toLowerCase();
  if (given === "transparent") return "clear";
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(given)?.slice(1);
  if (short) return rgbOf(short.map((digit) => digit + digit).join(""));
  const [red, green, blue, alpha] = /^rgba?\(([^()]*)\)$/.exec(given)?.[1]?.split(/[\s,/]+/) ?? [];
  if (red !== undefined && green !== undefined && blue !== undefined)
    return alpha !== undefined && Number.parseFloat(alpha) < LEAST_OPACITY
      ? "clear"
      : [Number.parseInt(red, 10), Number.parseInt(green, 10), Number.parseInt(blue, 10)];
  return rgbOf(given) ?? rgbOf(NAMES[given]);
}

const LEAST_OPACITY = 0.1;
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
      const colour = cssColour(value);
      if (colour === "clear") look.isClear = true;
      else if (colour) look.colour = colour;
    } else if (name === "background" || name === "background-color" || name === "background-image") {
      const behind = backgroundOf(value);
      if (behind) look.behind = behind;
    } else if (name === "text-indent" || name === "left" || name === "top" || name === "margin-left") {
      if (number <= -FAR_PX) look.isOffPage = true;
    }
  }
  return look;
}

function backgroundOf(value: string): Fill | undefined {
  if (/url\(|gradient\(/i.test(value)) return "picture";
  const whole = cssColour(value);
  const colour =
    whole ??
    value
      .split(/\s+(?![^(]*\))/)
      .map(cssColour)
      .find((c) => c !== undefined);
  return colour === undefined || colour === "clear" ? undefined : [colour];
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
