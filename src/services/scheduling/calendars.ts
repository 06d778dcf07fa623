import type { Busy, BusyTimes } from "../../calendar/busy.ts";
import { type CalendarReader, calendarWindow } from "../../calendar/read.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import type { CalendarGap } from "../../domain/scheduling/conflict.ts";
import type { AvailabilityRow } from "../../store/scheduling/availability.ts";
import type { Session } from "../session.ts";

/**
 * How long a reading is used before the calendar is read again: `FRESH_MS` after a success, `RETRY_AFTER_MS` after a
 * failure.
 */
const FRESH_MS = 5 * 60_000;
const RETRY_AFTER_MS = 60_000;

/** The busy times from a member's calendar, and what could not be read of it. */
export type CalendarTimes = {
  readonly email: string;
  readonly busy: readonly Busy[];
  readonly gap?: CalendarGap;
};

export type Calendars = {
  /** Busy times from members' calendars, by member id. Uses the network, so it must not run inside a transaction. */
  busyOf(
    session: Session,
    members: readonly (Member & { readonly availability?: AvailabilityRow })[],
  ): Promise<ReadonlyMap<string, CalendarTimes>>;
};

/** A cached reading of a calendar: its times, or the message of the error. */
type CachedReading = { readonly at: number } & ({ readonly times: BusyTimes } | { readonly failure: string });

export function createCalendars({ reader }: { readonly reader: CalendarReader }): Calendars {
  const cache = new Map<string, CachedReading>();

  async function readCached(
    session: Session,
    { email, id }: Member,
    { timezone }: AvailabilityRow,
    source: string,
  ): Promise<CachedReading> {
    const now = session.now.getTime();
    const key = [session.workspaceId, id, timezone, source].join(" ");
    const cached = cache.get(key);
    const lasts = cached && "times" in cached ? FRESH_MS : RETRY_AFTER_MS;
    if (cached && Math.abs(now - cached.at) < lasts) return cached;
    const reading = await reader
      .read({ source, zone: timezone, email, signal: session.signal, window: calendarWindow(now) })
      .then((times) => ({ at: now, times }))
      .catch((error: unknown) => {
        if (error instanceof DomainError && error.code === "unavailable")
          return { at: now, failure: error.message };
        throw error;
      });
    cache.set(key, reading);
    return reading;
  }

  async function busyOfMember(
    session: Session,
    member: Member & { readonly availability?: AvailabilityRow },
  ): Promise<CalendarTimes> {
    const { email, availability } = member;
    if (!availability) return { email, busy: [] };
    if (!availability.calendar) return { email, busy: storedBusy(availability) };
    const reading = await readCached(session, member, availability, availability.calendar);
    if ("failure" in reading) {
      const { busyReadAt } = availability;
      const last_read = busyReadAt === null ? null : dayOf(busyReadAt);
      const gap = { gap: "unread" as const, failure: reading.failure, last_read };
      return { email, busy: storedBusy(availability), gap };
    }
    const { busy, ...unread } = reading.times;
    const isComplete = unread.unreadable === 0 && unread.breaksOffAt === undefined;
    return { email, busy, ...(!isComplete && { gap: { gap: "entries" as const, ...unread } }) };
  }

  return {
    async busyOf(session, members) {
      const read = members.map(async (m) => [m.id, await busyOfMember(session, m)] as const);
      return new Map(await Promise.all(read));
    },
  };
}

/** The busy times that were stored when the calendar was last read by a command. */
const storedBusy = ({ busy }: AvailabilityRow): Busy[] =>
  busy.map(([start, end, uid]) => ({ start, end, ...(uid === undefined ? {} : { uid }) }));
