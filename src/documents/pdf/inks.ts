import { BLACK, type Colour, colourOf } from "./colour.ts";
import { apply, invert, type Matrix, multiply } from "./geometry.ts";

/** What is painted with: its colour at a point of the page, or undefined where that cannot be told. */
export type Ink = {
  readonly at: (x: number, y: number) => Colour | undefined;
  /** Whether it is a picture, whose colours change from point to point. */
  readonly picture: boolean;
  /** Its colour where it has only one, be it the one of a stencil. */
  readonly colour?: Colour | undefined;
};

export const solid = (colour: Colour): Ink => ({ at: () => colour, picture: false, colour });
export const UNKNOWN_INK: Ink = { at: () => undefined, picture: true };
const CLEAR: Colour = [0, 0, 0, 0];
export const CLEAR_INK: Ink = solid(CLEAR);
export const BLACK_INK: Ink = solid(BLACK);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const numbers = (value: unknown): number[] => (isList(value) ? value.map(Number) : []);

/** A gradient along a line or round a point, by the stops that pdf.js gives. Meshes cannot be told. */
export function gradient(pattern: unknown, matrix: Matrix): Ink {
  const back = invert(matrix);
  if (!isList(pattern) || pattern[0] !== "RadialAxial" || !back) return UNKNOWN_INK;
  const [, type, , stops, from, to, inner, outer] = pattern;
  const [x0 = 0, y0 = 0] = numbers(from);
  const [x1 = 0, y1 = 0] = numbers(to);
  const place = (x: number, y: number): number => {
    if (type === "radial") {
      // Exact where both circles have one centre, and near enough for colours elsewhere.
      const wide = Number(outer) - Number(inner);
      return wide === 0 ? 1 : (Math.hypot(x - x1, y - y1) - Number(inner)) / wide;
    }
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    return length === 0 ? 0 : ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length;
  };
  const steps = (isList(stops) ? stops : []).map((stop): [number, Colour] => {
    const [offset, colour] = isList(stop) ? stop : [];
    return [Number(offset), colourOf(colour) ?? CLEAR];
  });
  if (steps.length === 0) return UNKNOWN_INK;
  return {
    at: (x, y) => between(steps, Math.max(0, Math.min(1, place(...apply(back, x, y))))),
    picture: false,
  };
}

function between(steps: readonly [number, Colour][], place: number): Colour | undefined {
  const next = steps.findIndex(([offset]) => offset >= place);
  const [high, right] = steps[next] ?? steps.at(-1) ?? [1, CLEAR];
  const [low, left] = steps[Math.max(0, next === -1 ? steps.length - 1 : next - 1)] ?? [high, right];
  const t = high === low ? 0 : Math.max(0, Math.min(1, (place - low) / (high - low)));
  const each = (k: 0 | 1 | 2 | 3) => left[k] + (right[k] - left[k]) * t;
  return [each(0), each(1), each(2), each(3)];
}

export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly kind?: number;
  readonly data?: Uint8Array | Uint8ClampedArray;
};

/** How pdf.js packs pixels: one bit, three bytes, or four with transparency. */
const [BIT, RGB, RGBA] = [1, 2, 3];

/** A picture in the unit square of its matrix. Undefined where its pixels could not be read. */
export function image(pixels: Pixels | undefined, matrix: Matrix): Ink {
  const back = invert(matrix);
  if (!back || !pixels?.data || pixels.width < 1 || pixels.height < 1) return UNKNOWN_INK;
  return { at: (x, y) => pixelAt(pixels, ...apply(back, x, y)), picture: true };
}

function pixelAt(pixels: Pixels, x: number, y: number): Colour | undefined {
  const { width, height, kind, data } = pixels;
  const column = Math.max(0, Math.min(width - 1, Math.floor(x * width)));
  const row = Math.max(0, Math.min(height - 1, Math.floor((1 - y) * height)));
  if (kind === BIT) {
    const byte = data?.[row * Math.ceil(width / 8) + (column >> 3)];
    if (byte === undefined) return undefined;
    const value = (byte >> (7 - (column & 7))) & 1 ? 255 : 0;
    return [value, value, value, 1];
  }
  if (kind !== RGB && kind !== RGBA) return undefined;
  const from = (row * width + column) * (kind === RGB ? 3 : 4);
  const [red, green, blue, alpha = 255] = data?.subarray(from, from + (kind === RGB ? 3 : 4)) ?? [];
  return red === undefined || green === undefined || blue === undefined
    ? undefined
    : [red, green, blue, alpha / 255];
}

/** A stencil: the ink goes through where its bit is not set. */
export function stencil(mask: Pixels | undefined, ink: Ink, matrix: Matrix): Ink {
  const bits = image(mask && { ...mask, kind: BIT }, matrix);
  return {
    at: (x, y) => {
      const bit = bits.at(x, y);
      return bit && bit[0] > 0 ? CLEAR : bit && ink.at(x, y);
    },
    picture: true,
    colour: ink.colour,
  };
}

/** A cell that repeats. `look` gives the colour at a point of the cell. */
export function tiles(
  look: (x: number, y: number) => Colour | undefined,
  cell: { readonly left: number; readonly top: number; readonly across: number; readonly down: number },
  matrix: Matrix,
): Ink {
  const back = invert(matrix);
  if (!back || cell.across === 0 || cell.down === 0) return UNKNOWN_INK;
  const wrap = (value: number, from: number, step: number) => {
    const size = Math.abs(step);
    return from + ((((value - from) % size) + size) % size);
  };
  return {
    at: (x, y) => {
      const [u, v] = apply(back, x, y);
      return look(wrap(u, cell.left, cell.across), wrap(v, cell.top, cell.down));
    },
    picture: true,
  };
}

/** The matrix of a pattern, which stands on the page and not on what is drawn. */
export const patternMatrix = (base: Matrix, own: Matrix | undefined): Matrix =>
  own ? multiply(base, own) : base;
