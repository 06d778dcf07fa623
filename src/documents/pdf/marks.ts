import type { Glyph, Run } from "./state.ts";
import { type Page, type Verdict, verdictsOf } from "./visible.ts";

/** A sign with the verdict on whether it is seen, and how many printed signs were drawn before it. */
export type Mark = {
  readonly glyph: Glyph;
  readonly run: Run;
  readonly verdict: Verdict;
  readonly order: number;
};

/** All signs of a page in their order of drawing. */
export function marksOf(runs: readonly Run[], page: Page): Mark[] {
  const marks: Mark[] = [];
  let order = 0;
  for (const run of runs) {
    const verdicts = verdictsOf(run, page);
    for (const [n, glyph] of run.glyphs.entries()) {
      const verdict = verdicts[n];
      if (verdict && !(run.inMask && verdict.why)) marks.push({ glyph, run, verdict, order });
      if (!glyph.blank) order += 1;
    }
  }
  return withoutDoubles(marks);
}

/** How near the same sign is drawn again for a shadow or for bold, as a part of its height. */
const DOUBLE_EMS = 0.1;

/** Leaves out what is drawn again at the same place, of which a person sees one. What is seen stays before what is not. */
function withoutDoubles(marks: readonly Mark[]): Mark[] {
  const placed = new Map<string, Mark[]>();
  const doubles = new Set<Mark>();
  const inOrder = [...marks].sort(
    (a, b) => Number(a.verdict.why !== undefined) - Number(b.verdict.why !== undefined),
  );
  for (const mark of inOrder) {
    const { x, y, up, letters, blank } = mark.glyph;
    if (blank) continue;
    const near = Math.min(CELL, Math.max(0.5, Math.hypot(...up) * DOUBLE_EMS));
    const cells = [-1, 0, 1].flatMap((column) =>
      [-1, 0, 1].map((row) => `${Math.floor(x / CELL) + column} ${Math.floor(y / CELL) + row} ${letters}`),
    );
    const isDouble = cells.some((cell) =>
      placed
        .get(cell)
        ?.some(
          ({ glyph, run }) =>
            run !== mark.run && Math.abs(glyph.x - x) < near && Math.abs(glyph.y - y) < near,
        ),
    );
    if (isDouble) doubles.add(mark);
    else {
      const cell = `${Math.floor(x / CELL)} ${Math.floor(y / CELL)} ${letters}`;
      placed.set(cell, [...(placed.get(cell) ?? []), mark]);
    }
  }
  return marks.filter((mark) => !doubles.has(mark));
}
const CELL = 8;

/** Signs that were drawn at once and have one verdict: a word or a line, as the writer of the file has it. */
export function stretchesOf(marks: readonly Mark[]): Mark[][] {
  const stretches: Mark[][] = [];
  let last: Mark | undefined;
  for (const mark of marks) {
    if (mark.glyph.blank) continue;
    if (last && last.run === mark.run && last.verdict.why === mark.verdict.why) stretches.at(-1)?.push(mark);
    else stretches.push([mark]);
    last = mark;
  }
  return stretches;
}
