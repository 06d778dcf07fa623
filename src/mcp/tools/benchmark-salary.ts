import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { level, place, template } from "../params.ts";
import { linesOf, outline } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

const money = z.number().int().optional();

export const benchmarkSalary = defineTool({
  name: "benchmark_salary",
  title: "Benchmark pay",
  description:
    "What a level of a role is paid, step by step with sources, and where an offer or range lies against it. " +
    "Whole currency units a year; nothing is converted.",
  toolset: "roles",
  access: EVERYONE,
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
  output: z.looseObject({
    band: z.looseObject({ low: z.number(), high: z.number(), currency: z.string() }).nullable(),
    adjustments: z.array(z.unknown()),
    position: z.looseObject({ text: z.string() }).optional(),
    notes: z.array(z.string()),
  }),
  handle: ({ location, remote, ...rest }, { services }) =>
    services.scoping.benchmark({ ...rest, location: location ?? null, remote: remote ?? false }),
  text(answer) {
    const { template: id, level: at, band, notes, ...rest } = answer;
    const { position, ...more } = { position: undefined, ...rest };
    return linesOf(
      band
        ? `${String(id)}, ${String(at)}: ${band.low} to ${band.high} ${band.currency} base a year, at its widest (${String(band.basis)}).`
        : `${String(id)}, ${String(at)}: no band.`,
      position?.text,
      ...notes,
      ...Object.entries(more).map(([name, value]) => isFilled(value) && `${name}:${outline(value, "  ")}`),
    );
  },
});

const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
