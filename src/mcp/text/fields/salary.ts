// The sentences that the answer about pay carries as fields.

import { countryName } from "../../../domain/jurisdictions/place-names.ts";
import type { Benchmark, BenchmarkNote } from "../../../domain/roles/benchmark.ts";
import type { PayPosition } from "../../../domain/roles/pay-position.ts";

/** Where an offer lies against the band, and where that could be read otherwise. */
export function positionText(position: PayPosition, band: NonNullable<Benchmark["band"]>): string {
  const { min, max, uncertain } = position;
  const offer = min === max ? `The offer of ${min}` : `The range of ${min} to ${max}`;
  const doubts = uncertain.map(({ end, part }) => {
    const lies = part === "offer" ? "lies" : part === "start" ? "starts" : "ends";
    const { from, to } = band[end];
    const side = end === "low_end" ? "below" : "above";
    return `It ${lies} inside the uncertain part of the ${end.replace("_", " ")} (${from} to ${to}): it may be ${side} the band.`;
  });
  return [`${offer} ${placeInBand(position, band)}`, ...doubts].join(" ");
}

function placeInBand(
  { reading, min, max, below_by, above_by, middle_percent }: PayPosition,
  { low, high }: NonNullable<Benchmark["band"]>,
): string {
  switch (reading) {
    case "below":
      return min === max
        ? `lies below the band, ${below_by} under ${low}.`
        : `lies below the band: it starts ${below_by} and ends ${low - max} under ${low}.`;
    case "above":
      return min === max
        ? `lies above the band, ${above_by} over ${high}.`
        : `lies above the band: it starts ${min - high} and ends ${above_by} over ${high}.`;
    case "wider":
      return `is wider than the band: it starts ${below_by} below and ends ${above_by} above.`;
    case "starts_below":
      return `starts ${below_by} below the band.`;
    case "ends_above":
      return `ends ${above_by} above the band.`;
    case "in":
      return `lies in the band, ${min === max ? "" : "its middle "}${middle_percent}% of the way up.`;
  }
}

/** Why there is no band, or what it stands on. */
export function noteText(note: BenchmarkNote): string {
  switch (note.about) {
    case "template":
      return note.text;
    case "no_figures":
      return `There are no figures for ${note.title}: none are given rather than guessed.`;
    case "other_currency":
      return (
        `There are no figures in ${note.currency}, only in ${marketText(note.market)}. ` +
        "They are not converted: pay abroad is another market, not another unit."
      );
    case "abroad":
      return (
        `There are no figures for ${note.countries.map(countryText).join(" or ")}, only in ${marketText(note.market)}. ` +
        "The band of one country is not given for another: pay abroad is another market."
      );
    case "unknown_place": {
      const { country } = note.market;
      const basis =
        note.basis === "hubs"
          ? "remote work is counted against the hubs that have one, all together"
          : `this is the national band${country === null ? "" : ` of ${countryText(country)}`}`;
      const hubs = note.hubs.length > 0 ? ` Places with one: ${note.hubs.join("; ")}.` : "";
      return `There is no figure for ${JSON.stringify(note.location)}: ${basis}.${hubs}`;
    }
  }
}

type Market = Extract<BenchmarkNote, { about: "abroad" }>["market"];

const marketText = ({ currency, country }: Market): string =>
  country === null ? currency : `${currency} for ${countryText(country)}`;

const countryText = (country: string): string =>
  country === "US" ? "the United States" : countryName(country);
