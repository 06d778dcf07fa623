import type { InterviewFacts, MessageFacts } from "./facts.ts";

/** What a draft was made from, as it is kept with it. A draft of an earlier release may lack any of these. */
export type MadeFrom = {
  readonly template?: string;
  readonly stage?: string;
  readonly facts?: MessageFacts;
  /** The member's own sentences. */
  readonly note?: string | null;
  readonly language?: string | undefined;
  /** The drafter's address. */
  readonly sender?: string;
  /** The interview that it was drafted for, null for none; left out when its template names none. */
  readonly interview?: InterviewFacts | null | undefined;
};

/** What is looked at again when a stored draft is to leave. */
export type DraftBasis = {
  readonly note: string | null;
  readonly interview: InterviewFacts | null | undefined;
  /** Days that the candidate had waited when the draft said so. */
  readonly daysWaiting: number | null;
};

/** Reads back what a draft was made from, whichever release wrote it. */
export const basisOf = ({ note, interview, facts }: MadeFrom): DraftBasis => ({
  note: note ?? null,
  interview,
  daysWaiting: facts?.days_waiting ?? null,
});
