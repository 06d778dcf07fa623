import type { Unclear } from "../../../domain/transfer/imported.ts";

/** Collects what is told of rows; the same of many rows is one line. */
export type Report = {
  /** `field` is the column as the sheet names it, `value` what stands in the cell. */
  readonly tell: (
    row: number,
    why: string,
    cell?: { readonly field: string; readonly value?: string },
  ) => void;
  readonly tellOf: (unclear: Unclear) => void;
  readonly unclear: () => readonly Unclear[];
};

type Told = {
  readonly rows: number[];
  readonly why: string;
  readonly field?: string;
  readonly value?: string;
};

const MAX_VALUE_CHARS = 60;
const MAX_RANGES = 30;

export function createReport(): Report {
  const ofRows = new Map<string, Told>();
  const others: Unclear[] = [];
  return {
    tell: (row, why, cell) => {
      const key = `${cell?.field ?? ""}\n${why}`;
      const told = ofRows.get(key);
      if (told === undefined) ofRows.set(key, { rows: [row], why, ...cell });
      else if (told.rows.at(-1) !== row) told.rows.push(row);
    },
    tellOf: (unclear) => others.push(unclear),
    unclear: () => [
      ...others,
      ...[...ofRows.values()].map(({ rows, why, field, value }) => ({
        where: rowsText(rows),
        ...(field !== undefined && { field }),
        why: value === undefined ? why : `${rows.length > 1 ? "such as " : ""}${quoted(value)}: ${why}`,
      })),
    ],
  };
}

/** Words of the sheet as they may stand in a message. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS)}…` : text);

/** `row 5`, or `rows 2-4, 9`. */
export function rowsText(rows: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const row of rows) {
    const range = ranges.at(-1);
    if (range !== undefined && row === range[1] + 1) range[1] = row;
    else ranges.push([row, row]);
  }
  const shown = ranges.slice(0, MAX_RANGES);
  const texts = shown.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const unshown = rows.length - shown.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const more = unshown === 0 ? "" : ` and ${unshown} more`;
  return `${rows.length === 1 ? "row" : "rows"} ${texts.join(", ")}${more}`;
}
