import { OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import { colourOf, WHITE } from "./colour.ts";
import type { Kept } from "./fonts.ts";
import { type Ink, type Pixels, solid } from "./inks.ts";

/** What pdf.js gives with an operator. It is read by what it is, since a damaged file may give anything. */
export type Args = readonly unknown[];
export const number = (value: unknown): number => (Number.isFinite(Number(value)) ? Number(value) : 0);
export const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A plain colour, as a name or as three numbers. */
export const inkOf = (args: Args): Ink => {
  const colour = colourOf(args[0]);
  if (colour) return solid(colour);
  const [red, green, blue] = args.map(Number);
  return red === undefined || green === undefined || blue === undefined
    ? solid(WHITE)
    : solid([red, green, blue, 1]);
};

export const pixelsOf = (value: unknown): Pixels | undefined => {
  const { width, height, kind, data } = record(value);
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) return undefined;
  return { width: number(width), height: number(height), kind: number(kind), data };
};

type How = { readonly fill?: "nonzero" | "evenodd"; readonly stroke?: true };

/** What is done with a path, by the operator that ends it. */
export const PATHS: Record<number, How> = {
  [OPS.fill]: { fill: "nonzero" },
  [OPS.eoFill]: { fill: "evenodd" },
  [OPS.fillStroke]: { fill: "nonzero", stroke: true },
  [OPS.eoFillStroke]: { fill: "evenodd", stroke: true },
  [OPS.closeFillStroke]: { fill: "nonzero", stroke: true },
  [OPS.closeEOFillStroke]: { fill: "evenodd", stroke: true },
  [OPS.stroke]: { stroke: true },
  [OPS.closeStroke]: { stroke: true },
};

/** The content of a page or a tile, operator by operator. */
export type Operators = { readonly fnArray: ArrayLike<number>; readonly argsArray: ArrayLike<unknown> };

/** The content of a tile, as pdf.js gives it. */
export function operatorsOf(value: unknown): Operators {
  const { fnArray, argsArray } = record(value);
  return { fnArray: list(fnArray).map(Number), argsArray: list(argsArray) };
}

/** What a page's content names and pdf.js keeps elsewhere. */
export type Resources = {
  readonly fonts: Kept;
  readonly find: (id: string) => unknown;
  readonly isLayerOn: (layer: unknown) => boolean;
};
