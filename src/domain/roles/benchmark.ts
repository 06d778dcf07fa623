import { notAllowed } from "../errors.ts";
import { namesPlace, regionsOf } from "../jurisdictions/place.ts";
import { countryName, type Places } from "../jurisdictions/place-names.ts";
import { adjustmentFor, homeOf, isAbroad } from "./pay-places.ts";
import { positionIn, requirePay } from "./pay-position.ts";
import type { Level } from "./role.ts";
import type { RoleTemplate } from "./role-template.ts";
import { adjustedBand, bandSteps, type Where } from "./salary.ts";

export type BenchmarkInput = Where & {
  readonly level: Level;
  readonly offer_min?: number | undefined;
  readonly offer_max?: number | undefined;
  readonly currency?: string | undefined;
};

/**
 * What a level of a role is paid, step by step from the catalogue's figures, and where an offer lies. Nothing is
 * converted: another currency, or a place abroad, gets no band.
 * @throws DomainError as `requirePay`; `invalid` where a level has no band.
 */
export function benchmark(places: Places, template: RoleTemplate, input: BenchmarkInput) {
  const { salary, sources } = template;
  const offer = requirePay(input.offer_min, input.offer_max);
  const notes: string[] = salary.note === undefined ? [] : [salary.note];
  const sourcesOf = (ids: readonly string[]) => sources.filter((s) => ids.includes(s.id));
  const none = { band: null, adjustments: [], adjacent: salary.adjacent, reported: [], warnings: [] };
  if (salary.levels.length === 0) {
    notes.push(`There are no figures for ${template.title}: none are given rather than guessed.`);
    return { ...none, notes, sources: sourcesOf(salary.adjacent.map((a) => a.source)) };
  }
  const foreign = notHere(places, template, input);
  if (foreign !== undefined) return { ...none, adjacent: [], notes: [...notes, foreign], sources: [] };
  const steps = bandSteps(places, template, input);
  const end = steps[steps.length - 1];
  const band = adjustedBand(places, template, input);
  if (!end || !band)
    throw notAllowed(
      "level",
      input.level,
      salary.levels.map((l) => l.id),
    );
  const unknown = withoutFigure(places, template, input);
  if (unknown !== undefined) notes.push(unknown);
  const position = offer ? positionIn(end, offer.min, offer.max) : undefined;
  const total = salary.total_comp;
  const seniors = total ? (["senior", "staff"] as const).slice(total.from_level === "staff" ? 1 : 0) : [];
  const add = (amount: number, percent: number) => Math.round((amount * (100 + percent)) / 100);
  const used = [
    ...steps.map((s) => s.source),
    ...salary.adjacent.map((a) => a.source),
    ...salary.warnings.map((w) => w.source),
  ];
  return {
    band: {
      low: band.low,
      high: band.high,
      currency: salary.currency,
      year: salary.year,
      basis: band.basis,
      low_end: end.low,
      high_end: end.high,
    },
    adjustments: steps,
    ...(total && seniors.some((level) => level === input.level)
      ? {
          total_comp: {
            low: add(band.low, total.low_percent),
            high: add(band.high, total.high_percent),
            percent: { from: total.low_percent, to: total.high_percent },
            note: total.note,
          },
        }
      : {}),
    ...(position ? { position } : {}),
    adjacent: salary.adjacent,
    reported: salary.reported,
    warnings:
      position && ["in", "above", "ends_above"].includes(position.reading) && !isNarrow(band, offer)
        ? []
        : salary.warnings.map((w) => w.text),
    notes,
    sources: sourcesOf([...used, ...salary.reported.map((r) => r.source)]),
  };
}

/** Why there is no band: another currency, or another country, is another market. */
function notHere(
  places: Places,
  template: RoleTemplate,
  { currency, location }: BenchmarkInput,
): string | undefined {
  const { salary } = template;
  const home = homeOf(template);
  const here = home === null ? salary.currency : `${salary.currency} for ${inWords(home)}`;
  if (currency !== undefined && currency !== salary.currency)
    return `There are no figures in ${currency}, only in ${here}. They are not converted: pay abroad is another market, not another unit.`;
  if (location === null || !isAbroad(places, template, location)) return undefined;
  const countries = new Set(regionsOf(places, location).map(({ country }) => inWords(country)));
  return `There are no figures for ${[...countries].join(" or ")}, only in ${here}. The band of one country is not given for another: pay abroad is another market.`;
}

const inWords = (country: string): string => (country === "US" ? "the United States" : countryName(country));

/** What the band stands on where a place is named that the figures do not know. */
function withoutFigure(
  places: Places,
  template: RoleTemplate,
  { location, remote }: BenchmarkInput,
): string | undefined {
  if (location === null || !namesPlace(places, location) || adjustmentFor(places, template, location))
    return undefined;
  const [region, ...more] = regionsOf(places, location);
  const whole = region && more.length === 0 && region.state === undefined && region.city === undefined;
  if (whole) return undefined;
  const { adjustments } = template.salary;
  const hubs = adjustments.filter((a) => a.kind === "location").map((a) => a.label);
  const home = homeOf(template);
  const national = `this is the national band${home === null ? "" : ` of ${inWords(home)}`}`;
  const counted = remote && hubs.length > 0 && adjustments.some((a) => a.kind === "remote");
  const basis = counted ? "remote work is counted against the hubs that have one, all together" : national;
  return `There is no figure for ${JSON.stringify(location)}: ${basis}.${hubs.length > 0 ? ` Places with one: ${hubs.join("; ")}.` : ""}`;
}

/** A range of less than a third of the band is what the catalogue's warning is about. */
function isNarrow(
  band: { low: number; high: number },
  offer: { min: number; max: number } | undefined,
): boolean {
  if (!offer || offer.min === offer.max) return false;
  return (offer.max - offer.min) * 3 < band.high - band.low;
}
