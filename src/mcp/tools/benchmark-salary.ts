import * as z from "zod";
import { EVERYONE } from "../../domain/access.ts";
import { SalaryAnswer, salaryAnswer } from "../answers/salary.ts";
import { bandLevel as level, place, template } from "../params.ts";
import { salaryText } from "../text/salary.ts";
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
  output: SalaryAnswer,
  handle: async (input, { services }) => salaryAnswer(services.scoping.benchmark(input), input),
  text: salaryText,
});
