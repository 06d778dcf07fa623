import type { RoleTemplate } from "../roles/role-template.ts";
import type { Finding } from "./finding.ts";

/** How long a search is likely to take, and by which rule. */
export type Forecast = { readonly low: number; readonly high: number; readonly how: string };

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
  const told = `clean searches close in ${clean.low_weeks} to ${clean.high_weeks} weeks, mis-scoped ones in ${mis_scoped.low_weeks} to ${mis_scoped.high_weeks} or longer (${source})`;
  const bearing = findings.filter((f) => scoping.has(f.rule));
  const errors = bearing.filter((f) => f.severity === "error");
  const names = (list: readonly Finding[]) => [...new Set(list.map((f) => f.rule))].join(", ");
  if (errors.length > 0)
    return {
      low: mis_scoped.low_weeks,
      high: mis_scoped.high_weeks,
      how: `Mis-scoped by ${names(errors)}; ${told}.`,
    };
  const warnings = bearing.filter((f) => f.severity === "warning");
  if (warnings.length > 0)
    return {
      low: clean.low_weeks,
      high: mis_scoped.low_weeks,
      how: `No error of scope, but ${names(warnings)}: counted from the clean low to the mis-scoped low; ${told}.`,
    };
  return { low: clean.low_weeks, high: clean.high_weeks, how: `Nothing found that drags a search; ${told}.` };
}
