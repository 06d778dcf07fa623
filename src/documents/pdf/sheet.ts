import { luminance } from "../contrast.ts";
import { blend, type Colour, OPAQUE } from "./colour.ts";
import { inside } from "./geometry.ts";
import type { Ink } from "./inks.ts";
import { covers, type Shape } from "./shapes.ts";

/** The shapes that let paint through, the innermost first. */
export type Clip = { readonly shape: Shape; readonly outer: Clip | undefined };

/** A sheet whose brightness or opacity says how much of a paint is let through. */
export type Mask = {
  readonly sheet: Sheet;
  readonly bright: boolean;
  readonly ground: Colour;
  /** What becomes of each share let through, in steps of a byte. */
  readonly transfer: Uint8Array | undefined;
  /** The number of the text in it, whose letters let paint through. */
  readonly letters: number | undefined;
};

/** One thing painted: everything that its shape covers. No shape is everything that the clip lets through. */
export type Area = {
  readonly shape: Shape | undefined;
  readonly ink: Ink;
  readonly alpha: number;
  readonly mode: string;
  readonly clip: Clip | undefined;
  readonly masks: readonly Mask[];
  /** The text whose letters were made the clip: the paint is seen through them only. */
  readonly through: number | undefined;
};

export type Placed = Area & { readonly order: number };

const CELLS = 48;
/** How many shapes are compared with points of one page. What is left then counts as not known. */
const MAX_TESTS = 3_000_000;

/** Whether a clip lets a point through. */
export function lets(clip: Clip | undefined, x: number, y: number): boolean {
  for (let each = clip; each; each = each.outer) if (!covers(each.shape, x, y)) return false;
  return true;
}

type Grid = { readonly left: number; readonly top: number; readonly across: number; readonly down: number };

/** What is painted on a page, a mask or a tile, in the order of painting, to be looked at point by point. */
export class Sheet {
  readonly #areas: Placed[] = [];
  #cells: Map<number, Placed[]> | undefined;
  #wide: Placed[] = [];
  #grid: Grid = { left: 0, top: 0, across: 1, down: 1 };
  #tests = 0;

  get areas(): readonly Placed[] {
    return this.#areas;
  }

  get count(): number {
    return this.#areas.length;
  }

  add(area: Area): void {
    this.#areas.push({ ...area, order: this.#areas.length });
    this.#cells = undefined;
  }

  /**
   * What is painted on a point, the lowest first, but for what lies under the last opaque paint before the one of number
   * `before`. Undefined when the page is too much to look at.
   */
  at(x: number, y: number, before = Infinity): Placed[] | undefined {
    this.#cells ??= this.#cut();
    const [column, row] = this.#cellOf(x, y);
    const near = this.#cells.get(row * CELLS + column) ?? [];
    const found: Placed[] = [];
    let [n, m] = [near.length - 1, this.#wide.length - 1];
    while (n >= 0 || m >= 0) {
      const [one, other] = [near[n], this.#wide[m]];
      const area = other === undefined || (one && one.order > other.order) ? one : other;
      if (area === undefined) break;
      if (area === one) n -= 1;
      else m -= 1;
      this.#tests += 1;
      if (this.#tests > MAX_TESTS) return undefined;
      if ((area.shape !== undefined && !covers(area.shape, x, y)) || !lets(area.clip, x, y)) continue;
      found.push(area);
      if (area.order < before && isOpaque(area, x, y)) break;
    }
    return found.reverse();
  }

  /** What is seen at a point, over `ground`. */
  look(x: number, y: number, ground: Colour): Colour | undefined {
    return over(ground, this.at(x, y), x, y);
  }

  #cellOf(x: number, y: number): [column: number, row: number] {
    const { left, top, across, down } = this.#grid;
    const within = (part: number) => Math.max(0, Math.min(CELLS - 1, Math.floor(part * CELLS)));
    return [within((x - left) / across), within((y - top) / down)];
  }

  /** Sorts the areas into the cells of a grid, so that a point is compared with those near it only. */
  #cut(): Map<number, Placed[]> {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    const sides = (side: number) => Math.max(-MAX_SIDE, Math.min(MAX_SIDE, side));
    for (const { shape } of this.#areas) {
      if (shape === undefined) continue;
      left = Math.min(left, sides(shape.box[0]));
      top = Math.min(top, sides(shape.box[1]));
      right = Math.max(right, sides(shape.box[2]));
      bottom = Math.max(bottom, sides(shape.box[3]));
    }
    this.#grid = { left, top, across: Math.max(1, right - left), down: Math.max(1, bottom - top) };
    this.#wide = [];
    const cells = new Map<number, Placed[]>();
    for (const area of this.#areas) {
      if (area.shape === undefined) {
        this.#wide.push(area);
        continue;
      }
      const [from, first] = this.#cellOf(area.shape.box[0], area.shape.box[1]);
      const [to, last] = this.#cellOf(area.shape.box[2], area.shape.box[3]);
      if ((to - from + 1) * (last - first + 1) > WIDE_CELLS) this.#wide.push(area);
      else
        for (let row = first; row <= last; row += 1)
          for (let column = from; column <= to; column += 1) {
            const cell = row * CELLS + column;
            const near = cells.get(cell);
            if (near) near.push(area);
            else cells.set(cell, [area]);
          }
    }
    return cells;
  }
}
const WIDE_CELLS = 300;
/** The longest page that PDF knows, in points. */
const MAX_SIDE = 14_400;

function isOpaque(area: Area, x: number, y: number): boolean {
  if (area.alpha < OPAQUE || area.mode !== "source-over" || area.masks.length > 0) return false;
  return area.through === undefined && (area.ink.at(x, y)?.[3] ?? 0) >= OPAQUE;
}

/** What is seen when areas are painted on `ground` one after the other. */
export function over(
  ground: Colour | undefined,
  areas: readonly Placed[] | undefined,
  x: number,
  y: number,
): Colour | undefined {
  if (areas === undefined) return undefined;
  let seen = ground;
  for (const area of areas) {
    const alpha = area.masks.reduce<number | undefined>(
      (left, mask) => (left === undefined ? undefined : times(left, throughMask(mask, x, y))),
      area.alpha,
    );
    seen = alpha === undefined ? undefined : blend(seen, area.ink.at(x, y), alpha, area.mode);
  }
  return seen;
}

const times = (one: number, other: number | undefined): number | undefined =>
  other === undefined ? undefined : one * other;

const CLEAR: Colour = [0, 0, 0, 0];

/** How much a mask lets through at a point, from 0 to 1. */
export function throughMask(mask: Mask, x: number, y: number): number | undefined {
  const seen = mask.sheet.look(x, y, mask.bright ? mask.ground : CLEAR);
  return seen && transferred(mask, mask.bright ? luminance(seen) : seen[3]);
}

export const transferred = ({ transfer }: Mask, share: number): number =>
  transfer ? (transfer[Math.round(share * 255)] ?? 0) / 255 : share;

/** The corners of a page as a test for points. */
export const onPage = (width: number, height: number, x: number, y: number): boolean =>
  inside([0, 0, width, height], x, y);
