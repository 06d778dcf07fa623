import type { SalaryAnswer } from "../answers/salary.ts";
import { linesOf, outline } from "./lines.ts";

/** The band at its widest and where an offer lies, then the figures that it comes from. */
export function salaryText({ template, level, band, position, notes, ...figures }: SalaryAnswer): string {
  return linesOf(
    band
      ? `${template}, ${level}: ${band.low} to ${band.high} ${band.currency} base a year (${band.year}), ` +
          `at its widest (${band.basis}).`
      : `${template}, ${level}: no band.`,
    position?.text,
    ...notes,
    ...Object.entries(figures).map(
      ([name, value]) =>
        value !== undefined &&
        (!Array.isArray(value) || value.length > 0) &&
        `${name}:${outline(value, "  ")}`,
    ),
  );
}
