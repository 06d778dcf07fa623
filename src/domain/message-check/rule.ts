import type { Stale } from "../evaluation/stale.ts";
import type { InterviewFacts } from "../outreach/facts.ts";
import type { DraftFix } from "../remedy.ts";
import { type Sentence, sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { proseSentences } from "../text/segments.ts";

/** A message as it would go out. */
export type Draft = { readonly subject: string; readonly body: string; readonly purpose: string };

/** What is known about a draft, for the rules to hold it against. */
export type DraftFacts = {
  /** The words and phrases that are looked for. */
  readonly lexicon: Lexicon;
  readonly recipientName: string;
  readonly roleTitle: string;
  /** Texts from which numbers may come: every fact that the template was filled with. */
  readonly allowedNumbers: readonly string[];
  /** Names of the role's other candidates. */
  readonly otherCandidates: readonly string[];
  /** A pay-transparency rule asks for the range in a first contact. */
  readonly salaryRequired: boolean;
  readonly salary: string | null;
  /** Hosts that a link may lead to, with the port if it is not the usual one. */
  readonly allowedHosts: readonly string[];
  readonly now: Date;
  /** Nobody asked for this message. */
  readonly unsolicited: boolean;
  /** Wording that a member gave. */
  readonly note: string | null;
  /** Addresses that may stand in the text: the sender's and the candidate's. */
  readonly addresses?: readonly string[];
  /** When the exercise is due; null when none was given. Left out where it is not looked at, as is what follows. */
  readonly exerciseDue?: Date | null;
  /** The interview that the message was drafted for and the one that is booked; left out where it names none. */
  readonly interview?: { readonly drafted: InterviewFacts | null; readonly booked: InterviewFacts | null };
  /** The candidate's own lines that are cited. */
  readonly evidence?: readonly string[];
  /** Why none of their lines can be cited: the assessment is stale. */
  readonly stale?: Stale | undefined;
  /** Words of the candidate's that read like a wish not to be written to; null when there are none to look at. */
  readonly optOut?: string | null;
  /** The language that was asked for. */
  readonly language?: string | undefined;
};

/** One thing to look for, why it matters, and where it stands. An error must be mended before the message goes out. */
export type Rule = {
  readonly id: string;
  readonly severity: "error" | "warning" | "info";
  readonly why: string;
  /** What mends it, where that is something on record. */
  readonly fix?: DraftFix;
  /** The places, as they are written; an empty string where there is nothing to quote. */
  readonly find: (draft: Draft, facts: DraftFacts) => readonly string[];
};

/** Subject and body, read as one. */
export const textOf = ({ subject, body }: Draft): string => `${subject}\n\n${body}`;

/** A message that meets somebody for the first time, or again after a long time. */
export const isFirstContact = ({ purpose }: Draft, { unsolicited }: DraftFacts): boolean =>
  unsolicited || purpose === "source" || purpose === "screen_invite" || purpose === "reengage";

/** The sentences of the last draft: every rule on wording asks for them. */
let kept: { readonly text: string; readonly sentences: readonly Sentence[] } | undefined;

/** The sentences of a text; an entry of a list is one of its own. */
export function sentencesOf(text: string): readonly Sentence[] {
  if (kept?.text !== text) kept = { text, sentences: proseSentences(text).map(sentenceOf) };
  return kept.sentences;
}

/** The words of a name, folded: without case, accents and signs. */
export const wordsOfName = (name: string): string[] =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
