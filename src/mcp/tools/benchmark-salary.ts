import * as z from "zod";
import { level, place, template } from "../params.ts";
import { linesOf, outline } from "../text.ts";
import { defineTool } from "../tool.ts";

const money = z.number().int().optional();

export const benchmarkSalary = defineTool({
  name: "benchmark_salary",
  title: "Benchmark pay",
  description:
    "What a level of a role is paid, step by step with sources, and where an offer or range lies against it. " +
    "Whole currency units a year; nothing is converted.",
  toolset: "roles",
  effect: "read",
  input: z.strictObject({
    template,
    level,
    location: place.optional(),
    remote: z.boolean().optional(),
    offer_min: money,
    offer_max: money,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "three capital letters, such as USD")
      .optional(),
  }),
  output: z.object({
    template: z.string(),
    level: z.string(),
    band: z
      .looseObject({ low: z.number(), high: z.number(), currency: z.string(), basis: z.string() })
      .nullable(),
    adjustments: z.array(z.looseObject({ step: z.string() })),
    total_comp: z.looseObject({ low: z.number(), high: z.number() }).optional(),
    position: z.looseObject({ reading: z.string(), text: z.string() }).optional(),
    adjacent: z.array(z.unknown()),
    reported: z.array(z.unknown()),
    warnings: z.array(z.string()),
    notes: z.array(z.string()),
    sources: z.array(z.unknown()),
  }),
  handle: ({ location, remote, ...rest }, { services, caller }) =>
    services.scoping.benchmark(caller, { ...rest, location: location ?? null, remote: remote ?? false }),
  text: ({ template: id, level: at, band, adjustments, total_comp, position, warnings, notes, ...more }) =>
    linesOf(
      band
        ? `${id}, ${at}: ${band.low} to ${band.high} ${band.currency} base a year, at its widest (${band.basis}).`
        : `${id}, ${at}: no band.`,
      adjustments.length > 0 && `Step by step:${outline(adjustments)}`,
      total_comp && `Total compensation: ${total_comp.low} to ${total_comp.high}. ${String(total_comp.note)}`,
      position?.text,
      ...warnings.map((w) => `Warning: ${w}`),
      ...notes,
      ...Object.entries(more).map(
        ([name, value]) => Array.isArray(value) && value.length > 0 && `${name}:${outline(value)}`,
      ),
    ),
});
