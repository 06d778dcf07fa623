import type { InterviewFacts, MessageFacts } from "./facts.ts";
import type { Channel } from "./outbox.ts";

/** What a draft was made from, stored with it. A draft of an earlier release may lack any of these. */
export type MadeFrom = {
  readonly template?: string;
  readonly stage?: string;
  readonly facts?: MessageFacts;
  /** The sentences that the member added. */
  readonly note?: string | null;
  readonly language?: string | undefined;
  /** The e-mail address of the drafter. */
  readonly sender?: string;
  /**
   * The interview that it was drafted for; null when none was booked. Absent when its template does not use the
   * interview.
   */
  readonly interview?: InterviewFacts | null | undefined;
  /** How they were told, where that was without a message: there are no words then. */
  readonly channel?: Channel;
};

/** The parts of a draft's basis that are checked again before it is sent. */
export type DraftBasis = {
  readonly note: string | null;
  readonly interview: InterviewFacts | null | undefined;
  /** Days that the candidate had waited when the message was drafted. */
  readonly daysWaiting: number | null;
};

/** Reads what a draft was made from, whichever release stored it. */
export const basisOf = ({ note, interview, facts }: MadeFrom): DraftBasis => ({
  note: note ?? null,
  interview,
  daysWaiting: facts?.days_waiting ?? null,
});
