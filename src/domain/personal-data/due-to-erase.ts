import { latest } from "../days.ts";
import { liesIn, type Region } from "../jurisdictions/region.ts";
import { type Duty, dutyToKeep, isInForce } from "./duty-to-keep.ts";
import { isOver, lastDayOf, later } from "./kept-until.ts";
import type { Hold, KeptApplication, KeptPerson } from "./person.ts";
import { type LongestRule, monthsAsPeriod, type RetentionRules } from "./retention-rule.ts";
import { DEFAULT_PLACE, type OwnPeriod, ownPeriodFor, type RetentionSettings } from "./retention-settings.ts";

/** The period of one application: until which day, and by what. */
export type KeptUntil = {
  readonly application: string;
  readonly until: string;
  /** A rule on file, or what the team has set. */
  readonly by: { readonly rule: LongestRule } | { readonly own: OwnPeriod; readonly place: string };
};

/** Why it is not known how long an application is kept: no certain place, or no number for one. */
export type NotKnown = {
  readonly application: string;
  readonly why: "no_place" | "no_period";
  readonly rule?: LongestRule;
};

/** What becomes of a person's record today. */
export type Verdict =
  | { readonly is: "running" | "hired" }
  | { readonly is: "unknown"; readonly unknown: readonly NotKnown[]; readonly consentUntil: string | null }
  | { readonly is: "not_yet"; readonly until: string }
  | { readonly is: "held"; readonly by: HeldBy; readonly until: string }
  | { readonly is: "due"; readonly since: string; readonly kept: readonly KeptUntil[] };

/** What holds back a record whose period is over. */
export type HeldBy = { readonly hold: Hold } | { readonly duty: Duty } | { readonly consent: string };

/**
 * Whether a person is to be erased. Only where every one of their applications has ended, every period is known and over,
 * and nothing holds the record back.
 */
export function dueToErase(
  person: KeptPerson,
  rules: RetentionRules,
  settings: RetentionSettings,
  now: Date,
): Verdict {
  const { applications, consent } = person;
  if (applications.some(({ status }) => status === "active")) return { is: "running" };
  // Their record belongs to the employment, of which nothing is known here.
  if (applications.some(({ status }) => status === "hired")) return { is: "hired" };
  const periods = applications.map((one) => periodOf(one, person, rules.longest, settings, now));
  const unknown = periods.flatMap((one) => ("why" in one ? [one] : []));
  const consentUntil = consent?.until ?? null;
  if (unknown.length > 0 || periods.length === 0) return { is: "unknown", unknown, consentUntil };
  const kept = periods.flatMap((one) => ("until" in one ? [one] : []));
  const until = kept.map((one) => one.until).reduce(later);
  if (!isOver(until, now)) return { is: "not_yet", until };
  const by = heldBy(person, rules, settings, now);
  return by ? { is: "held", by, until } : { is: "due", since: until, kept };
}

function heldBy(
  person: KeptPerson,
  { duties }: RetentionRules,
  settings: RetentionSettings,
  now: Date,
): HeldBy | undefined {
  const hold = standingHold(person.holds, now);
  if (hold) return { hold };
  const duty = dutyToKeep(person, duties, settings, now);
  if (duty) return { duty };
  const until = person.consent?.until ?? null;
  return until !== null && !isOver(until, now) ? { consent: until } : undefined;
}

/** A hold that stands today: one without an end before those with one. */
export const standingHold = (holds: readonly Hold[], now: Date): Hold | undefined =>
  holds.find(({ until }) => until === null) ??
  holds.find(({ until }) => until !== null && !isOver(until, now));

/**
 * How long one application is kept. The places of its role decide, and where they are not certain those of the person. Of
 * several places the longest period counts, and one without a number makes the whole unknown.
 */
function periodOf(
  application: KeptApplication,
  { ownPlaces, lastContactAt }: KeptPerson,
  longest: readonly LongestRule[],
  settings: RetentionSettings,
  now: Date,
): KeptUntil | NotKnown {
  const { ref, rolePlaces, appliedAt, endedAt } = application;
  const ended = endedAt ?? now;
  const begins = { applied: appliedAt, ended, last_contact: latest(ended, lastContactAt) ?? ended };
  const places = rolePlaces.length > 0 ? rolePlaces : ownPlaces;
  const ofDefault = (): KeptUntil | undefined => {
    const own = settings.months.get(DEFAULT_PLACE);
    return own && ownUntil(ref, own, DEFAULT_PLACE, ended);
  };
  if (places.length === 0) return ofDefault() ?? { application: ref, why: "no_place" };
  const each = places.map((region): KeptUntil | NotKnown => {
    const own = ownPeriodFor(settings, region);
    if (own) return ownUntil(ref, own, region.state ?? region.country, ended);
    const rule = ruleFor(region, longest, now);
    if (rule?.keep) return { application: ref, until: lastDayOf(rule.keep, begins[rule.from]), by: { rule } };
    return ofDefault() ?? { application: ref, why: "no_period", ...(rule && { rule }) };
  });
  const notKnown = each.find((one) => "why" in one);
  return notKnown ?? each.reduce((a, b) => ("until" in a && "until" in b && b.until > a.until ? b : a));
}

const ownUntil = (application: string, own: OwnPeriod, place: string, ended: Date): KeptUntil => ({
  application,
  until: lastDayOf(monthsAsPeriod(own.months), ended),
  by: { own, place },
});

/** The most particular rule for a place: of a state, of a country, of the European Union. */
function ruleFor(region: Region, longest: readonly LongestRule[], now: Date): LongestRule | undefined {
  const particular = ({ where }: LongestRule): number => {
    const fitting = where.filter((territory) => liesIn(region, territory));
    if (fitting.some(({ state }) => state !== undefined)) return 3;
    if (fitting.some(({ country }) => country !== "EU")) return 2;
    return fitting.length > 0 ? 1 : 0;
  };
  return longest
    .filter((rule) => isInForce(rule, now) && particular(rule) > 0)
    .toSorted((a, b) => particular(b) - particular(a))[0];
}
