/** What is not known of somebody's calendar: it could not be read at all, or some of its entries could not. */
export type CalendarGap =
  | {
      readonly gap: "unread";
      /** The message of the error that reading it ended with. */
      readonly failure: string;
      /** The day on which it was last read (that reading was used); null where it never was. */
      readonly last_read: string | null;
    }
  | UnreadableEntries;

export type UnreadableEntries = {
  readonly gap: "entries";
  readonly unreadable: number;
  /** How many of them are in a time zone that is not known: every hour that could be meant counts as busy. */
  readonly zoneless: number;
};

/** What stands against a time, and whom it concerns: an interviewer's e-mail, or the candidate's application. */
export type Conflict = { readonly who: string } & (
  | { readonly kind: "double_booking"; readonly party: "candidate" | "interviewer" }
  | { readonly kind: "busy" | "hours_unknown" }
  | { readonly kind: "outside_hours" | "candidate_local_time"; readonly local: string }
  | { readonly kind: "buffer"; readonly minutes: number }
  | { readonly kind: "weekly_limit"; readonly interviews: number }
  | { readonly kind: "calendar"; readonly calendar: CalendarGap }
);

/** `never`: an interview cannot be held then; `override`: a person may insist with a reason; `note`: worth knowing. */
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
