import type { Assessment } from "../evaluation/assessment.ts";
import { counts } from "../evaluation/points.ts";
import { type Offer, offerStatusOn } from "../pipeline/offer.ts";
import type { RoleTemplate, Stage } from "../roles/role-template.ts";
import type { ExerciseForm } from "../submission/exercise-form.ts";
import type { Origin } from "./origin.ts";

/**
 * Every fact that a message may use. An unknown fact is null or an empty list, and templates leave out its sentence.
 */
export type MessageFacts = {
  /** The name for a greeting: the first name where it is sure which one that is, else the whole name. */
  readonly first_name: string;
  readonly name: string;
  readonly origin: Origin;
  /** Whether a mail of theirs is on record. */
  readonly has_written: boolean;
  /** Whether they gave their time to it: applied, wrote, handed something in, or met us. */
  readonly took_part: boolean;
  /** Whole days since they and we last had to do with each other. Null where nothing of the kind is on record. */
  readonly days_since_touch: number | null;
  /** The same in words, such as `in October`. Null also while it is only days. */
  readonly last_in_touch: string | null;
  /** Who acts next: `us`, the `candidate`, or both in a `meeting` that is booked. Null where the record does not say. */
  readonly next_move: "us" | "candidate" | "meeting" | null;
  readonly role: { readonly title: string; readonly level: string };
  readonly lane: RoleTemplate["lanes"][number] | null;
  readonly outcomes: readonly string[];
  /** For example `170,000 to 205,000 USD a year`. */
  readonly salary: string | null;
  readonly stage: { readonly name: string; readonly kind: Stage["kind"] };
  readonly round: Round | null;
  /** The rounds after the first talk. */
  readonly loop: readonly Round[];
  readonly location: string | null;
  readonly remote: boolean;
  readonly on_call: string | null;
  readonly exercise: ExerciseFacts | null;
  /** The next booked interview. */
  readonly interview: InterviewFacts | null;
  /** Proposed interview times, each with its zone. */
  readonly times: readonly string[];
  /** At most two of the candidate's own lines that show a green flag, verbatim. */
  readonly evidence: readonly string[];
  /** The terms of the offer that was extended or accepted. */
  readonly offer: OfferFacts | null;
  readonly company: string | null;
  readonly sender: { readonly name: string; readonly email: string };
  readonly note: string | null;
  /** Whole days that the candidate has waited for our answer: to an application or words of theirs, or after we met. */
  readonly days_waiting: number | null;
  readonly role_status: string;
  /** For how long somebody is asked to stay on file, such as `12 months`. */
  readonly keep_for: string;
};

export type Round = { readonly name: string; readonly minutes: number | null };
/** A booked interview in the form in which a message to the candidate gives it. */
export type InterviewFacts = {
  readonly round: string;
  /** In the candidate's zone if it is known, for example `Tuesday 1 December 2026, 10:00 CET`. */
  readonly when: string;
  readonly minutes: number;
  readonly location: string | null;
};
/** An offer in words; what is not settled is null. */
export type OfferFacts = {
  readonly status: "extended" | "accepted";
  /** For example `190,000 USD a year`. */
  readonly base: string | null;
  readonly bonus: string | null;
  readonly equity: string | null;
  /** For example `Monday 11 January 2027`. */
  readonly start: string | null;
  /** The last day on which it can be accepted. */
  readonly expires: string | null;
};
export type ExerciseFacts = {
  readonly form: ExerciseForm;
  /** What it is called: `exercise`, `written task`, `role play`, `talk` or `portfolio`. */
  readonly noun: string;
  readonly title: string;
  readonly hours: number;
  readonly brief: string;
  readonly ai_policy: string;
  readonly due: string;
  readonly repository: string | null;
  /** Whether they were invited to the repository on GitHub. */
  readonly invited: boolean;
};

/**
 * A value for every fact, with no list empty. A team's templates are filled with these once, as a check. If that
 * fails for a missing fact, the template names a fact that does not exist.
 */
export const SAMPLE_FACTS: MessageFacts = {
  first_name: "Zoë",
  name: "Zoë Okafor",
  role: { title: "MLOps engineer", level: "senior" },
  lane: {
    id: "lane",
    title: "Lane",
    hire_when: "When",
    tools: ["tool"],
    duties: ["duty"],
    signs: ["sign"],
  },
  outcomes: ["p99 from 900 ms to 250 ms"],
  salary: "170,000 to 205,000 USD a year",
  stage: { name: "Screen", kind: "interview" },
  round: { name: "Screen", minutes: 30 },
  loop: [{ name: "Screen", minutes: 30 }],
  location: "Lisbon",
  remote: true,
  on_call: "one week in five",
  exercise: {
    form: "code",
    noun: "exercise",
    title: "Exercise",
    hours: 3,
    brief: "Repair it.",
    ai_policy: "Allowed.",
    due: "Tuesday 1 December 2026, 23:59 UTC",
    repository: "https://github.com/acme/task",
    invited: true,
  },
  interview: {
    round: "Screen",
    when: "Tuesday 1 December 2026, 10:00 CET",
    minutes: 30,
    location: "https://meet.example.test/screen",
  },
  times: ["Monday 30 November 2026, 10:00 to 11:00 CET"],
  evidence: ["ran 12 models in production"],
  offer: {
    status: "extended",
    base: "190,000 USD a year",
    bonus: "10% of base",
    equity: "0.1%",
    start: "Monday 11 January 2027",
    expires: "Friday 11 December 2026",
  },
  company: "Acme",
  sender: { name: "Ada Byron", email: "ada@example.test" },
  note: "A note.",
  days_waiting: 4,
  role_status: "open",
  keep_for: "12 months",
  origin: "applied",
  has_written: true,
  took_part: true,
  days_since_touch: 45,
  last_in_touch: "in October",
  next_move: "us",
};

/** Whether the interview that a message was drafted for is the one booked now. Null stands for no interview. */
export const sameInterview = (a: InterviewFacts | null, b: InterviewFacts | null): boolean =>
  a === null || b === null
    ? a === b
    : a.round === b.round && a.when === b.when && a.minutes === b.minutes && a.location === b.location;

const CITED = 2;
const QUOTE_CHARS = 160;

/**
 * The candidate's own lines that show a green flag, each on one line. Lines too long to cite are left out, not
 * shortened.
 */
export function greenQuotes(assessment: Assessment | undefined): string[] {
  const flags = assessment?.flags.filter((f) => f.polarity === "green" && counts(f)) ?? [];
  return flags.flatMap((flag) => {
    const quote = flag.evidence[0]?.quote.replace(/\s+/g, " ").replace(/[\s.;,]+$/, "");
    return quote && quote.length <= QUOTE_CHARS ? [quote] : [];
  });
}

/** At most two lines to cite, from those that pass `isFit` and hold no quotation marks. */
export function citable(quotes: readonly string[], isFit: (quote: string) => boolean): string[] {
  return [...new Set(quotes)].filter((quote) => !/["“”]/.test(quote) && isFit(quote)).slice(0, CITED);
}

/** A role's pay in words, such as `170,000 to 205,000 USD a year`. Null while it is not set. */
export function salaryRange(role: {
  readonly compMin: number | null;
  readonly compMax: number | null;
  readonly currency: string;
}): string | null {
  const amounts = [role.compMin, role.compMax]
    .filter((n) => n !== null)
    .map((n) => n.toLocaleString("en-US"));
  return amounts.length === 0 ? null : `${[...new Set(amounts)].join(" to ")} ${role.currency} a year`;
}

/** An offer for a message to its candidate: only what they were told and what still stands. */
export function offerFacts(offer: Offer | undefined, today: string): OfferFacts | null {
  const status = offer && offerStatusOn(offer, today);
  if (!offer || (status !== "extended" && status !== "accepted")) return null;
  const { base, currency, period, bonus, equity, startDate, expiresOn } = offer;
  const per = `${period === "hour" ? "an" : "a"} ${period}`;
  return {
    ...{ status, bonus, equity },
    base: base === null ? null : `${base.toLocaleString("en-US")} ${currency} ${per}`,
    start: startDate && dayInWords(startDate),
    expires: expiresOn && dayInWords(expiresOn),
  };
}

/** `Monday 11 January 2027` of 2027-01-11. */
const dayInWords = (day: string): string => momentIn(null, new Date(`${day}T00:00:00Z`)).split(",")[0] ?? day;

/** A moment in words, in the candidate's zone if it is known: `Tuesday 1 December 2026, 23:59 UTC`. */
export function momentIn(zone: string | null, at: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone ?? "UTC",
    timeZoneName: "short",
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("weekday")} ${of("day")} ${of("month")} ${of("year")}, ${of("hour")}:${of("minute")} ${of("timeZoneName")}`;
}
