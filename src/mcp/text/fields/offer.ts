// What an offer says, and what a person agrees to who extends one or takes it back.

import { dayOf } from "../../../domain/days.ts";
import type { OfferStatus, PayPeriod } from "../../../domain/pipeline/offer.ts";
import type { OfferFinding } from "../../../domain/pipeline/offer-findings.ts";
import type { OfferRecorded } from "../../../services/pipeline/record-offer.ts";
import { dissentText, missingText } from "./opinions.ts";

type Maybe<T> = T | null | undefined;

/** An offer as it is on record or in an answer: what is not settled is null or absent. */
export type OfferShown = {
  readonly version: number;
  readonly status: OfferStatus;
  readonly base?: Maybe<number>;
  readonly currency: string;
  readonly period: PayPeriod;
  readonly bonus?: Maybe<string>;
  readonly equity?: Maybe<string>;
  readonly start_date?: Maybe<string>;
  readonly expires_on?: Maybe<string>;
  readonly note?: Maybe<string>;
  readonly note_hidden?: Maybe<boolean>;
  readonly extended_at?: Maybe<string>;
  readonly answered_at?: Maybe<string>;
};

const amount = (n: number): string => n.toLocaleString("en-US");

/** `190,000 EUR a year; bonus: 10%; start 2027-01-11; can be accepted until 2026-12-11`. */
function termsText(offer: OfferShown): string {
  const { base, currency, period, bonus, equity, start_date, expires_on } = offer;
  return [
    base === null || base === undefined
      ? "no base yet"
      : `${amount(base)} ${currency} ${period === "hour" ? "an" : "a"} ${period}`,
    bonus && `bonus: ${bonus}`,
    equity && `equity: ${equity}`,
    start_date && `start ${start_date}`,
    expires_on && `can be accepted until ${expires_on}`,
  ]
    .filter((part) => part)
    .join("; ");
}

/** `Offer version 2 (extended): 190,000 EUR a year. Extended 2026-12-01T09:00:00.000Z.` */
export function offerText(offer: OfferShown): string {
  const { version, status, extended_at, answered_at, note, note_hidden } = offer;
  const extended = extended_at ? ` Extended ${extended_at}.` : "";
  const answered = answered_at ? ` Answered ${answered_at}.` : "";
  const said = note_hidden ? " The note is hidden." : note ? ` Note: ${note}` : "";
  return `Offer version ${version} (${status}): ${termsText(offer)}.${extended}${answered}${said}`;
}

/** What stands out about the terms. */
export function offerFindingText(finding: OfferFinding): string {
  switch (finding.finding) {
    case "below_range":
    case "above_range":
      return rangeText(finding);
    case "range_not_set":
      return "The role has no pay range, so it is not known how the offer lies beside it.";
    case "base_not_set":
      return "No base is on record yet.";
    case "other_currency":
      return `The offer is in ${finding.currency} and the role's range in ${finding.role_currency}: the two are not compared.`;
    case "last_day_past":
      return `Its last day, ${finding.day}, is past.`;
  }
}

type OutsideRange = Extract<OfferFinding, { readonly by: number }>;

function rangeText({ finding, by, yearly, times, min, max, currency }: OutsideRange): string {
  const side = finding === "below_range" ? "below" : "above";
  const ends = [min, max].filter((end) => end !== null).map(amount);
  const range = `${[...new Set(ends)].join(" to ")} ${currency} a year`;
  const counted = times === 1 ? "" : `, counted as ${amount(yearly)} a year (${amount(times)} times)`;
  return `It is ${amount(by)} ${currency} ${side} the role's range of ${range}${counted}.`;
}

/** That a version takes the place of one that was extended. */
export const replacesText = (version: number | undefined): string | undefined =>
  version === undefined ? undefined : `It replaces version ${version}, which can no longer be accepted.`;

type ToAgree = Pick<OfferRecorded, "application" | "role" | "findings"> &
  Pick<NonNullable<OfferRecorded["confirmation"]>, "opinions" | "names" | "proposed"> & {
    readonly replaces: number | undefined;
  };

/** What a person reads before an offer is extended or withdrawn. */
export function offerConfirmationText({
  application,
  role,
  replaces,
  findings,
  proposed,
  opinions,
  names,
}: ToAgree): string {
  const { ref, name } = application;
  const isExtending = proposed.status === "extended";
  const act = isExtending ? "Extend an offer to" : "Withdraw the offer to";
  const note = proposed.note_hidden || !proposed.note ? undefined : `Note: ${proposed.note}`;
  return [
    `${act} ${name} (${ref}, ${role}): version ${proposed.version}, ${termsText(proposed)}.`,
    replacesText(replaces),
    ...findings.map(offerFindingText),
    note,
    dissentText(opinions, names),
    isExtending ? missingText(opinions, names) : undefined,
    "No e-mail will be sent.",
  ]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
}

/** What a hire says about the offer that it rests on. */
export function offerBehindHireText(offer: OfferShown | null): string {
  if (offer === null) return "No offer is on record.";
  if (offer.status !== "accepted")
    return `No accepted offer is on record: version ${offer.version} is ${offer.status}.`;
  const day = !offer.answered_at ? "" : ` on ${dayOf(new Date(offer.answered_at))}`;
  return `Offer: version ${offer.version}, accepted${day}: ${termsText(offer)}.`;
}

/** What became of a call, in a line. */
export const changedText = (changed: readonly string[]): string =>
  changed.length === 0 ? "Nothing was changed: it is on record already." : `Recorded: ${changed.join(", ")}.`;
