import type { Letters } from "./letters.ts";

/** A font as far as reading needs it: its measures, its letters and which of its signs are blank. */
export type Font = Letters & {
  readonly vertical: boolean;
  /** Whether signs are drawn by content of their own, so that the size says little. */
  readonly drawn: boolean;
  /** The content that draws a sign, where signs are drawn by content. */
  readonly contentOf: (id: string) => unknown;
  /** From the units of a sign's width to the size of the font. */
  readonly unit: number;
  /** The height of a letter of size 1. */
  readonly em: number;
  readonly isBlank: (character: string) => boolean;
};

/** Objects that pdf.js keeps by name. */
export type Kept = { has(id: string): boolean; get(id: string): unknown };

const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** The font that pdf.js keeps under a name, or one that knows nothing where there is none. */
export function fontOf(kept: Kept, id: string): Font {
  const font = kept.has(id) ? record(kept.get(id)) : {};
  const drawn = font.isType3Font === true;
  const [unit = 0.001, , , down = 0.001] = Array.isArray(font.fontMatrix) ? font.fontMatrix.map(Number) : [];
  const box = Array.isArray(font.bbox) ? font.bbox.map(Number) : [];
  const tall = Math.abs((box[3] ?? 0) - (box[1] ?? 0)) * Math.abs(down);
  const { _map: map } = record(font.toUnicode);
  const codes = Array.isArray(map) || (typeof map === "object" && map !== null) ? record(map) : undefined;
  const names = record(font.differences);
  return {
    name: String(font.name ?? ""),
    vertical: font.vertical === true,
    drawn,
    contentOf: (id) => record(font.charProcOperatorList)[id],
    unit,
    em: drawn && tall > 0 ? tall / TALL_BOX : 1,
    isMapped: (code) => codes === undefined || codes[code] !== undefined,
    signName: (code) => (typeof names[code] === "string" ? names[code] : undefined),
    isBlank: (character) => {
      const path = `${id}_path_${character}`;
      const outline = kept.has(path) ? record(kept.get(path)).path : undefined;
      return outline !== undefined && record(outline).length === 0;
    },
  };
}
/** How much taller the box of a font is than its size, as a rule. */
const TALL_BOX = 1.2;
