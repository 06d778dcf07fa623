import type { Places } from "../jurisdictions/place-names.ts";
import { type Adjustment, adjustmentFor, isAbroad } from "./pay-places.ts";
import type { BandEnd } from "./pay-position.ts";
import type { Level } from "./role.ts";
import type { RoleTemplate } from "./role-template.ts";

/** A step in computing a band. Both ends are ranges, in whole currency units a year. */
export type BandStep = {
  readonly step: string;
  readonly percent: { readonly from: number; readonly to: number } | null;
  readonly low: BandEnd;
  readonly high: BandEnd;
  readonly source: string;
};

export type Where = {
  readonly level: Level | null;
  readonly location: string | null;
  readonly remote: boolean;
};

/**
 * The steps from the national band of a level to the band of a place, shown one by one. Each step moves both ends by a
 * range of per cent. Remote work is adjusted from the band of the location's hub; without a hub, from the range over
 * all hubs. Empty when the template has no band for the level, or the place is abroad.
 */
export function bandSteps(
  places: Places,
  template: RoleTemplate,
  { level, location, remote }: Where,
): BandStep[] {
  const { salary } = template;
  if (isAbroad(places, template, location)) return [];
  const base = salary.levels.find((band) => band.id === level) ?? (level === null ? salary.range : undefined);
  if (!base) return [];
  const exact = (n: number) => ({ from: n, to: n });
  const what = level === null ? "national range, any level" : `national band, ${level}`;
  const national: BandStep = {
    step: what,
    percent: null,
    low: exact(base.low),
    high: exact(base.high),
    source: base.source,
  };
  const steps = [national];
  const move = (step: string, by: Omit<Adjustment, "id">) =>
    steps.push(moved(steps.at(-1) ?? national, step, by));
  const place = adjustmentFor(places, template, location);
  const away = remote ? salary.adjustments.find((a) => a.kind === "remote") : undefined;
  if (place) move(place.label, place);
  else if (away) {
    const hubs = salary.adjustments.filter((a) => a.kind === "location");
    if (hubs.length > 0) {
      const low_percent = Math.min(...hubs.map((a) => a.low_percent));
      const high_percent = Math.max(...hubs.map((a) => a.high_percent));
      move("a hub band, as the data has them", { ...away, low_percent, high_percent });
    }
  }
  if (away) move(away.label, away);
  return steps;
}

function moved(
  before: BandStep,
  step: string,
  { low_percent, high_percent, source }: Omit<Adjustment, "id">,
): BandStep {
  const by = (amount: number, percent: number) => Math.round((amount * (100 + percent)) / 100);
  const both = (end: BandStep["low"]) => ({ from: by(end.from, low_percent), to: by(end.to, high_percent) });
  return {
    step,
    percent: { from: low_percent, to: high_percent },
    low: both(before.low),
    high: both(before.high),
    source,
  };
}

/** The band after all steps, at its widest: from the lowest low to the highest high. Undefined for a place abroad. */
export function adjustedBand(
  places: Places,
  template: RoleTemplate,
  where: Where,
): { low: number; high: number; basis: string } | undefined {
  const steps = bandSteps(places, template, where);
  const end = steps.at(-1);
  if (!end) return undefined;
  return { low: end.low.from, high: end.high.to, basis: steps.map(({ step }) => step).join(", ") };
}
