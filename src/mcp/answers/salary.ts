import * as z from "zod";
import type { Benchmark } from "../../domain/roles/benchmark.ts";
import { Level } from "../../domain/roles/role.ts";
import { WrittenTemplate } from "../../domain/roles/role-template.ts";
import type { LevelBenchmark } from "../../services/roles/benchmark-salary.ts";
import { noteText, positionText } from "../text/fields/salary.ts";
import type { Answer } from "./answer.ts";
import { omitEmpty } from "./omit-empty.ts";

const Range = z.object({ from: z.number(), to: z.number() });
const { sources } = WrittenTemplate.shape;
const { adjacent, reported } = WrittenTemplate.shape.salary.unwrap().shape;

const Band = z.object({
  low: z.number(),
  high: z.number(),
  currency: z.string(),
  year: z.number().optional(),
  basis: z.string(),
  low_end: Range,
  high_end: Range,
});

/** Pay for a level, in whole currency units a year, and the position of an offer. */
export const SalaryAnswer = z.object({
  template: z.string(),
  level: Level,
  band: Band.nullable(),
  adjustments: z
    .array(
      z.object({ step: z.string(), percent: Range.nullable(), low: Range, high: Range, source: z.string() }),
    )
    .optional(),
  total_comp: z.object({ low: z.number(), high: z.number(), percent: Range, note: z.string() }).optional(),
  position: z
    .object({
      reading: z.enum(["below", "starts_below", "in", "ends_above", "wider", "above"]),
      below_by: z.number(),
      above_by: z.number(),
      uncertain: z.array(z.enum(["low_end", "high_end"])),
      text: z.string(),
    })
    .optional(),
  adjacent: adjacent.unwrap().optional(),
  reported: reported.unwrap().optional(),
  warnings: z.array(z.string()).optional(),
  notes: z.array(z.string()),
  sources: sources.optional(),
});
export type SalaryAnswer = Answer<typeof SalaryAnswer>;

export function salaryAnswer(
  { level, band, position, notes, ...figures }: LevelBenchmark,
  request: { readonly template: string },
): SalaryAnswer {
  return {
    template: request.template,
    level,
    band,
    ...omitEmpty(figures, {
      adjustments: true,
      adjacent: true,
      reported: true,
      warnings: true,
      sources: true,
    }),
    ...(band && position && { position: positionAnswer(position, band) }),
    notes: notes.map(noteText),
  };
}

function positionAnswer(
  position: NonNullable<Benchmark["position"]>,
  band: NonNullable<Benchmark["band"]>,
): NonNullable<SalaryAnswer["position"]> {
  const { reading, below_by, above_by, uncertain } = position;
  return {
    reading,
    below_by,
    above_by,
    uncertain: [...new Set(uncertain.map(({ end }) => end))],
    text: positionText(position, band),
  };
}
