/** A colour as red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];
/** What is painted behind a text: the colours that occur in it, or a picture of which no colour is known. */
export type Fill = readonly Rgb[] | "picture";

export const WHITE: Rgb = [255, 255, 255];
export const BLACK: Rgb = [0, 0, 0];

/** Below this ratio (as WCAG computes it) of two colours that are near each other, nobody makes out the text. */
const LEAST_CONTRAST = 1.2;
const NEAR_CHANNELS = 40;
const DARK_LUMINANCE = 0.03;

/** Whether a text of this colour cannot be told from what is behind it. Over a picture it counts as seen. */
export const isLost = (colour: Rgb, behind: Fill): boolean =>
  behind !== "picture" && behind.length > 0 && behind.every((back) => areAlike(colour, back));

function areAlike(a: Rgb, b: Rgb): boolean {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  if ((light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST) return false;
  const furthest = Math.max(...a.map((channel, n) => Math.abs(channel - (b[n] ?? 0))));
  return furthest <= NEAR_CHANNELS || light < DARK_LUMINANCE;
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

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
