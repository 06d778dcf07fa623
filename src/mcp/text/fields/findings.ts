// The sentences that an answer with findings carries as fields.

import type { Finding } from "../../../domain/role-check/finding.ts";
import type { Forecast } from "../../../domain/role-check/forecast.ts";

/** Which call helps to fix what a rule finds. */
const HELP: Readonly<Record<string, string>> = {
  lane_missing: "get_role_template (section lanes) says what each does.",
  comp_missing: "benchmark_salary gives the band, where it has figures for the place.",
  comp_below_band: "benchmark_salary shows each step of the band.",
  comp_by_title: "benchmark_salary gives its band.",
};

export const fixText = ({ rule, fix }: Finding): string =>
  HELP[rule] === undefined ? fix : `${fix} ${HELP[rule]}`;

/** How the weeks of a forecast were come by. */
export function forecastText({ because, rules, clean, mis_scoped, source }: Forecast): string {
  const figures =
    `clean searches close in ${clean.low_weeks} to ${clean.high_weeks} weeks, ` +
    `mis-scoped ones in ${mis_scoped.low_weeks} to ${mis_scoped.high_weeks} or longer (${source})`;
  switch (because) {
    case "errors":
      return `Mis-scoped by ${rules.join(", ")}; ${figures}.`;
    case "warnings":
      return `No error of scope, but ${rules.join(", ")}: counted from the clean low to the mis-scoped low; ${figures}.`;
    case "nothing":
      return `Nothing found that drags a search; ${figures}.`;
  }
}
