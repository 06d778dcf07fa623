import { type Row, rowsOf, type Segment } from "./pieces.ts";

/** A segment with its text, which says whether it is a label, a date or a sentence that goes on. */
export type Part = Segment & {
  readonly text: string;
  readonly isBold: boolean;
  readonly from: number;
  readonly to: number;
};

type PartRow = Row<Part>;

const MAX_PARTS = 3_000;
/** The narrowest gap between columns, as a part of the height of the text. */
const GUTTER_EMS = 1;
const EDGE = 2;

/**
 * The lines of a page as they are read: columns one after the other, and within a column from the top down. What only
 * looks like columns, dates or labels beside their entries, is read row by row.
 */
export function linesOf(parts: readonly Part[]): string[] {
  const rows = rowsOf(parts);
  const found = parts.length > MAX_PARTS ? undefined : columnsIn(parts, rows);
  if (!found) return rows.map(({ segments }) => segments.map(({ text }) => text).join(" "));
  const [first, last] = found.rows;
  const all = (some: readonly PartRow[]) => some.flatMap(({ segments }) => segments);
  return [
    ...linesOf(all(rows.slice(0, first))),
    ...linesOf(found.left),
    ...linesOf(found.right),
    ...linesOf(all(rows.slice(last + 1))),
  ];
}

type Columns = {
  readonly rows: readonly [first: number, last: number];
  readonly left: readonly Part[];
  readonly right: readonly Part[];
};

/** The pair of columns with the most lines side by side, and of such the one that holds the most. */
function columnsIn(parts: readonly Part[], rows: readonly PartRow[]): Columns | undefined {
  const edges = [...new Set(parts.map(({ left }) => Math.round(left)))];
  let best: Columns | undefined;
  let most = 0;
  for (const edge of edges)
    for (const columns of besideEdge(rows, edge)) {
      const lines = Math.min(rowsOf(columns.left).length, rowsOf(columns.right).length);
      const holds = lines + (columns.left.length + columns.right.length) / (parts.length + 1);
      if (holds > most && areColumns(columns)) [best, most] = [columns, holds];
    }
  return best;
}

/** The stretches of rows in which nothing stands across the gap to the left of an edge. */
function besideEdge(rows: readonly PartRow[], edge: number): Columns[] {
  const stretches: Columns[] = [];
  let first = 0;
  const close = (next: number) => {
    const end = first + withoutDates(rows.slice(first, next), edge).length;
    const segments = rows.slice(first, end).flatMap((row) => row.segments);
    const [left, right] = [
      segments.filter((part) => part.left < edge - EDGE),
      segments.filter((part) => part.left >= edge - EDGE),
    ];
    if (left.length > 1 && right.length > 1) stretches.push({ rows: [first, end - 1], left, right });
    first = next + 1;
  };
  for (const [n, { segments }] of rows.entries()) {
    const crosses = segments.some(
      ({ left, right, em }) => left < edge - EDGE && right > edge - GUTTER_EMS * Math.min(em, 12),
    );
    if (crosses) close(n);
  }
  close(rows.length);
  return stretches;
}

const FAR_EMS = 2.5;

/** Rows up to the last that belongs to a column on the right, without dates that stand beside entries far below it. */
function withoutDates(rows: readonly PartRow[], edge: number): readonly PartRow[] {
  const sides = rows.flatMap((row, n) => {
    const right = row.segments.filter(({ left }) => left >= edge - EDGE);
    if (right.length === 0) return [];
    return [
      { n, row, isDate: right.length < row.segments.length && isLabels([{ ...row, segments: right }]) },
    ];
  });
  const last = sides.findLastIndex(({ isDate }) => !isDate);
  const [kept, next] = [sides[last], sides[last + 1]];
  const isFar = kept && next && next.row.base - kept.row.base > FAR_EMS * next.row.em;
  return isFar ? rows.slice(0, kept.n + 1) : rows;
}

const MIN_LINES = 2;
const MIN_LEVEL_LINES = 3;
const LEVEL_SHARE = 0.7;
const LABEL_SHARE = 0.6;
const SPARSE_SHARE = 0.6;

/** Whether two sides are columns to be read one after the other, rather than the cells of rows. */
function areColumns({ left, right }: Columns): boolean {
  const [leftRows, rightRows] = [rowsOf(left), rowsOf(right)];
  const [few, many] = leftRows.length <= rightRows.length ? [leftRows, rightRows] : [rightRows, leftRows];
  if (few.length < MIN_LINES) return false;
  const isLevel = ({ base, em }: PartRow) => many.some((row) => Math.abs(row.base - base) <= em * LEVEL_EMS);
  const level = few.filter(isLevel).length / few.length;
  if (level < LEVEL_SHARE)
    return !isLabels(few) && (few.length >= MANY_LINES || (isEven(leftRows) && isEven(rightRows)));
  if (few.length < MIN_LEVEL_LINES || isLabels(few) || isLabels(many)) return false;
  if (isFlushRight(leftRows) || isFlushRight(rightRows) || isSparse(few, many)) return false;
  if (isBold(leftRows) && !isBold(rightRows)) return false;
  return !isDrawnByRow(leftRows, rightRows) || goesOn(leftRows) || goesOn(rightRows);
}
const LEVEL_EMS = 0.35;

const textOf = ({ segments }: PartRow): string => segments.map(({ text }) => text).join(" ");
const LABEL = /^\P{L}{0,3}$|:$|^\(?\d{1,3}[.)]$|(?<!\d)(19|20)\d\d(?!\d)|^\P{L}*\d\P{L}*$/u;
const MAX_LABEL_CHARS = 32;

/** Bullets, numbers, dates and words with a colon, which stand beside what they belong to. */
const isLabels = (rows: readonly PartRow[]): boolean =>
  rows.filter((row) => textOf(row).length <= MAX_LABEL_CHARS && LABEL.test(textOf(row))).length >=
  rows.length * LABEL_SHARE;

const FLUSH_SHARE = 0.8;
const FLUSH = 3;

/** How many of the places are the usual one, as a share. */
function share(places: readonly number[]): number {
  const usual = [...places].sort((a, b) => a - b)[Math.floor(places.length / 2)] ?? 0;
  return places.filter((place) => Math.abs(place - usual) <= FLUSH).length / places.length;
}

const startsOf = (rows: readonly PartRow[]) => rows.map(({ segments }) => segments[0]?.left ?? 0);
const endsOf = (rows: readonly PartRow[]) => rows.map(({ segments }) => segments.at(-1)?.right ?? 0);

/** Whether the lines of a column have an edge or a middle in common, as those of a column do. */
function isEven(rows: readonly PartRow[]): boolean {
  const [starts, ends] = [startsOf(rows), endsOf(rows)];
  const middles = starts.map((start, n) => (start + (ends[n] ?? start)) / 2);
  return [starts, ends, middles].some((places) => share(places) > EVEN_SHARE);
}
const EVEN_SHARE = 0.5;
/** That many lines on both sides that are not level are no accident, whatever their edges. */
const MANY_LINES = 5;

/** Whether lines end at one edge and do not start at one. */
const isFlushRight = (rows: readonly PartRow[]): boolean =>
  share(endsOf(rows)) >= FLUSH_SHARE && share(startsOf(rows)) < LABEL_SHARE;

/** Whether lines stand far apart beside lines that do not. */
function isSparse(few: readonly PartRow[], many: readonly PartRow[]): boolean {
  const [top, bottom] = [few[0]?.base ?? 0, few.at(-1)?.base ?? 0];
  const beside = many.filter(({ base, em }) => base >= top - em && base <= bottom + em).length;
  return few.length <= beside * SPARSE_SHARE;
}

const isBold = (rows: readonly PartRow[]): boolean =>
  rows.every(({ segments }) => segments.every((part) => part.isBold));

/** Whether each line on the right was drawn straight after the one to its left. */
function isDrawnByRow(left: readonly PartRow[], right: readonly PartRow[]): boolean {
  const pairs = left.flatMap((row) => {
    const other = right.find(({ base }) => Math.abs(base - row.base) <= row.em * LEVEL_EMS);
    return other ? [[row.segments.at(-1)?.to ?? 0, other.segments[0]?.from ?? 0] as const] : [];
  });
  return (
    pairs.filter(([end, start]) => start > end && start - end < NEXT_SIGNS).length >
    pairs.length * LABEL_SHARE
  );
}
const NEXT_SIGNS = 8;

/** Whether a sentence goes on from one line to the next. Cells of a word or two begin with small letters, too. */
const goesOn = (rows: readonly PartRow[]): boolean =>
  rows.some((row, n) => {
    const next = rows[n + 1];
    return next !== undefined && /^\p{Ll}/u.test(textOf(next)) && textOf(row).split(" ").length >= MIN_WORDS;
  });
const MIN_WORDS = 3;
