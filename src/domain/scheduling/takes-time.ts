/** What an event in a calendar says of the time that it takes, in the words of the file, upper case. */
export type EventMarks = {
  readonly status?: string | undefined;
  readonly transparency?: string | undefined;
  /** How Outlook and Exchange show the time. */
  readonly shownAs?: string | undefined;
  /** The answers of the calendar's owner to the invitation. */
  readonly answers: readonly string[];
};

const SHOWN_AS_TAKEN: Readonly<Record<string, boolean>> = {
  FREE: false,
  WORKINGELSEWHERE: false,
  TENTATIVE: true,
  BUSY: true,
  OOF: true,
};

/**
 * Whether an event takes its owner's time. One that is cancelled or that the owner declined does not. Otherwise it is as
 * Outlook shows it where the file says so: free and working elsewhere are free, tentative, busy and away are not.
 * Without that, only a transparent event is free. What is tentative or unanswered takes time.
 */
export function takesTime({ status, transparency, shownAs, answers }: EventMarks): boolean {
  if (status === "CANCELLED") return false;
  if (answers.length > 0 && answers.every((answer) => answer === "DECLINED")) return false;
  return SHOWN_AS_TAKEN[shownAs ?? ""] ?? transparency !== "TRANSPARENT";
}
