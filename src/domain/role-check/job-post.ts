import type { Sentence } from "../text/finder.ts";

/** What a part of a post is about, by its heading. `waived` is what is expressly not asked for. */
export type Section =
  | "heading"
  | "about"
  | "must"
  | "nice"
  | "waived"
  | "duties"
  | "outcomes"
  | "loop"
  | "pay"
  | "on_call";

/** A line or sentence as it stands in the text. */
export type Passage = Sentence & { readonly section: Section; readonly where: string };

/** What is paid, as stated; whole currency units a year, whatever the span it is stated for. */
export type StatedPay = {
  readonly min: number;
  readonly max: number;
  /** Null where none is named. */
  readonly currency: string | null;
  readonly quote: string;
  /** The span it is stated for; null where none is said. */
  readonly period: "hour" | "day" | "week" | "month" | "year" | null;
  /** Set where one end alone is stated; `min` and `max` are then equal. */
  readonly bound?: "from" | "up_to";
};

/** An amount that is stated as pay and cannot be a year's. */
export type OddPay = { readonly quote: string; readonly why: string };

export type Loop = {
  readonly passages: readonly Passage[];
  /** All rounds together, as stated or summed; null when no time is given. */
  readonly minutes: number | null;
  /** The passage with the longest round. */
  readonly longest: Passage | null;
};

/** A job as rules look at it, whether it was pasted or written out from a role. */
export type JobPost = {
  readonly source: "post" | "role";
  readonly title: string;
  /** Every passage in order. */
  readonly passages: readonly Passage[];
  readonly mustHaves: readonly Passage[];
  readonly duties: readonly Passage[];
  /** Sentences that say what is to be reached, with a figure or without. */
  readonly outcomes: readonly Passage[];
  readonly loop: Loop | null;
  readonly onCall: boolean;
  readonly pay: StatedPay | null;
  readonly oddPay: OddPay | null;
  /** A reader found words about pay that are not understood: nothing is said of them. */
  readonly isPayUnclear: boolean;
  /** A lane that the role has chosen; a post shows it in its words. */
  readonly lane: string | null;
};
