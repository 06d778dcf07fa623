import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
} from "ical-generator";
import { plainLine } from "../domain/untrusted.ts";

type Person = { readonly name: string; readonly email: string };

export type InviteFacts = {
  /** Stays the same when the time changes. Calendars find the event to replace by it. */
  readonly uid: string;
  /** Grows by one with each change. */
  readonly sequence: number;
  readonly start: Date;
  readonly end: Date;
  /**
   * When the interview was last changed. Not the present time, so that the same interview always gives the same file.
   */
  readonly changedAt: Date;
  readonly cancelled: boolean;
  readonly summary: string;
  readonly location: string | null;
  readonly organizer: Person;
  readonly attendees: readonly Person[];
};

export type Invite = {
  readonly filename: string;
  /** The media type for an e-mail, with the calendar method. */
  readonly content_type: string;
  readonly text: string;
};

/**
 * An interview as an iCalendar file (RFC 5545, 5546): a REQUEST, or a CANCEL of it. Times are in UTC, and every
 * calendar shows them in its owner's zone. Names and places are cleaned, so they cannot add properties.
 */
export function writeInvite(facts: InviteFacts): Invite {
  const { uid, sequence, start, end, changedAt, cancelled, summary, location, organizer, attendees } = facts;
  const method = cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  const calendar = ical({ prodId: { company: "Greenflag", product: "Greenflag" }, method });
  calendar.createEvent({
    id: uid,
    sequence,
    start,
    end,
    stamp: changedAt,
    summary: plainLine(summary),
    ...(location === null ? {} : { location: plainLine(location, 500) }),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: nameOf(organizer), email: organizer.email },
    attendees: attendees.map((person) => ({
      name: nameOf(person),
      email: person.email,
      rsvp: true,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
    })),
  });
  return {
    filename: cancelled ? "cancelled.ics" : "interview.ics",
    content_type: `text/calendar; method=${method}; charset=utf-8`,
    text: calendar.toString(),
  };
}

/** A parameter's value may not hold a quotation mark or a line break, even escaped (RFC 5545, 3.2). */
const nameOf = ({ name }: Person): string => plainLine(name).replace(/["\\]/g, "'");
