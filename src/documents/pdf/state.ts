import type { Font } from "./fonts.ts";
import { IDENTITY, type Matrix } from "./geometry.ts";
import { BLACK_INK, type Ink } from "./inks.ts";
import { number } from "./operands.ts";
import type { Clip, Mask } from "./sheet.ts";

/** What the content of a page has set up for what it paints next. */
export type State = {
  ctm: Matrix;
  fill: Ink;
  stroke: Ink;
  fillAlpha: number;
  strokeAlpha: number;
  lineWidth: number;
  mode: string;
  mask: Mask | undefined;
  /** What the groups around it let through. */
  groupAlpha: number;
  groupMasks: readonly Mask[];
  clip: Clip | undefined;
  /** The text whose letters are the clip. */
  through: number | undefined;
  font: Font | undefined;
  size: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  render: number;
};

export const startState = (ctm: Matrix): State => ({
  ...{ ctm, fill: BLACK_INK, stroke: BLACK_INK, fillAlpha: 1, strokeAlpha: 1, lineWidth: 1 },
  ...{ mode: "source-over", mask: undefined, groupAlpha: 1, groupMasks: [], clip: undefined },
  ...{ through: undefined, font: undefined, size: 0, charSpacing: 0, wordSpacing: 0, scale: 1 },
  ...{ leading: 0, rise: 0, render: 0 },
});

/** What an entry of the graphics parameters sets. */
export const GRAPHICS: Record<string, (value: unknown) => Partial<State>> = {
  ca: (value) => ({ fillAlpha: number(value) }),
  CA: (value) => ({ strokeAlpha: number(value) }),
  LW: (value) => ({ lineWidth: number(value) }),
  BM: (value) => ({ mode: String(value) }),
};

/** One sign that was drawn, in the coordinates of the page as it is looked at (y grows downwards). */
export type Glyph = {
  /** What it stands for. Undefined is a sign without letters. */
  readonly letters: string | undefined;
  /** Whether nothing is drawn: a space, or a sign without an outline. */
  readonly blank: boolean;
  /** The inks that it is drawn with where they are not those of the text. */
  readonly own: readonly Ink[] | undefined;
  readonly x: number;
  readonly y: number;
  /** From its start to its end. */
  readonly across: readonly [x: number, y: number];
  /** From its foot up to the height of the font. */
  readonly up: readonly [x: number, y: number];
  /** The way to where the next sign starts, as a multiple of `across`. */
  readonly step: number;
};

/** Signs that were drawn at once, and with what. */
export type Run = {
  readonly glyphs: readonly Glyph[];
  readonly font: Font;
  readonly fill: Ink | undefined;
  readonly stroke: Ink | undefined;
  readonly fillAlpha: number;
  readonly strokeAlpha: number;
  readonly mode: string;
  readonly masks: readonly Mask[];
  readonly clip: Clip | undefined;
  readonly layerOff: boolean;
  /** The number of the text object, where its letters become the clip. */
  readonly asClip: number | undefined;
  /** Whether it was drawn in a mask, where it is a part of a picture unless paint is seen through it. */
  readonly inMask: boolean;
  /** How many things had been painted before. */
  readonly order: number;
};

/** Text positions, which `q` and `Q` leave alone. */
export type Place = { matrix: Matrix; line: Matrix };

export const startPlace = (): Place => ({ matrix: IDENTITY, line: IDENTITY });
