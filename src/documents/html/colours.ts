import { colord, extend } from "colord";
import hwb from "colord/plugins/hwb";
import lab from "colord/plugins/lab";
import lch from "colord/plugins/lch";
import names from "colord/plugins/names";
import oklab from "colord/plugins/oklab";
import oklch from "colord/plugins/oklch";
import { type Fill, mixed, type Rgb, rgbOf } from "../contrast.ts";

extend([names, hwb, lab, lch, oklab, oklch]);

/** What covers less than this is not seen. */
export const LEAST_OPACITY = 0.1;

/** A colour, and how much of what is behind it it covers, from 0 to 1. */
export type Colour = { readonly rgb: Rgb; readonly opacity: number };

/** A colour of CSS, also as old attributes write it, without `#`; undefined where it is none that is made out. */
export function colourOf(value: string): Colour | undefined {
  const bare = rgbOf(value);
  if (bare) return { rgb: bare, opacity: 1 };
  const colour = colord(value.trim());
  if (!colour.isValid()) return undefined;
  const { r, g, b, a } = colour.toRgb();
  return { rgb: [r, g, b], opacity: a };
}

/** Ways in which CSS gives a colour that only a browser can make out. Other words that are no colour, browsers skip. */
const UNCLEAR = [
  /\b(?:var|env|attr|calc|rgba?|hsla?|hwb|(?:ok)?lab|(?:ok)?lch|color|color-mix|light-dark|device-cmyk)\(/i,
  /\b(?:url|image|image-set|cross-fade|element|paint)\(/i,
  /^(?:canvas|window|button|field|highlight|mark|selecteditem|accentcolor|infobackground|menu|threed)/i,
];

export const isUnclear = (value: string): boolean => UNCLEAR.some((way) => way.test(value.trim()));

/** What covers so much lets nothing be seen of a picture behind it. */
const OPAQUE = 0.9;

/** A background painted over what is behind it. */
export function painted(over: Colour | "picture" | undefined, under: Fill): Fill {
  if (over === undefined || over === "picture") return over ?? under;
  if (over.opacity >= OPAQUE) return [over.rgb];
  return under === "picture" ? under : under.map((colour) => mixed(over.rgb, colour, over.opacity));
}
