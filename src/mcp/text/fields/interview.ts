// The sentences that an answer about interviews carries as fields.

import { pluralize } from "../../../domain/pluralize.ts";
import type { CalendarGap, Conflict, UnreadableEntries } from "../../../domain/scheduling/conflict.ts";
import type { TimesNote } from "../../../services/scheduling/find-interview-times.ts";
import type { BookingChange } from "../../../services/scheduling/interview-record.ts";

/** What a reader of proposed times has to know besides them. */
export function timesNoteText(note: TimesNote): string {
  switch (note.kind) {
    case "calendar":
      return calendarGapText(note.calendar, `the calendar of ${note.who}`);
    case "candidate_zone_unknown":
      return "The candidate's time zone is not on record: put it into candidate_hours to see their clock.";
    case "nobody_fits":
      return "Nobody's time fits: widen from and to, shorten minutes, or name others.";
    case "already_scheduled":
      return `${note.round} is scheduled already and left as it is.`;
    case "no_time_left":
      return `No time is left for ${note.round} inside the window: widen it, or name others.`;
  }
}

export function bookingText(change: BookingChange, round: string): string {
  switch (change) {
    case "scheduled":
      return `${round} is scheduled.`;
    case "changed":
      return `${round} is moved or changed.`;
    case "cancelled":
      return `${round} is cancelled; nobody is told until you send them the invitation's cancellation.`;
    case "scheduled_unchanged":
      return `${round} is already scheduled like this: nothing was changed.`;
    case "held":
      return `${round} was held.`;
    case "no_show":
      return `${round} did not take place (no-show); it can be booked again.`;
    case "held_unchanged":
    case "no_show_unchanged":
      return `${round} is on record like this already: nothing was changed.`;
    case "cancelled_unchanged":
      return `${round} was cancelled already: nothing was changed.`;
  }
}

/** What stands against a time, to be put behind whom it concerns; of a calendar, sentences of their own. */
export function conflictText(conflict: Conflict): string {
  switch (conflict.kind) {
    case "double_booking":
      return conflict.party === "candidate" ? "has another interview then" : "holds another interview then";
    case "busy":
      return "has something else in their calendar then";
    case "buffer":
      return `keeps ${pluralize(conflict.minutes, "minute")} free before and after`;
    case "outside_hours":
      return `does not work then (${conflict.local} for them)`;
    case "weekly_limit":
      return `holds at most ${pluralize(conflict.interviews, "interview")} a week`;
    case "hours_unknown":
      return "has no working hours on record: they were not checked";
    case "candidate_local_time":
      return `would be there at ${conflict.local}`;
    case "calendar":
      return calendarGapText(conflict.calendar, `the calendar of ${conflict.who}`);
  }
}

/** What of somebody's calendar is not known, and what was used instead. */
function calendarGapText(gap: CalendarGap, calendar: string): string {
  if (gap.gap === "entries") return unreadableEntriesText(gap, calendar);
  const used =
    gap.last_read === null ? "Nothing is known of it." : `What it held on ${gap.last_read} was used.`;
  return `${gap.failure} ${used}`;
}

/** Entries of a calendar that could not be read: where they are, and what is known of their hours. Empty without any. */
export function unreadableEntriesText(
  { unreadable, zoneless, entries, breaksOffAt }: Omit<UnreadableEntries, "gap">,
  calendar: string,
): string {
  const lost = entries.some(({ closed }) => !closed);
  return sentencesOf(
    unreadable > 0 &&
      `${pluralize(unreadable, "entry", "entries")} in ${calendar} could not be made out (${placesText(entries, unreadable)}).`,
    zoneless > 0 &&
      `The time zone of ${zoneless} is not known: every hour that could be meant counts as busy.`,
    unreadable > zoneless && !lost && "Every hour that it could take counts as busy.",
    lost && "When an entry without a day takes place is not known: look into the calendar before you book.",
    breaksOffAt !== undefined &&
      `${capitalized(calendar)} breaks off at line ${breaksOffAt}: what would follow is not known.`,
  );
}

function placesText(entries: UnreadableEntries["entries"], total: number): string {
  const places = entries.map(({ line, day }) => (day === null ? `line ${line}` : `${day}, line ${line}`));
  const more = total - entries.length;
  return [...places, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

const sentencesOf = (...sentences: readonly (string | false)[]): string =>
  sentences.filter((sentence) => sentence !== false).join(" ");

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
