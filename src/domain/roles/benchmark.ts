import { notAllowed } from "../errors.ts";
import { namesPlace, regionsOf } from "../jurisdictions/place.ts";
import type { Places } from "../jurisdictions/place-names.ts";
import { adjustmentFor, homeOf, isAbroad } from "./pay-places.ts";
import { type BandEnd, type PayPosition, positionIn, requirePay } from "./pay-position.ts";
import type { Level } from "./role.ts";
import type { RoleTemplate } from "./role-template.ts";
import { adjustedBand, type BandStep, bandSteps, type Where } from "./salary.ts";

export type BenchmarkInput = Where & {
  readonly level: Level;
  readonly offer_min?: number | undefined;
  readonly offer_max?: number | undefined;
  readonly currency?: string | undefined;
};

/** The market that the figures are for: a currency, and the ISO code of a country if the template names one. */
type Market = { readonly currency: string; readonly country: string | null };

/** A remark on a benchmark, or the reason why there is none. */
export type BenchmarkNote =
  | { readonly about: "template"; readonly text: string }
  | { readonly about: "no_figures"; readonly title: string }
  | { readonly about: "other_currency"; readonly currency: string; readonly market: Market }
  | { readonly about: "abroad"; readonly countries: readonly string[]; readonly market: Market }
  | {
      readonly about: "unknown_place";
      readonly location: string;
      /** What the band is based on instead: all places with a figure together, or the whole country. */
      readonly basis: "hubs" | "national";
      readonly market: Market;
      /** Places that have a figure. */
      readonly hubs: readonly string[];
    };

type Salary = RoleTemplate["salary"];

/** Pay for a level, in whole currency units a year. */
export type Benchmark = {
  readonly band: {
    readonly low: number;
    readonly high: number;
    readonly currency: string;
    readonly year?: number;
    readonly basis: string;
    readonly low_end: BandEnd;
    readonly high_end: BandEnd;
  } | null;
  readonly adjustments: readonly BandStep[];
  readonly total_comp?: {
    readonly low: number;
    readonly high: number;
    readonly percent: { readonly from: number; readonly to: number };
    readonly note: string;
  };
  readonly position?: PayPosition;
  readonly adjacent: Salary["adjacent"];
  readonly reported: Salary["reported"];
  readonly warnings: readonly string[];
  readonly notes: readonly BenchmarkNote[];
  readonly sources: RoleTemplate["sources"];
};

/**
 * Pay for a level of a role, computed step by step from the catalogue's figures, and the position of an offer. Nothing
 * is converted, so another currency or a place abroad has no band.
 * @throws DomainError as `requirePay`; `invalid` where a level has no band.
 */
export function benchmark(places: Places, template: RoleTemplate, input: BenchmarkInput): Benchmark {
  const { salary } = template;
  const offer = requirePay(input.offer_min, input.offer_max);
  const notes: BenchmarkNote[] = salary.note === undefined ? [] : [{ about: "template", text: salary.note }];
  if (salary.levels.length === 0) {
    notes.push({ about: "no_figures", title: template.title });
    return withoutBand(template, notes, salary.adjacent);
  }
  const elsewhere = otherMarket(places, template, input);
  if (elsewhere) return withoutBand(template, [...notes, elsewhere], []);
  const steps = bandSteps(places, template, input);
  const end = steps.at(-1);
  const band = adjustedBand(places, template, input);
  if (!end || !band)
    throw notAllowed(
      "level",
      input.level,
      salary.levels.map((l) => l.id),
    );
  const unknownPlace = withoutFigure(places, template, input);
  const position = offer && positionIn(end, offer.min, offer.max);
  const total = totalComp(template, input.level, band);
  return {
    band: {
      low: band.low,
      high: band.high,
      currency: salary.currency,
      ...(salary.year !== undefined && { year: salary.year }),
      basis: band.basis,
      low_end: end.low,
      high_end: end.high,
    },
    adjustments: steps,
    ...(total && { total_comp: total }),
    ...(position && { position }),
    adjacent: salary.adjacent,
    reported: salary.reported,
    warnings:
      position && isFair(position) && !isNarrow(band, offer) ? [] : salary.warnings.map((w) => w.text),
    notes: unknownPlace ? [...notes, unknownPlace] : notes,
    sources: sourcesOf(template, steps, salary.adjacent, salary.warnings, salary.reported),
  };
}

const withoutBand = (
  template: RoleTemplate,
  notes: readonly BenchmarkNote[],
  adjacent: Salary["adjacent"],
): Benchmark => ({
  band: null,
  adjustments: [],
  adjacent,
  reported: [],
  warnings: [],
  notes,
  sources: sourcesOf(template, adjacent),
});

/** The sources of the given figures. */
function sourcesOf({ sources }: RoleTemplate, ...figures: (readonly { readonly source: string }[])[]) {
  const used = new Set(figures.flat().map(({ source }) => source));
  return sources.filter(({ id }) => used.has(id));
}

/** Pay with bonus and equity, for levels that have such figures in the template. */
function totalComp(
  { salary }: RoleTemplate,
  level: Level,
  band: { readonly low: number; readonly high: number },
): Benchmark["total_comp"] {
  const total = salary.total_comp;
  if (!total || !(level === "staff" || level === total.from_level)) return undefined;
  const add = (amount: number, percent: number) => Math.round((amount * (100 + percent)) / 100);
  return {
    low: add(band.low, total.low_percent),
    high: add(band.high, total.high_percent),
    percent: { from: total.low_percent, to: total.high_percent },
    note: total.note,
  };
}

const marketOf = (template: RoleTemplate): Market => ({
  currency: template.salary.currency,
  country: homeOf(template),
});

/** Why there is no band: another currency or country is another market, for which there are no figures. */
function otherMarket(
  places: Places,
  template: RoleTemplate,
  { currency, location }: BenchmarkInput,
): BenchmarkNote | undefined {
  const market = marketOf(template);
  if (currency !== undefined && currency !== market.currency)
    return { about: "other_currency", currency, market };
  if (location === null || !isAbroad(places, template, location)) return undefined;
  const countries = new Set(regionsOf(places, location).map(({ country }) => country));
  return { about: "abroad", countries: [...countries], market };
}

/** The basis of the band when the location is a place without a figure. */
function withoutFigure(
  places: Places,
  template: RoleTemplate,
  { location, remote }: BenchmarkInput,
): BenchmarkNote | undefined {
  if (location === null || !namesPlace(places, location)) return undefined;
  if (adjustmentFor(places, template, location)) return undefined;
  const [region, ...more] = regionsOf(places, location);
  const isCountry = region && more.length === 0 && region.state === undefined && region.city === undefined;
  if (isCountry) return undefined;
  const { adjustments } = template.salary;
  const hubs = adjustments.filter((a) => a.kind === "location").map((a) => a.label);
  const countsRemote = remote && hubs.length > 0 && adjustments.some((a) => a.kind === "remote");
  const basis = countsRemote ? "hubs" : "national";
  return { about: "unknown_place", location, basis, market: marketOf(template), hubs };
}

/** Whether pay reaches into the band or above it. Then the warning about too low pay is not shown. */
const isFair = ({ reading }: PayPosition): boolean => ["in", "above", "ends_above"].includes(reading);

/** Whether a range is narrower than a third of the band. The catalogue warns about such ranges. */
function isNarrow(
  band: { low: number; high: number },
  offer: { min: number; max: number } | undefined,
): boolean {
  if (!offer || offer.min === offer.max) return false;
  return (offer.max - offer.min) * 3 < band.high - band.low;
}
