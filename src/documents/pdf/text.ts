import { withTextInks } from "./drawn.ts";
import { apply, type Matrix, multiply } from "./geometry.ts";
import type { Ink } from "./inks.ts";
import { lettersOf } from "./letters.ts";
import type { Glyph, Place, Run, State } from "./state.ts";

/** What pdf.js says of a sign. */
type Sign = {
  originalCharCode: number;
  unicode: string;
  fontChar: string;
  width: number;
  isSpace: boolean;
  operatorListId?: unknown;
};

const isSign = (value: unknown): value is Sign =>
  typeof value === "object" && value !== null && typeof (value as { width?: unknown }).width === "number";

/** Moves to a line that starts at an offset from the start of the line before. */
export function moveText(place: Place, x: number, y: number): void {
  place.line = multiply(place.line, [1, 0, 0, 1, x, y]);
  place.matrix = place.line;
}

/** Places the signs of one drawing of text, and moves on behind them. `inksOf` gives the inks of content that draws a sign. */
export function placeSigns(
  signs: readonly unknown[],
  state: State,
  place: Place,
  inksOf: (content: unknown) => readonly Ink[] | undefined,
): Glyph[] {
  const glyphs: Glyph[] = [];
  const { font, size, scale } = state;
  if (!font) return glyphs;
  for (const sign of signs) {
    if (typeof sign === "number") {
      advance(place, state, (-sign / 1000) * size);
      continue;
    }
    if (!isSign(sign)) continue;
    const wide = sign.width * font.unit * size;
    const spacing = state.charSpacing + (sign.isSpace ? state.wordSpacing : 0);
    const trm = multiply(state.ctm, multiply(place.matrix, [scale, 0, 0, 1, 0, state.rise]));
    const letters = lettersOf(sign.originalCharCode, sign.unicode, font);
    glyphs.push({
      letters,
      blank: letters === undefined ? font.isBlank(sign.fontChar) : letters.trim() === "",
      own: font.drawn ? withTextInks(inksOf(font.contentOf(String(sign.operatorListId))), state) : undefined,
      ...(font.vertical ? standing(trm, size) : lying(trm, wide, size * font.em)),
      step: font.vertical || wide === 0 ? 1 : (wide + state.charSpacing) / wide,
    });
    if (font.vertical) advance(place, state, -size - spacing);
    else advance(place, state, wide + spacing);
  }
  return glyphs;
}

/** Moves along the line by a width in the units of the text. */
function advance(place: Place, { font, scale }: State, by: number): void {
  place.matrix = multiply(place.matrix, font?.vertical ? [1, 0, 0, 1, 0, by] : [1, 0, 0, 1, by * scale, 0]);
}

type Stand = Pick<Glyph, "x" | "y" | "across" | "up">;

function lying(trm: Matrix, wide: number, size: number): Stand {
  const [x, y] = apply(trm, 0, 0);
  return { x, y, across: [trm[0] * wide, trm[1] * wide], up: [trm[2] * size, trm[3] * size] };
}

/** A sign of vertical writing: its line runs down, and its feet are to the left. */
function standing(trm: Matrix, size: number): Stand {
  const [x, y] = apply(trm, -size / 2, 0);
  return { x, y, across: [-trm[2] * size, -trm[3] * size], up: [trm[0] * size, trm[1] * size] };
}

/** How text is drawn, by its render mode: filled, stroked, or made the clip. */
const FILLS = new Set([0, 2, 4, 6]);
const STROKES = new Set([1, 2, 5, 6]);
export const CLIPS = new Set([4, 5, 6, 7]);

/** A drawing of text with everything that says whether it is seen. */
export const runOf = (
  glyphs: readonly Glyph[],
  state: State,
  { layerOff, order, object }: { layerOff: boolean; order: number; object: number },
): Run | undefined =>
  state.font && {
    glyphs,
    font: state.font,
    fill: FILLS.has(state.render) ? state.fill : undefined,
    stroke: STROKES.has(state.render) ? state.stroke : undefined,
    fillAlpha: state.fillAlpha * state.groupAlpha,
    strokeAlpha: state.strokeAlpha * state.groupAlpha,
    mode: state.mode,
    masks: state.mask ? [...state.groupMasks, state.mask] : state.groupMasks,
    clip: state.clip,
    layerOff,
    asClip: CLIPS.has(state.render) ? object : undefined,
    inMask: false,
    order,
  };
