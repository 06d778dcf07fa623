import type { Busy, BusyTimes } from "../../calendar/busy.ts";
import { type CalendarReader, calendarWindow, createCalendarReader } from "../../calendar/read.ts";
import type { AllowFiles } from "../../domain/allow-files.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import type { CalendarGap } from "../../domain/scheduling/conflict.ts";
import type { AvailabilityRow } from "../../store/scheduling/availability.ts";
import type { Session } from "../session.ts";

/** How long what a calendar held is used before it is read again, and how long one that failed is left alone. */
const FRESH_MS = 5 * 60_000;
const RETRY_AFTER_MS = 60_000;

/** When a member is busy by their calendar, and what of it could not be read. */
export type CalendarTimes = {
  readonly email: string;
  readonly busy: readonly Busy[];
  readonly gap?: CalendarGap;
};

export type Calendars = {
  /** When members are busy by their calendars, by member id. Goes to the network: never inside a transaction. */
  busyOf(
    session: Session,
    members: readonly (Member & { readonly availability?: AvailabilityRow })[],
  ): Promise<ReadonlyMap<string, CalendarTimes>>;
};

/** One reading of a calendar, kept for a while: what it held, or the message of what went wrong. */
type CachedReading = { readonly at: number } & ({ readonly times: BusyTimes } | { readonly failure: string });

export function createCalendars({
  calendars,
  allowFiles,
}: {
  readonly calendars?: CalendarReader | undefined;
  readonly allowFiles: AllowFiles;
}): Calendars {
  const reader = calendars ?? createCalendarReader({ allowFiles });
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
    const { busy, unreadable, zoneless } = reading.times;
    return { email, busy, ...(unreadable > 0 && { gap: { gap: "entries" as const, unreadable, zoneless } }) };
  }

  return {
    async busyOf(session, members) {
      const read = members.map(async (m) => [m.id, await busyOfMember(session, m)] as const);
      return new Map(await Promise.all(read));
    },
  };
}

/** What the calendar held when it was last read at the terminal. */
const storedBusy = ({ busy }: AvailabilityRow): Busy[] =>
  busy.map(([start, end, uid]) => ({ start, end, ...(uid === undefined ? {} : { uid }) }));
