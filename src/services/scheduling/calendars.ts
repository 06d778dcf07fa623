import type { Busy, BusyTimes } from "../../calendar/busy.ts";
import {
  type CalendarReader,
  calendarWindow,
  createCalendarReader,
  tellUnreadable,
} from "../../calendar/read.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import type { AvailabilityRow } from "../../store/scheduling/availability.ts";
import type { Session } from "../session.ts";

/** How long what a calendar said is taken for true, and how long one that failed is left alone. */
const FRESH_MS = 5 * 60_000;
const FAILED_MS = 60_000;

export type Known = { readonly busy: readonly Busy[]; readonly note?: string };

export type Calendars = {
  /** When members are busy by their calendars, by member id. Goes to the network: never inside a transaction. */
  busyOf(
    session: Session,
    people: readonly (Member & { row?: AvailabilityRow })[],
  ): Promise<Map<string, Known>>;
};

type Kept = { readonly at: number; readonly times?: BusyTimes; readonly why?: string };

export function createCalendars({
  calendars,
  allowFiles,
}: {
  readonly calendars?: CalendarReader | undefined;
  readonly allowFiles: boolean;
}): Calendars {
  const reader = calendars ?? createCalendarReader({ allowFiles });
  const kept = new Map<string, Kept>();
  async function look(
    session: Session,
    { email, id }: Member,
    row: AvailabilityRow,
    source: string,
  ): Promise<Kept> {
    const now = session.now.getTime();
    const key = [session.workspaceId, id, row.timezone, source].join(" ");
    const known = kept.get(key);
    const age = known ? Math.abs(now - known.at) : Number.POSITIVE_INFINITY;
    if (known && age < (known.times ? FRESH_MS : FAILED_MS)) return known;
    const made = await reader
      .read({ source, zone: row.timezone, email, signal: session.signal, window: calendarWindow(now) })
      .then((times) => ({ at: now, times }))
      .catch((error: unknown) => {
        if (error instanceof DomainError && error.code === "unavailable")
          return { at: now, why: error.message };
        throw error;
      });
    kept.set(key, made);
    return made;
  }
  return {
    async busyOf(session, people) {
      const known = await Promise.all(
        people.map(async (person): Promise<[string, Known]> => {
          const { row } = person;
          if (!row?.calendar) return [person.id, { busy: row ? storedBusy(row) : [] }];
          const { times, why } = await look(session, person, row, row.calendar);
          if (!times) return [person.id, { busy: storedBusy(row), note: `${why} ${asOf(row)}` }];
          const { busy } = times;
          const note = tellUnreadable(times, `the calendar of ${person.email}`);
          return [person.id, note === undefined ? { busy } : { busy, note }];
        }),
      );
      return new Map(known);
    },
  };
}

const storedBusy = (row: AvailabilityRow): Busy[] =>
  row.busy.map(([start, end, uid]) => ({ start, end, ...(uid === undefined ? {} : { uid }) }));

const asOf = (row: AvailabilityRow): string =>
  row.busyReadAt === null ? "Nothing is known of it." : `What it said on ${dayOf(row.busyReadAt)} was used.`;
