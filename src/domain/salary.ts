import { DomainError, notAllowed } from "./errors.ts";
import type { Level } from "./role.ts";
import type { RoleTemplate } from "./role-template.ts";

/** A low and a high end, each known only to a range; whole currency units a year. */
export type BandStep = {
  readonly step: string;
  readonly percent: { readonly from: number; readonly to: number } | null;
  readonly low: { readonly from: number; readonly to: number };
  readonly high: { readonly from: number; readonly to: number };
  readonly source: string;
};

export type Where = {
  readonly level: Level | null;
  readonly location: string | null;
  readonly remote: boolean;
};

type Adjustment = RoleTemplate["salary"]["adjustments"][number];

/**
 * The adjustment of a place: its name, or a part of one ("San Francisco, CA"), stands in the location as words. A state
 * is not its city: "Albany, New York" and "NY" are not the city of New York.
 */
function adjustmentFor(template: RoleTemplate, location: string | null): Adjustment | undefined {
  if (location === null) return undefined;
  const [city = "", ...state] = location
    .toLowerCase()
    .split(/[,/|]| - /)
    .map((part) => part.trim());
  const candidates = state.length > 0 ? [city] : [location.toLowerCase()];
  return template.salary.adjustments.find(
    ({ kind, places }) =>
      kind === "location" &&
      places.some((place) =>
        candidates.some((c) => new RegExp(`(?<!\\w)${place.toLowerCase()}(?!\\w)`).test(c)),
      ),
  );
}

/**
 * The steps from the national band of a level to that of a place, openly one after the other: each moves both ends by a
 * range of per cent. Remote work is counted against a hub: the hub of the location, else the span of all hubs.
 * Empty where the template has no band for the level.
 */
function bandSteps(template: RoleTemplate, { level, location, remote }: Where): BandStep[] {
  const { salary } = template;
  const base = salary.levels.find((band) => band.id === level) ?? (level === null ? salary.range : undefined);
  if (!base) return [];
  const exact = (n: number) => ({ from: n, to: n });
  const what = level === null ? "national range, any level" : `national band, ${level}`;
  const steps: BandStep[] = [
    { step: what, percent: null, low: exact(base.low), high: exact(base.high), source: base.source },
  ];
  const place = adjustmentFor(template, location);
  const away = remote ? salary.adjustments.find((a) => a.kind === "remote") : undefined;
  if (place) steps.push(moved(last(steps), place.label, place));
  else if (away) {
    const hubs = salary.adjustments.filter((a) => a.kind === "location");
    if (hubs.length > 0) {
      const low_percent = Math.min(...hubs.map((a) => a.low_percent));
      const high_percent = Math.max(...hubs.map((a) => a.high_percent));
      steps.push(
        moved(last(steps), "a hub band, as the data has them", { ...away, low_percent, high_percent }),
      );
    }
  }
  if (away) steps.push(moved(last(steps), away.label, away));
  return steps;
}

const last = (steps: readonly BandStep[]): BandStep => steps[steps.length - 1] as BandStep;

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

/** The band after all steps, at its widest: from the lowest low to the highest high. */
export function adjustedBand(
  template: RoleTemplate,
  where: Where,
): { low: number; high: number; basis: string } | undefined {
  const steps = bandSteps(template, where);
  const end = steps[steps.length - 1];
  if (!end) return undefined;
  const basis =
    steps.length === 1
      ? end.step
      : `${steps[0]?.step}, ${steps
          .slice(1)
          .map((s) => s.step)
          .join(", ")}`;
  return { low: end.low.from, high: end.high.to, basis };
}

/** Where pay lies against a band, and by how much; whole currency units. */
export type PayPosition = {
  readonly reading: "below" | "starts_below" | "in" | "ends_above" | "wider" | "above";
  readonly below_by: number;
  readonly above_by: number;
  readonly text: string;
};

/** The position of an offer (min and max alike) or a range in a band. */
function positionIn(band: { low: number; high: number }, min: number, max: number): PayPosition {
  const below_by = Math.max(0, band.low - min);
  const above_by = Math.max(0, max - band.high);
  const what = min === max ? `The offer of ${min}` : `The range of ${min} to ${max}`;
  const at = (reading: PayPosition["reading"], text: string) => ({
    reading,
    below_by,
    above_by,
    text: `${what} ${text}`,
  });
  if (max < band.low)
    return at("below", `lies below the band: its top is ${band.low - max} under ${band.low}.`);
  if (min > band.high)
    return at("above", `lies above the band: it starts ${min - band.high} over ${band.high}.`);
  if (below_by > 0 && above_by > 0)
    return at("wider", `is wider than the band: it starts ${below_by} below and ends ${above_by} above.`);
  if (below_by > 0) return at("starts_below", `starts ${below_by} below the band.`);
  if (above_by > 0) return at("ends_above", `ends ${above_by} above the band.`);
  const share = Math.round((((min + max) / 2 - band.low) / (band.high - band.low)) * 100);
  return at("in", `lies in the band, its middle ${share}% of the way up.`);
}

const ABSURD_HIGH = 10_000_000;
const ABSURD_LOW = 1_000;

/**
 * Pay that somebody named, checked.
 * @throws DomainError `invalid` for one that is negative, absurd, or the wrong way round.
 */
function requirePay(
  min: number | undefined,
  max: number | undefined,
): { min: number; max: number } | undefined {
  const [low, high] = [min ?? max, max ?? min];
  if (low === undefined || high === undefined) return undefined;
  for (const [field, amount] of [
    ["offer_min", min],
    ["offer_max", max],
  ] as const) {
    if (amount === undefined || (amount >= ABSURD_LOW && amount <= ABSURD_HIGH)) continue;
    throw new DomainError(
      "invalid",
      `${field}: ${amount} is no yearly salary.`,
      `Give whole currency units a year, from ${ABSURD_LOW} to ${ABSURD_HIGH}: 165000, not 165.`,
    );
  }
  if (low > high)
    throw new DomainError(
      "invalid",
      `offer_min (${low}) is above offer_max (${high}).`,
      "Give both, the lower one as offer_min.",
    );
  return { min: low, max: high };
}

export type BenchmarkInput = Where & {
  readonly level: Level;
  readonly offer_min?: number | undefined;
  readonly offer_max?: number | undefined;
  readonly currency?: string | undefined;
};

/**
 * What a level of a role is paid, step by step from the catalogue's figures, and where an offer lies. Nothing is
 * converted: another currency gets no band.
 * @throws DomainError as `requirePay`; `invalid` where a level has no band.
 */
export function benchmark(template: RoleTemplate, input: BenchmarkInput) {
  const { salary, sources } = template;
  const offer = requirePay(input.offer_min, input.offer_max);
  const notes: string[] = salary.note === undefined ? [] : [salary.note];
  const sourcesOf = (ids: readonly string[]) => sources.filter((s) => ids.includes(s.id));
  const none = { band: null, adjustments: [], adjacent: salary.adjacent, reported: [], warnings: [] };
  if (salary.levels.length === 0) {
    notes.push(`There are no figures for ${template.title}: none are given rather than guessed.`);
    return { ...none, notes, sources: sourcesOf(salary.adjacent.map((a) => a.source)) };
  }
  if (input.currency !== undefined && input.currency !== salary.currency) {
    notes.push(
      `There are no figures in ${input.currency}, only in ${salary.currency} for the United States. They are not converted: pay abroad is another market, not another unit.`,
    );
    return { ...none, adjacent: [], notes, sources: [] };
  }
  const steps = bandSteps(template, input);
  const end = steps[steps.length - 1];
  const band = adjustedBand(template, input);
  if (!end || !band)
    throw notAllowed(
      "level",
      input.level,
      salary.levels.map((l) => l.id),
    );
  if (input.location !== null && !adjustmentFor(template, input.location) && !input.remote) {
    const places = salary.adjustments.filter((a) => a.kind === "location").map((a) => a.label);
    notes.push(
      `There is no figure for ${JSON.stringify(input.location)}: this is the national band of the United States. Places with one: ${places.join("; ")}.`,
    );
  }
  const position = offer ? positionIn(band, offer.min, offer.max) : undefined;
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

/** A range of less than a third of the band is what the catalogue's warning is about. */
function isNarrow(
  band: { low: number; high: number },
  offer: { min: number; max: number } | undefined,
): boolean {
  if (!offer || offer.min === offer.max) return false;
  return (offer.max - offer.min) * 3 < band.high - band.low;
}
