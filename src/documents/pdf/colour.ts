/** Red, green and blue from 0 to 255, and how opaque from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

export const WHITE: Colour = [255, 255, 255, 1];
export const BLACK: Colour = [0, 0, 0, 1];

/** `#rrggbb` as pdf.js writes colours, or undefined for `transparent` and what is no colour. */
export function colourOf(value: unknown): Colour | undefined {
  const channels = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(String(value))?.slice(1) ?? [];
  const [red, green, blue] = channels.map((channel) => Number.parseInt(channel, 16));
  return red === undefined || green === undefined || blue === undefined ? undefined : [red, green, blue, 1];
}

const channel = (value: number): number => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance as WCAG 2.2 defines it, from 0 to 1. */
export const luminance = ([red, green, blue]: Colour): number =>
  0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);

/**
 * Two colours with less contrast than this are one to the eye, unless they differ in hue. The ratio is that of WCAG 2.2,
 * which asks 4.5 for text and ends at 1 for no difference: white with paper of #ebebeb, black with #191919.
 */
const UNSEEN_CONTRAST = 1.2;
/** The difference of hue that is seen without any contrast, as yellow on white: red, green and blue taken apart. */
const SEEN_HUE = 64;

/** Whether a person sees one colour on the other. */
export function differs(one: Colour, other: Colour): boolean {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  if (((high ?? 0) + 0.05) / ((low ?? 0) + 0.05) >= UNSEEN_CONTRAST) return true;
  return [0, 1, 2].some((k) => Math.abs((one[k] ?? 0) - (other[k] ?? 0)) >= SEEN_HUE);
}

/** How one channel mixes with what lies under it, for the blend modes that résumés use. Others cannot be told. */
const BLENDS: Record<string, (under: number, over: number) => number> = {
  "source-over": (_under, over) => over,
  multiply: (under, over) => (under * over) / 255,
  screen: (under, over) => under + over - (under * over) / 255,
  darken: Math.min,
  lighten: Math.max,
};

/** From here on nothing is seen through a paint. */
export const OPAQUE = 0.995;

/** What is seen when `over` is painted with `alpha` on `under`. Undefined is a colour that is not known. */
export function blend(
  under: Colour | undefined,
  over: Colour | undefined,
  alpha: number,
  mode: string,
): Colour | undefined {
  if (alpha <= 0 || over?.[3] === 0) return under;
  const mix = BLENDS[mode];
  if (over === undefined || mix === undefined) return undefined;
  const opaque = alpha * over[3];
  if (mode === "source-over" && opaque >= OPAQUE) return [over[0], over[1], over[2], 1];
  if (under === undefined) return undefined;
  const each = (k: 0 | 1 | 2) => under[k] + (mix(under[k], over[k]) - under[k]) * opaque;
  return [each(0), each(1), each(2), under[3] + (1 - under[3]) * opaque];
}
