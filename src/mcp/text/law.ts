import { type Duty, sinceWhen } from "../../domain/jurisdictions/lookup.ts";
import { IN_POST, orMore } from "../../domain/jurisdictions/pay-range.ts";

type Listed = Pick<Duty, "place" | "text" | "source" | "status" | "valid_from" | "date_verified"> & {
  readonly min_employees?: number | null | undefined;
};

/** Whether it binds employers from a number of employees on. */
const isBySize = ({ min_employees }: Listed): boolean => typeof min_employees === "number";

/**
 * Dated duties of a place a line each, with the law that each comes from. The laws that ask for the range in the post
 * differ only in place, size of the employer and day: they share one line, which says once where days are not verified.
 */
export function lawLines(duties: readonly Listed[]): string[] {
  const alike = duties.filter(isBySize);
  const grouped = alike.length > 1 ? [inPostLine(alike)] : [];
  const others = duties.filter((duty) => grouped.length === 0 || !isBySize(duty));
  return [
    ...grouped,
    ...others.map((duty) => `${duty.place}, ${sinceWhen(duty)}: ${duty.text} Source: ${duty.source}.`),
  ];
}

function inPostLine(duties: readonly Listed[]): string {
  const unverified = duties.every((duty) => !duty.date_verified);
  const places = [...duties]
    .sort((a, b) => a.place.localeCompare(b.place))
    .map((duty) => {
      const when = sinceWhen({ ...duty, date_verified: duty.date_verified || unverified });
      return `${duty.place} (${orMore(duty.min_employees ?? 1)}, ${when}; ${duty.source})`;
    });
  return `${IN_POST}: ${places.join(", ")}.${unverified ? " These dates are not verified." : ""}`;
}
