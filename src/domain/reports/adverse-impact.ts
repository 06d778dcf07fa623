import { fisherExact } from "./fisher.ts";
import type { ImpactGroup } from "./report-rows.ts";
import type { Group } from "./suppress.ts";

const FOUR_FIFTHS = 0.8;

/**
 * Selection rates of groups, each compared with the highest. The comparison uses the four-fifths rule of 29 CFR
 * 1607.4(D) and Fisher's exact test, because a ratio of small groups means little by itself.
 */
export function adverseImpact(groups: readonly Group[]): ImpactGroup[] {
  const rate = (g: Group) => g.passed / g.decided;
  const top = groups.reduce((best, g) => (rate(g) > rate(best) ? g : best), groups[0] as Group);
  return groups.map((g) => {
    const ratio = rate(top) === 0 ? 1 : rate(g) / rate(top);
    const p =
      g === top ? null : fisherExact([g.passed, g.decided - g.passed, top.passed, top.decided - top.passed]);
    return {
      ...g,
      rate_percent: Math.round(rate(g) * 1_000) / 10,
      impact_ratio: Math.round(ratio * 100) / 100,
      below_four_fifths: ratio < FOUR_FIFTHS,
      fisher_p: p === null ? null : Math.round(p * 10_000) / 10_000,
    };
  });
}
