import { OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Colour } from "./colour.ts";
import { type Ink, solid, UNKNOWN_INK } from "./inks.ts";
import type { Operators } from "./operands.ts";
import type { Placed, Sheet } from "./sheet.ts";
import type { State } from "./state.ts";

/** The colours that content of a sign starts with: those of the text, whatever they are. */
const [FILL, STROKE]: readonly [Colour, Colour] = [
  [0, 0, 0, 1],
  [0, 0, 0, 1],
];
export const TEXT_INKS = { fill: solid(FILL), stroke: solid(STROKE) };

/**
 * The inks that a sign is drawn with by content of its own. None are given where it draws nothing, and undefined where it is
 * only a stencil for the ink of the text.
 */
export function inksOf({ fnArray }: Operators, sheet: Sheet): readonly Ink[] | undefined {
  const operators = new Set(Array.from(fnArray));
  const areas = sheet.areas.filter(isDrawn);
  const hasText = operators.has(OPS.showText);
  if (areas.length === 0 && !hasText) return [];
  if (!operators.has(OPS.setCharWidth)) return undefined;
  return [...areas.map(inkOfArea), ...(hasText ? [UNKNOWN_INK] : [])];
}

const isDrawn = ({ shape, alpha }: Placed): boolean =>
  alpha > 0 && (!shape || (shape.box[2] > shape.box[0] && shape.box[3] > shape.box[1]));

function inkOfArea({ ink, alpha, mode, masks }: Placed): Ink {
  const { colour } = ink;
  if (colour === undefined || masks.length > 0 || mode !== "source-over") return UNKNOWN_INK;
  if (alpha === 1 || colour === FILL || colour === STROKE) return ink;
  return solid([colour[0], colour[1], colour[2], colour[3] * alpha]);
}

/** Inks of a sign, with those of the text where it takes them. */
export const withTextInks = (inks: readonly Ink[] | undefined, { fill, stroke }: State) =>
  inks?.map((ink) => (ink.colour === FILL ? fill : ink.colour === STROKE ? stroke : ink));

/** A function that is asked once for each key. */
export function remembered<Value>(of: (key: unknown) => Value): (key: unknown) => Value | undefined {
  const values = new Map<unknown, Value>();
  return (key) => {
    if (!values.has(key)) values.set(key, of(key));
    return values.get(key);
  };
}
