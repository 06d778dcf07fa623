import * as z from "zod";
import { pluralize } from "../pluralize.ts";

export const REPORTS = [
  "funnel",
  "time_in_stage",
  "time_to_fill",
  "sources",
  "owed",
  "agreement",
  "impact",
] as const;
export type ReportName = (typeof REPORTS)[number];

/** A report that would be about fewer says so instead: a share of four people is an anecdote. */
export const LEAST = 5;

/** What every report says beside its figures. */
export const Report = z.object({
  report: z.enum(REPORTS),
  role: z.string().nullable(),
  /** What is counted in, by day; `from` null is from the beginning, or where a first day does not apply. */
  period: z.object({ from: z.string().nullable(), to: z.string(), of: z.string() }),
  /** From when to when each time is measured, or what each share is a share of. */
  clock: z.string(),
  /** How many the report is about. */
  n: z.number(),
  enough: z.boolean(),
  rows: z.array(z.record(z.string(), z.unknown())),
  notes: z.array(z.string()),
});
export type Report = z.infer<typeof Report>;
export type Row = Record<string, unknown>;

/** The body of a report, before it is told which period and role it is of. */
export type Body = Omit<Report, "report" | "role" | "period"> & {
  readonly of: string;
  /** Set by a report of how things stand now, which no first day narrows. */
  readonly timeless?: true;
};

/** What a report says that would be about too few. */
export const tooFew = (n: number, one: string, many?: string): string =>
  `Insufficient data: ${pluralize(n, one, many)}, and at least ${LEAST} are needed.`;

/** A share to a tenth of a per cent; null of too few. */
export const percent = (part: number, whole: number): number | null =>
  whole < LEAST ? null : Math.round((part / whole) * 1_000) / 10;

/** What a row about too few says beside its counts, where a share or a median would stand; nothing where there are enough. */
export const noteFew = (n: number): { readonly note?: string } =>
  n < LEAST ? { note: `insufficient data: under ${LEAST}` } : {};
