/** A colour as red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];
/** What is painted behind a text: the colours that occur in it, or a picture of which no colour is known. */
export type Fill = readonly Rgb[] | "picture";

export const WHITE: Rgb = [255, 255, 255];
export const BLACK: Rgb = [0, 0, 0];

/** A colour whose first three channels are red, green and blue. */
type Channels = readonly [red: number, green: number, blue: number, ...more: number[]];

/**
 * Two colours with less contrast than this are one to the eye, unless they differ in hue. The ratio is that of WCAG 2.2,
 * which asks 4.5 for text and ends at 1 for no difference: white with paper of #ebebeb, black with #191919.
 */
const UNSEEN_CONTRAST = 1.2;
/** The difference of hue that is seen without any contrast, as yellow on white: red, green and blue taken apart. */
const SEEN_HUE = 64;

/** Whether a text of this colour cannot be told from what is behind it. Over a picture it counts as seen. */
export const isLost = (colour: Rgb, behind: Fill): boolean =>
  behind !== "picture" && behind.length > 0 && behind.every((back) => areAlike(colour, back));

/** Whether nobody can tell one colour from the other. */
export function areAlike(one: Channels, other: Channels): boolean {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  if ((light + 0.05) / (dark + 0.05) >= UNSEEN_CONTRAST) return false;
  return [0, 1, 2].every((k) => Math.abs((one[k] ?? 0) - (other[k] ?? 0)) < SEEN_HUE);
}

const linear = (value: number): number => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance as WCAG 2.2 defines it, from 0 to 1. */
export const luminance = ([red, green, blue]: Channels): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** `1F3864` or `#1f3864` as a colour. */
export function rgbOf(hex: string | undefined): Rgb | undefined {
  const channels = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex?.trim() ?? "")?.slice(1);
  if (!channels) return undefined;
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => Number.parseInt(channel, 16));
  return [red, green, blue];
}

/** A colour laid over another one: `share` 1 is all of it. */
export const mixed = (over: Rgb, under: Rgb, share: number): Rgb => {
  const channel = (n: 0 | 1 | 2) => Math.round(over[n] * share + under[n] * (1 - share));
  return [channel(0), channel(1), channel(2)];
};
