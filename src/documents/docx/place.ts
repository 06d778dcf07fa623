import type { Fill } from "../contrast.ts";
import type { Doubt, Spot } from "./lines.ts";

/** The size of the paper in points. */
export type Paper = {
  readonly width: number;
  readonly height: number;
  readonly marginTop: number;
  readonly marginBottom: number;
  readonly textWidth: number;
};

/** Something painted where text may stand over it. `page` is absent where it is painted on every page. */
export type Backdrop = {
  readonly fill: Fill;
  readonly page: number | undefined;
  readonly top: number;
  readonly bottom: number;
  /** The drawing within which it is painted, where only that drawing's own text stands over it. */
  readonly group: symbol | undefined;
};

/** Lines are set by Word and its fonts, so that a place is an estimate: so far off it may be, and by a share of its distance. */
const SLACK_POINTS = 36;
const SLACK_SHARE = 0.15;

/** What is painted behind a text by the best estimate. */
export function behindSpot({ page, top, group }: Doubt, backdrops: readonly Backdrop[]): Fill[] {
  const slack = SLACK_POINTS + top * SLACK_SHARE;
  return backdrops
    .filter((drop) => drop.group === undefined || drop.group === group)
    .filter((drop) => drop.page === undefined || drop.page === page)
    .filter((drop) => top >= drop.top - slack && top <= drop.bottom + slack)
    .map(({ fill }) => fill);
}

const LINE_SHARE = 1.2;
const LETTER_SHARE = 0.5;

/** Keeps by estimate where on the paper the reader has come. */
export type Pen = {
  spot: Spot;
  /** Text of a size, in a column so wide, moves the pen down. */
  readonly write: (chars: number, points: number, width: number) => void;
  readonly down: (points: number) => void;
  readonly turnPage: () => void;
};

/** @param isMarked whether the file says where pages ended when it was last laid out. */
export function createPen(paper: Paper, isMarked: boolean): Pen {
  const pen: Pen = {
    spot: { page: 0, top: paper.marginTop },
    write(chars, points, width) {
      const lines = Math.max(1, Math.ceil((chars * points * LETTER_SHARE) / Math.max(width, points)));
      pen.down(lines * points * LINE_SHARE);
    },
    down(points) {
      const top = pen.spot.top + points;
      if (!isMarked && top > paper.height - paper.marginBottom) pen.turnPage();
      else pen.spot = { ...pen.spot, top };
    },
    turnPage() {
      if (pen.spot.top > paper.marginTop) pen.spot = { page: pen.spot.page + 1, top: paper.marginTop };
    },
  };
  return pen;
}

const EMU_PER_POINT = 12_700;
export const pointsOfEmu = (emu: string | undefined): number => Number(emu ?? "0") / EMU_PER_POINT || 0;

const TWIPS_PER_POINT = 20;
export const pointsOfTwips = (twips: string | undefined, otherwise: number): number => {
  const points = Number(twips) / TWIPS_PER_POINT;
  return twips === undefined || Number.isNaN(points) ? otherwise : points;
};

const PER_UNIT: Record<string, number> = { pt: 1, in: 72, cm: 28.35, mm: 2.835, px: 0.75, "": 1 };

/** `12pt`, `0.5in` or `12.3mm` in points. */
export function pointsOfCss(length: string | undefined): number | undefined {
  const [, amount, unit = ""] = /^(-?[\d.]+)\s*([a-z]*)$/i.exec(length?.trim() ?? "") ?? [];
  return amount === undefined ? undefined : Number(amount) * (PER_UNIT[unit.toLowerCase()] ?? 1);
}
