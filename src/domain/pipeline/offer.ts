import * as z from "zod";
import { DomainError } from "../errors.ts";

export const OfferStatus = z.enum([
  "draft",
  "extended",
  "accepted",
  "declined",
  "withdrawn",
  "expired",
  "replaced",
]);
export type OfferStatus = z.infer<typeof OfferStatus>;

/** What somebody may record: that an offer has run out follows from its last day, and that it is replaced from a later one. */
export const RecordedStatus = OfferStatus.exclude(["expired", "replaced"]);
type RecordedStatus = z.infer<typeof RecordedStatus>;

export const PayPeriod = z.enum(["year", "month", "week", "day", "hour"]);
export type PayPeriod = z.infer<typeof PayPeriod>;

/** What is put to a candidate. Days are YYYY-MM-DD. */
export type OfferTerms = {
  /** Whole units of the currency for one period. */
  readonly base: number | null;
  readonly currency: string;
  readonly period: PayPeriod;
  readonly bonus: string | null;
  readonly equity: string | null;
  readonly startDate: string | null;
  /** The last day on which it can be accepted. */
  readonly expiresOn: string | null;
};
const TERMS = ["base", "currency", "period", "bonus", "equity", "startDate", "expiresOn"] as const;
type Term = (typeof TERMS)[number];

/** One version of the terms put to a candidate, and what became of it. */
export type Offer = OfferTerms & {
  readonly version: number;
  readonly status: OfferStatus;
  readonly note: string | null;
  /** When the candidate was told these terms; null before that. */
  readonly extendedAt: Date | null;
  /** When they accepted or declined. */
  readonly answeredAt: Date | null;
};

export type OfferRequest = { readonly [T in Term]?: OfferTerms[T] | undefined } & {
  readonly note?: string | null | undefined;
  readonly status?: RecordedStatus | undefined;
};

type Standing = {
  /** Reference of the application. */
  readonly application: string;
  /** The currency of the role's pay, for an offer that names none. */
  readonly currency: string;
  readonly now: Date;
  /** Today where the reader is, YYYY-MM-DD. */
  readonly today: string;
};

export type OfferPlan<O extends Offer = Offer> =
  | { readonly kind: "same"; readonly offer: O }
  | {
      readonly kind: "save";
      readonly offer: Offer;
      /** The version that it was until now; absent where it becomes a new version. */
      readonly before?: O;
      /** An earlier version that is on record as extended, and what has become of it: at most one is extended at any time. */
      readonly ended?: { readonly offer: O; readonly status: "expired" | "replaced" };
      /** A draft beside what is answered, which is dropped. */
      readonly dropped?: O;
      /** What it changes. */
      readonly fields: readonly (Term | "note" | "status")[];
      /** Whether a person must agree: what the candidate is told binds. */
      readonly asks: boolean;
      /** Whether it takes somebody who may decide. */
      readonly decides: boolean;
    };

/** The offer of an application: its newest version, drafts that were dropped apart. */
export function currentOffer<O extends Offer>(versions: readonly O[]): O | undefined {
  return versions.findLast((offer) => !isDropped(offer)) ?? versions.at(-1);
}

const isDropped = ({ status, extendedAt }: Offer): boolean => status === "withdrawn" && extendedAt === null;

/** Where an offer stands on a day: one whose last day has passed without an answer has run out. */
export function offerStatusOn({ status, expiresOn }: Pick<Offer, "status" | "expiresOn">, today: string) {
  return status === "extended" && expiresOn !== null && expiresOn < today ? "expired" : status;
}

/**
 * Decides what a request does to an application's offer, without doing it. A draft is changed in place. Terms that the
 * candidate was told stay as they are: others become a new version.
 * @param versions all versions, oldest first
 * @throws DomainError `invalid` for terms that cannot be, `precondition_failed` for an answer to what was not extended.
 */
export function planOffer<O extends Offer>(
  versions: readonly O[],
  request: OfferRequest,
  standing: Standing,
): OfferPlan<O> {
  const current = currentOffer(versions);
  const terms = termsOf(request, current, standing.currency);
  const changed = TERMS.filter((term) => terms[term] !== (current ?? blank(standing.currency))[term]);
  if (changed.includes("startDate")) requireToCome("start_date", terms.startDate, standing.today);
  const asked: Asked<O> = { versions, current, terms, changed, request, standing };
  switch (request.status) {
    case "extended":
      return extend(asked);
    case "accepted":
    case "declined":
    case "withdrawn":
      return answer(asked, request.status);
    default:
      return draft(asked);
  }
}

type Asked<O extends Offer> = {
  readonly versions: readonly O[];
  readonly current: O | undefined;
  readonly terms: OfferTerms;
  readonly changed: readonly Term[];
  readonly request: OfferRequest;
  readonly standing: Standing;
};

const blank = (currency: string): OfferTerms => ({
  ...{ base: null, currency, period: "year", bonus: null, equity: null, startDate: null, expiresOn: null },
});

function termsOf(request: OfferRequest, current: Offer | undefined, currency: string): OfferTerms {
  const before = current ?? blank(currency);
  const { base, period, bonus, equity, startDate, expiresOn } = request;
  return {
    base: base ?? before.base,
    currency: request.currency ?? before.currency,
    period: period ?? before.period,
    bonus: bonus === undefined ? before.bonus : bonus,
    equity: equity === undefined ? before.equity : equity,
    startDate: startDate ?? before.startDate,
    expiresOn: expiresOn ?? before.expiresOn,
  };
}

function draft<O extends Offer>(asked: Asked<O>): OfferPlan<O> {
  const { current, changed, request, standing } = asked;
  if (current === undefined) {
    if (changed.length > 0 || request.note || request.status !== undefined) return newVersion(asked, "draft");
    throw new DomainError(
      "invalid",
      "base: missing. There is no offer on record yet.",
      "Give its terms: base, and where they are settled period, bonus, equity, start_date, expires_on.",
    );
  }
  if (current.status === "draft") return inPlace(asked, current, "draft");
  const isOver = !["extended", "accepted"].includes(offerStatusOn(current, standing.today));
  if (changed.length > 0 || (request.status === "draft" && isOver)) return newVersion(asked, "draft");
  return inPlace(asked, current, offerStatusOn(current, standing.today));
}

function extend<O extends Offer>(asked: Asked<O>): OfferPlan<O> {
  const { versions, current, changed, terms, standing } = asked;
  const status = current && offerStatusOn(current, standing.today);
  const isToldAlready = status === "extended" || status === "accepted";
  if (current && changed.length === 0 && isToldAlready) return inPlace(asked, current, status);
  if (terms.base === null)
    throw new DomainError("invalid", "base: missing. An offer is extended with its pay.", "Give base.");
  requireToCome("expires_on", terms.expiresOn, standing.today);
  requireToCome("start_date", terms.startDate, standing.today);
  const decision = { asks: true, decides: true };
  const plan =
    current?.status === "draft"
      ? inPlace(asked, current, "extended", decision)
      : newVersion(asked, "extended", decision);
  const before = versions.find((offer) => offer.status === "extended");
  if (plan.kind === "same" || before === undefined) return plan;
  const hasRunOut = offerStatusOn(before, standing.today) === "expired";
  return { ...plan, ended: { offer: before, status: hasRunOut ? "expired" : "replaced" } };
}

type Answered = Extract<RecordedStatus, "accepted" | "declined" | "withdrawn">;

/** What an offer may become once it was extended. Either answer may have been recorded in the place of the other. */
const MAY_BECOME: Partial<Record<OfferStatus, readonly Answered[]>> = {
  extended: ["accepted", "declined", "withdrawn"],
  accepted: ["declined", "withdrawn"],
  declined: ["accepted"],
  expired: ["declined"],
};

/** An answer is about what the candidate was told. A draft beside it is dropped, unless they declined. */
function answer<O extends Offer>(asked: Asked<O>, to: Answered): OfferPlan<O> {
  const { versions, current, request, standing } = asked;
  const { application, currency, today } = standing;
  if (current === undefined)
    throw new DomainError("precondition_failed", `status: there is no offer to be ${to}.`, {
      do: "extend_offer",
      application,
    });
  const draftBeside = current.status === "draft" ? current : undefined;
  const told = draftBeside ? versions.findLast(({ extendedAt }) => extendedAt !== null) : current;
  const status = told && offerStatusOn(told, today);
  if (draftBeside && to === "withdrawn" && status !== "extended" && status !== "accepted")
    return inPlace(asked, draftBeside, to);
  if (told === undefined || status === undefined)
    throw new DomainError(
      "precondition_failed",
      `status: version ${current.version} is a draft, which nobody has been told of yet.`,
      { do: "extend_offer", application },
    );
  const terms = termsOf(request, told, currency);
  const changed = TERMS.filter((term) => terms[term] !== told[term]);
  if (changed.length > 0)
    throw new DomainError(
      "invalid",
      `${changed.map(argumentOf).join(", ")}: ${to} is about the terms as version ${told.version} has them.`,
      "Leave the terms out, or extend the changed ones first.",
    );
  const isTooLate = to === "accepted" && told.expiresOn !== null && told.expiresOn < today;
  if (status !== to && (isTooLate || !MAY_BECOME[status]?.includes(to))) {
    const last = isTooLate ? `, and could be accepted until ${told.expiresOn}` : "";
    throw new DomainError(
      "precondition_failed",
      `status: version ${told.version} is ${status}${last}. It cannot become ${to}.`,
      { do: "extend_anew", application },
    );
  }
  const decision = { asks: to === "withdrawn", decides: to !== "declined" };
  const plan = inPlace({ ...asked, terms, changed }, told, to, status === to ? NO_DECISION : decision);
  return plan.kind === "save" && draftBeside && to !== "declined" ? { ...plan, dropped: draftBeside } : plan;
}

type Decision = { readonly asks: boolean; readonly decides: boolean };
const NO_DECISION: Decision = { asks: false, decides: false };

function inPlace<O extends Offer>(
  { terms, changed, request, standing: { now } }: Asked<O>,
  before: O,
  status: OfferStatus,
  decision = NO_DECISION,
): OfferPlan<O> {
  const note = request.note === undefined ? before.note : request.note;
  const isAsked = request.status !== undefined && status !== before.status;
  const fields = [
    ...changed,
    ...(note === before.note ? [] : (["note"] as const)),
    ...(isAsked ? (["status"] as const) : []),
  ];
  if (fields.length === 0) return { kind: "same", offer: before };
  const isAnswer = status === "accepted" || status === "declined";
  const offer = {
    ...{ ...terms, version: before.version, status, note },
    extendedAt: before.extendedAt ?? (status === "extended" ? now : null),
    answeredAt: isAnswer && isAsked ? now : before.answeredAt,
  };
  return { kind: "save", offer, before, fields, ...decision };
}

function newVersion<O extends Offer>(
  { versions, current, terms, changed, request, standing }: Asked<O>,
  status: "draft" | "extended",
  decision = NO_DECISION,
): OfferPlan<O> {
  const { now, today } = standing;
  const version = 1 + Math.max(0, ...versions.map((offer) => offer.version));
  const isExpired = current?.status === "extended" && offerStatusOn(current, today) === "expired";
  const extendedAt = status === "extended" ? now : null;
  return {
    kind: "save",
    offer: { ...terms, version, status, note: request.note ?? null, extendedAt, answeredAt: null },
    ...(isExpired && { ended: { offer: current, status: "expired" } }),
    fields: [...changed, ...(request.note ? (["note"] as const) : []), "status"],
    ...decision,
  };
}

const ARGUMENTS: Readonly<Record<string, string>> = { startDate: "start_date", expiresOn: "expires_on" };

/** A field of an offer as callers write it. */
export const argumentOf = (field: string): string => ARGUMENTS[field] ?? field;

function requireToCome(field: string, day: string | null, today: string): void {
  if (day === null || day >= today) return;
  throw new DomainError("invalid", `${field}: ${day} is in the past.`, `Give a day from ${today} on.`);
}
