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
  const block = parts.length > MAX_PARTS ? undefined : (evenColumnsIn(rows) ?? pairIn(parts, rows));
  if (!block) return rows.map(({ segments }) => segments.map(({ text }) => text).join(" "));
  const [first, last] = block.rows;
  return [
    ...linesOf(partsOf(rows.slice(0, first))),
    ...block.columns.flatMap(linesOf),
    ...linesOf(partsOf(rows.slice(last + 1))),
  ];
}

const partsOf = (rows: readonly PartRow[]): Part[] => rows.flatMap(({ segments }) => segments);

/** Columns side by side, from the left, and the first and the last of the rows that they take up. */
type Block = { readonly rows: readonly [first: number, last: number]; readonly columns: readonly Part[][] };

function pairIn(parts: readonly Part[], rows: readonly PartRow[]): Block | undefined {
  const pair = columnsIn(parts, rows);
  return pair && { rows: pair.rows, columns: [[...pair.left], [...pair.right]] };
}

/** Three columns or more as wide as each other, which a program has filled with one text. */
function evenColumnsIn(rows: readonly PartRow[]): Block | undefined {
  for (const [n, { segments }] of rows.entries()) {
    const edges = segments.map(({ left }) => left);
    if (!isEvenlySpaced(edges)) continue;
    const block = blockFrom(n, rows, edges);
    if (block?.columns.every((left, k) => areBeside(left, block.columns[k + 1]))) return block;
  }
  return undefined;
}

const areBeside = (left: readonly Part[], right: readonly Part[] | undefined): boolean =>
  right === undefined || areColumns({ left, right });

function isEvenlySpaced(edges: readonly number[]): boolean {
  const steps = edges.slice(1).map((edge, n) => edge - (edges[n] ?? edge));
  return steps.length > 1 && Math.max(...steps) - Math.min(...steps) <= EDGE;
}

/** How much wider than between lines the gap above and below columns is. */
const APART = 1.3;

/** The rows of columns from the first of them down, if they stand apart from what is above and below. */
function blockFrom(first: number, rows: readonly PartRow[], edges: readonly number[]): Block | undefined {
  const end = rows.findIndex(
    (row, n) => n > first && !row.segments.every((part) => columnOf(part, edges) >= 0),
  );
  const candidates = rows.slice(first, end === -1 ? undefined : end);
  const gaps = candidates.slice(1).map(({ base }, n) => base - (candidates[n]?.base ?? base));
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const isApart = (n: number) => {
    const [above, below] = [rows[n - 1], rows[n]];
    return above === undefined || below === undefined || below.base - above.base > usual * APART;
  };
  let last = first + candidates.findLastIndex(({ segments }) => segments.length > 1);
  // The first column may be a line longer than the others.
  if (last + 1 < first + candidates.length && !isApart(last + 1)) last += 1;
  if (!isApart(first) || !isApart(last + 1)) return undefined;
  const parts = partsOf(rows.slice(first, last + 1));
  return {
    rows: [first, last],
    columns: edges.map((_, column) => parts.filter((part) => columnOf(part, edges) === column)),
  };
}

/** The number of the column that a part stands in, or -1. */
function columnOf({ left, right, em }: Part, edges: readonly number[]): number {
  const column = edges.findLastIndex((edge) => left >= edge - EDGE);
  const next = edges[column + 1];
  return next === undefined || right <= next - GUTTER_EMS * Math.min(em, 12) ? column : -1;
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
function areColumns({ left, right }: Pick<Columns, "left" | "right">): boolean {
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
