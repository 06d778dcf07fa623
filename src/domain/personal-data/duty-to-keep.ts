import { dayOf, latest } from "../days.ts";
import { standingOn } from "../jurisdictions/lookup.ts";
import { liesIn, type Region } from "../jurisdictions/region.ts";
import { isOver, lastDayOf } from "./kept-until.ts";
import type { KeptPerson } from "./person.ts";
import { type DutyRule, type LongestRule, partsOfPeriod } from "./retention-rule.ts";
import { isBinding, type RetentionSettings } from "./retention-settings.ts";

/** A law by which a person's record is kept, and until when. */
export type Duty = {
  readonly rule: DutyRule;
  readonly application: string;
  /** The last day. */
  readonly until: string;
};

type Dated = Pick<DutyRule | LongestRule, "valid_from" | "valid_until">;

/** Whether a rule holds on the day of a moment. */
export const isInForce = ({ valid_from, valid_until }: Dated, now: Date): boolean =>
  standingOn(
    { valid_from: valid_from ?? "0000-01-01", ...(valid_until !== undefined && { valid_until }) },
    dayOf(now),
  ) === "in_force";

/** The laws that bind a team at a place on a day. */
const dutiesAt = (
  region: Region,
  duties: readonly DutyRule[],
  settings: RetentionSettings,
  now: Date,
): DutyRule[] =>
  duties.filter(
    (rule) =>
      isInForce(rule, now) && isBinding(settings, rule) && rule.where.some((where) => liesIn(region, where)),
  );

/**
 * The law that keeps a person's record the longest from now on; null where none that is known does. An application that is
 * still open would end with the erasure, so its period begins now.
 */
export function dutyToKeep(
  { applications, ownPlaces, lastContactAt }: KeptPerson,
  duties: readonly DutyRule[],
  settings: RetentionSettings,
  now: Date,
): Duty | null {
  const all = applications.flatMap(({ ref, appliedAt, endedAt, rolePlaces }) => {
    const ended = endedAt ?? now;
    const begins = { applied: appliedAt, ended, last_contact: latest(ended, lastContactAt) ?? ended };
    const rules = new Set([...rolePlaces, ...ownPlaces].flatMap((p) => dutiesAt(p, duties, settings, now)));
    return [...rules].map((rule): Duty => {
      return { rule, application: ref, until: lastDayOf(rule.keep, begins[rule.from]) };
    });
  });
  const standing = all.filter(({ until }) => !isOver(until, now));
  return standing.reduce<Duty | null>(
    (longest, duty) => (longest === null || duty.until > longest.until ? duty : longest),
    null,
  );
}

/** The law that keeps records the longest at a place, with its months; undefined without one. */
export const leastMonthsAt = (
  region: Region,
  duties: readonly DutyRule[],
  settings: RetentionSettings,
  now: Date,
): { readonly months: number; readonly rule: DutyRule } | undefined =>
  dutiesAt(region, duties, settings, now)
    .map((rule) => ({ rule, months: partsOfPeriod(rule.keep).amount }))
    .toSorted((a, b) => b.months - a.months)[0];
