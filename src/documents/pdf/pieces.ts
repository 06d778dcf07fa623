import type { Mark } from "./marks.ts";

/** A printed sign on its line: `left` and `right` along the line, `base` across it, growing downwards. */
export type Piece = {
  readonly mark: Mark;
  readonly letters: string | undefined;
  readonly left: number;
  readonly right: number;
  readonly base: number;
  readonly em: number;
  /** Whether a blank was drawn before it. */
  readonly spaced: boolean;
};

/** A stretch of a line without a gap as wide as one between columns. */
export type Segment = {
  readonly pieces: readonly Piece[];
  readonly left: number;
  readonly right: number;
  readonly base: number;
  readonly em: number;
};

const STRAIGHT_DEGREES = 10;
const STEP_DEGREES = 5;

/** The direction in which a sign is read, in degrees; what is nearly straight counts as straight. */
function directionOf({ glyph }: Mark): number {
  const degrees = (Math.atan2(glyph.across[1], glyph.across[0]) * 180) / Math.PI;
  const quarter = Math.round(degrees / 90) * 90;
  const direction =
    Math.abs(degrees - quarter) <= STRAIGHT_DEGREES
      ? quarter
      : Math.round(degrees / STEP_DEGREES) * STEP_DEGREES;
  return (direction + 360) % 360;
}

/** The segments of the text, by the direction of reading; the direction with the most text is the first. */
export function segmentsOf(marks: readonly Mark[]): Segment[][] {
  const directions = new Map<number, Mark[]>();
  let direction = 0;
  for (const mark of marks) {
    const { across, blank } = mark.glyph;
    // A sign without a width is read as the one before it.
    if (!blank && Math.hypot(...across) > 0) direction = directionOf(mark);
    const those = directions.get(direction);
    if (those) those.push(mark);
    else directions.set(direction, [mark]);
  }
  return [...directions]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([degrees, those]) => joined(chunksOf(piecesOf(those, (degrees * Math.PI) / 180))))
    .filter((segments) => segments.length > 0);
}

function piecesOf(marks: readonly Mark[], angle: number): Piece[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const pieces: Piece[] = [];
  let spaced = false;
  for (const mark of marks) {
    const { x, y, across, up, letters, blank, step } = mark.glyph;
    if (blank) {
      spaced = true;
      continue;
    }
    const left = x * cos + y * sin;
    const wide = (across[0] * cos + across[1] * sin) * step;
    pieces.push({
      ...{ mark, letters, spaced, em: Math.hypot(...up) || 1, base: y * cos - x * sin },
      ...{ left: Math.min(left, left + wide), right: Math.max(left, left + wide) },
    });
    spaced = false;
  }
  return pieces;
}

/** The gap between the signs of one segment, as parts of their height. */
const MAX_GAP_EMS = 1;
const MAX_OVERLAP_EMS = 0.5;
/** How far signs of one line may stand higher or lower, as 10² does. */
const RAISED_EMS = 0.45;
const LEVEL_EMS = 0.3;

function follows(last: Piece, next: Piece): boolean {
  const em = Math.max(last.em, next.em);
  const gap = next.left - last.right;
  return (
    Math.abs(next.base - last.base) <= RAISED_EMS * em &&
    gap < MAX_GAP_EMS * em &&
    gap > -MAX_OVERLAP_EMS * em
  );
}

/** Signs that were drawn one after the other along a line. */
function chunksOf(pieces: readonly Piece[]): Segment[] {
  const chunks: Piece[][] = [];
  let last: Piece | undefined;
  for (const piece of pieces) {
    if (last && follows(last, piece)) chunks.at(-1)?.push(piece);
    else chunks.push([piece]);
    last = piece;
  }
  return chunks.map(segment);
}

function segment(pieces: readonly Piece[]): Segment {
  let [left, right, em, base] = [Infinity, -Infinity, 0, 0];
  for (const piece of pieces) {
    left = Math.min(left, piece.left);
    right = Math.max(right, piece.right);
    if (piece.em > em) ({ em, base } = piece);
  }
  return { pieces, left, right, base, em };
}

export type Row<Each extends Segment = Segment> = { base: number; em: number; segments: Each[] };

/** Segments on the same line, the lines from the top down and each from its left. */
export function rowsOf<Each extends Segment>(segments: readonly Each[]): Row<Each>[] {
  const rows: Row<Each>[] = [];
  for (const each of [...segments].sort((a, b) => a.base - b.base)) {
    const row = rows.at(-1);
    if (row && Math.abs(each.base - row.base) <= LEVEL_EMS * Math.min(row.em, each.em))
      row.segments.push(each);
    else rows.push({ base: each.base, em: each.em, segments: [each] });
  }
  for (const row of rows) row.segments.sort((a, b) => a.left - b.left);
  return rows;
}

/** Joins what stands together on a line, in whatever order it was drawn. */
function joined(chunks: readonly Segment[]): Segment[] {
  return rowsOf(chunks).flatMap(({ segments }) => {
    const groups: Segment[][] = [];
    let right = -Infinity;
    for (const each of segments) {
      const gap = each.left - right;
      // What is printed over something else is a text of its own.
      const near = gap < MAX_GAP_EMS * each.em && gap > -MAX_OVERLAP_EMS * each.em;
      if (near) groups.at(-1)?.push(each);
      else groups.push([each]);
      right = Math.max(right, each.right);
    }
    return groups.map((group) =>
      group.length === 1 && group[0]
        ? group[0]
        : segment(group.flatMap(({ pieces }) => pieces).sort((a, b) => a.left - b.left)),
    );
  });
}
