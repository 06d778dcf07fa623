/** What could not be read of somebody's calendar: all of it, or some entries. */
export type CalendarGap =
  | {
      readonly gap: "unread";
      /** The message of the error that reading it failed with. */
      readonly failure: string;
      /** The day of the last successful reading, whose times were used. Null when it was never read. */
      readonly last_read: string | null;
    }
  | UnreadableEntries;

export type UnreadableEntries = {
  readonly gap: "entries";
  readonly unreadable: number;
  /** How many of these entries are in an unknown time zone. Every hour that they could mean counts as busy. */
  readonly zoneless: number;
  /** The first of these entries. */
  readonly entries: readonly UnreadEntry[];
  /** The last line of a file that ends in its middle. What would follow is not known. */
  readonly breaksOffAt?: number;
};

/** An entry of a calendar that could not be read for sure. It has no title here: a busy calendar's titles are private. */
export type UnreadEntry = {
  /** The line of the file that it begins on. */
  readonly line: number;
  /** The day that it begins on as the calendar writes it; of a series, the first near the time asked. Null when not known. */
  readonly day: string | null;
  /** Whether every hour that it could take counts as busy. */
  readonly closed: boolean;
};

/** A reason against a time. `who` is an interviewer's e-mail, or the reference of the candidate's application. */
export type Conflict = { readonly who: string } & (
  | { readonly kind: "double_booking"; readonly party: "candidate" | "interviewer" }
  | { readonly kind: "busy" | "hours_unknown" }
  | { readonly kind: "outside_hours" | "candidate_local_time"; readonly local: string }
  | { readonly kind: "buffer"; readonly minutes: number }
  | { readonly kind: "weekly_limit"; readonly interviews: number }
  | { readonly kind: "calendar"; readonly calendar: CalendarGap }
);

/**
 * `never`: the interview cannot be held then. `override`: a person may decide to hold it, with a reason. `note`: shown
 * only.
 */
type Weight = "never" | "override" | "note";

const WEIGHTS: Record<Conflict["kind"], Weight> = {
  double_booking: "never",
  busy: "override",
  outside_hours: "override",
  buffer: "override",
  weekly_limit: "override",
  hours_unknown: "note",
  calendar: "note",
  candidate_local_time: "note",
};

export const weightOf = ({ kind }: Conflict): Weight => WEIGHTS[kind];
