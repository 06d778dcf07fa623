import { luminance } from "../contrast.ts";
import { BLACK, colourOf } from "./colour.ts";
import { type Mask, type Sheet, transferred } from "./sheet.ts";
import type { Run } from "./state.ts";

type Open = {
  readonly sheet: Sheet;
  readonly options: Record<string, unknown>;
  readonly runs: Run[];
};

/** How much of a paint letters in a mask must let through to be seen by it. */
const SEEN_SHARE = 0.1;

/** The masks whose content is being walked, the innermost last, with the text that is drawn in them. */
export class Masks {
  readonly #open: Open[] = [];
  #made = 0;

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Begins a mask. `sheet` is what is painted on again after it. */
  open(sheet: Sheet, options: Record<string, unknown>): void {
    this.#open.push({ sheet, options, runs: [] });
  }

  hold(run: Run): void {
    this.#open.at(-1)?.runs.push(run);
  }

  /** Ends a mask: the sheet from before it, the mask, and the text through whose letters it lets paint. */
  close(content: Sheet): { sheet: Sheet; mask: Mask; runs: Run[] } | undefined {
    const open = this.#open.pop();
    if (!open) return undefined;
    const { sheet, options } = open;
    const { transferMap } = options;
    const mask: Mask = {
      sheet: content,
      bright: options.subtype === "Luminosity",
      ground: colourOf(options.backdrop) ?? BLACK,
      transfer: transferMap instanceof Uint8Array ? transferMap : undefined,
      letters: undefined,
    };
    const letting = this.isOpen ? [] : open.runs.filter((run) => letsThrough(mask, run));
    if (letting.length === 0) return { sheet, mask, runs: [] };
    this.#made += 1;
    // Text objects count upwards from one, masks downwards.
    const letters = -this.#made;
    const runs = letting.map((run): Run => {
      const { fill, stroke, ...rest } = run;
      return {
        ...rest,
        fill: undefined,
        stroke: undefined,
        asClip: letters,
        order: sheet.count,
        inMask: true,
      };
    });
    return { sheet, mask: { ...mask, letters }, runs };
  }
}

function letsThrough(mask: Mask, { glyphs, fill, stroke, fillAlpha, strokeAlpha }: Run): boolean {
  const [first] = glyphs;
  const ink = fill ?? stroke;
  if (!first || !ink) return false;
  const colour = ink.at(first.x, first.y);
  const share = (fill ? fillAlpha : strokeAlpha) * (colour?.[3] ?? 1);
  return transferred(mask, mask.bright && colour ? share * luminance(colour) : share) > SEEN_SHARE;
}
