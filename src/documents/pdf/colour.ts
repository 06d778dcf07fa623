import { areAlike } from "../contrast.ts";

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

/** Whether a person sees one colour on the other. */
export const differs = (one: Colour, other: Colour): boolean => !areAlike(one, other);

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
