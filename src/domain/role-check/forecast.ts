import type { RoleTemplate } from "../roles/role-template.ts";
import type { Finding } from "./finding.ts";

type Figures = NonNullable<RoleTemplate["time_to_fill"]>;

/** How many weeks a search is likely to take, and why. */
export type Forecast = {
  readonly low: number;
  readonly high: number;
  /** What decides: the worst that was found about the scope. */
  readonly because: "errors" | "warnings" | "nothing";
  /** The rules that found it. */
  readonly rules: readonly string[];
  readonly clean: Figures["clean"];
  readonly mis_scoped: Figures["mis_scoped"];
  /** Name of the source of the figures. */
  readonly source: string;
};

/**
 * Weeks to fill, from the findings that bear on scope: none, the clean range of the template; an error, the mis-scoped
 * one; warnings only, from the clean low to where the mis-scoped range begins. Null where the template has no figures.
 */
export function forecastWeeks(
  template: RoleTemplate,
  findings: readonly Finding[],
  scoping: ReadonlySet<string>,
): Forecast | null {
  const figures = template.time_to_fill;
  if (!figures) return null;
  const { clean, mis_scoped } = figures;
  const source = template.sources.find((s) => s.id === figures.source)?.name ?? figures.source;
  const rulesOf = (severity: Finding["severity"]) => [
    ...new Set(findings.filter((f) => scoping.has(f.rule) && f.severity === severity).map((f) => f.rule)),
  ];
  const [errors, warnings] = [rulesOf("error"), rulesOf("warning")];
  const basis = { clean, mis_scoped, source };
  if (errors.length > 0)
    return {
      low: mis_scoped.low_weeks,
      high: mis_scoped.high_weeks,
      because: "errors",
      rules: errors,
      ...basis,
    };
  if (warnings.length > 0)
    return {
      low: clean.low_weeks,
      high: mis_scoped.low_weeks,
      because: "warnings",
      rules: warnings,
      ...basis,
    };
  return { low: clean.low_weeks, high: clean.high_weeks, because: "nothing", rules: [], ...basis };
}
