import { uuidv7 } from "uuidv7";
import { type CalendarReader, calendarWindow, describeSource, requireSource } from "../../calendar/read.ts";
import { requireAct } from "../../domain/access.ts";
import { DomainError, notFound } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import type { UnreadableEntries } from "../../domain/scheduling/conflict.ts";
import { formatHours, type Hours, OFFICE_HOURS, parseHours } from "../../domain/scheduling/hours.ts";
import { requireZone } from "../../domain/scheduling/wall-clock.ts";
import {
  type AvailabilityRow,
  findAvailability,
  saveAvailability,
} from "../../store/scheduling/availability.ts";
import type { Db } from "../../store/store.ts";
import { findMember } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";
import { emailNamed } from "../team/named-member.ts";

export type AvailabilityInput = {
  /** E-mail of a member, or `me`; without it, the caller. */
  readonly member?: string | undefined;
  readonly timezone?: string | undefined;
  /** Such as `mon-thu 09:00-17:30, fri 9-15`; a time zone may stand among them. */
  readonly hours?: string | undefined;
  /** An https address, or a path where files may be named; empty for none. */
  readonly calendar_url?: string | undefined;
  /** Minutes free before and after an interview. */
  readonly buffer?: number | undefined;
  /** The most interviews in a calendar week; null for no limit. */
  readonly weekly_limit?: number | null | undefined;
};

/** What the caller calls the arguments, for the errors about them. */
type ArgumentNames = Readonly<Record<"timezone" | "hours" | "calendar_url", string>>;
const ARGUMENTS: ArgumentNames = { timezone: "timezone", hours: "hours", calendar_url: "calendar_url" };

export type AvailabilitySet = {
  readonly member: Pick<Member, "email" | "name">;
  /** As it is on record now; absent where nothing is. */
  readonly availability?: {
    readonly timezone: string;
    readonly hours: string;
    readonly buffer: number;
    readonly weekly_limit: number | null;
    readonly calendar?: {
      /** Where it is, without the parts of its address that may be secret. */
      readonly source: string;
      /** How many times it holds as taken, about half a year ahead. */
      readonly busy: number;
      readonly unread: Omit<UnreadableEntries, "gap">;
    };
  };
  /** The arguments that another value stands for now. */
  readonly changed: readonly string[];
};

export function createAvailability({ reader }: { readonly reader: CalendarReader }) {
  return {
    /**
     * Sets when a member can interview, as far as it is given, then reads their calendar. With nothing given, it only reads
     * the calendar again. Where the calendar cannot be read, nothing is changed.
     * @throws DomainError `forbidden` for somebody else's where the caller is no admin, `not_found` for a stranger,
     *   `invalid` for what cannot be meant, `unavailable` for a calendar that cannot be read.
     */
    async set(session: Session, input: AvailabilityInput, names = ARGUMENTS): Promise<AvailabilitySet> {
      const changes = readChanges(input, names);
      const { member, before } = await session.read((db) => loadMember(db, session, input.member));
      const isAsked = Object.values(changes).every((change) => change === undefined);
      const about = { email: member.email, name: member.name };
      if (isAsked && !before) return { member: about, changed: [] };
      const wanted = changedRow(before, changes, { session, member, names });
      // The network is asked before the transaction begins.
      const { row, unread } = await withCalendar(session, reader, member, wanted);
      const changed = changedFields(before, row);
      if (changed.length > 0 || row.calendar !== null)
        await session.write(async (tx) => {
          await saveAvailability(tx, row);
          if (changed.length > 0)
            await session.record(tx, member.id, "member.availability", { fields: changed });
        });
      return { member: about, availability: viewOf(row, unread), changed };
    },
  };
}

type Changes = {
  readonly timezone: string | undefined;
  readonly hours: Hours | undefined;
  readonly calendar: string | null | undefined;
  readonly buffer: number | undefined;
  readonly limit: number | null | undefined;
};

/** Reads and checks the arguments before anything is looked up. */
function readChanges(input: AvailabilityInput, names: ArgumentNames): Changes {
  const { timezone, hours, calendar_url, buffer, weekly_limit } = input;
  const stated = hours === undefined ? undefined : parseHours(hours, names.hours);
  return {
    timezone: timezone === undefined ? stated?.timezone : requireZone(timezone, names.timezone),
    hours: stated?.hours,
    calendar: calendar_url === undefined ? undefined : calendarOf(calendar_url, names.calendar_url),
    buffer,
    limit: weekly_limit,
  };
}

const calendarOf = (source: string, name: string): string | null =>
  source.trim() === "" ? null : requireSource(source, name);

/** The member whose it is, with what is on record. */
async function loadMember(db: Db, session: Session, named: string | undefined) {
  const email = emailNamed(session, named ?? "me").toLowerCase();
  if (email !== session.member.email) requireAct(session.member, "set_for");
  const member =
    email === session.member.email ? session.member : await findMember(db, session.workspaceId, email);
  if (!member) throw notFound("member", email, { do: "list_team" });
  const [before] = await findAvailability(db, session.workspaceId, [member.id]);
  return { member, before };
}

function changedRow(
  before: AvailabilityRow | undefined,
  { timezone, hours, calendar, buffer, limit }: Changes,
  {
    session,
    member,
    names,
  }: { readonly session: Session; readonly member: Member; readonly names: ArgumentNames },
): AvailabilityRow {
  const zone = timezone ?? before?.timezone;
  if (zone === undefined) {
    const hint = `Hours are hours on somebody's clock: ${names.timezone} Europe/Berlin.`;
    throw new DomainError("invalid", `${names.timezone}: missing.`, hint);
  }
  const isNew = calendar !== undefined && calendar !== before?.calendar;
  return {
    workspaceId: session.workspaceId,
    memberId: member.id,
    id: before?.id ?? uuidv7(),
    timezone: zone,
    hours: hours ?? before?.hours ?? OFFICE_HOURS,
    weeklyLimit: limit === undefined ? (before?.weeklyLimit ?? null) : limit,
    bufferMinutes: buffer ?? before?.bufferMinutes ?? 0,
    calendar: calendar === undefined ? (before?.calendar ?? null) : calendar,
    // Busy times of a replaced calendar are dropped.
    busy: isNew ? [] : (before?.busy ?? []),
    busyReadAt: isNew ? null : (before?.busyReadAt ?? null),
    updatedAt: session.now,
  };
}

type Unread = Omit<UnreadableEntries, "gap">;
const ALL_READ: Unread = { unreadable: 0, zoneless: 0, entries: [] };

async function withCalendar(
  session: Session,
  reader: CalendarReader,
  { email }: Member,
  row: AvailabilityRow,
): Promise<{ readonly row: AvailabilityRow; readonly unread: Unread }> {
  if (row.calendar === null) return { row, unread: ALL_READ };
  const { busy, ...unread } = await reader
    .read({
      ...{ source: row.calendar, zone: row.timezone, email },
      window: calendarWindow(session.now.getTime()),
      signal: session.signal,
    })
    .catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.code !== "unavailable") throw error;
      const { code, message, remedy, cause } = error;
      throw new DomainError(code, `${message} Nothing was changed.`, remedy, { cause });
    });
  const stored = busy.map(({ start, end, uid }): AvailabilityRow["busy"][number] =>
    uid === undefined ? [start, end] : [start, end, uid],
  );
  return { row: { ...row, busy: stored, busyReadAt: session.now }, unread };
}

/** What is on record, with the argument that sets it. */
const SET_BY = [
  ["timezone", "timezone"],
  ["hours", "hours"],
  ["calendar", "calendar_url"],
  ["bufferMinutes", "buffer"],
  ["weeklyLimit", "weekly_limit"],
] as const;

const UNSET = { timezone: null, hours: null, calendar: null, bufferMinutes: 0, weeklyLimit: null };

/** The arguments that something else stands for now than before. */
const changedFields = (before: AvailabilityRow | undefined, after: AvailabilityRow): string[] =>
  SET_BY.flatMap(([column, name]) =>
    JSON.stringify((before ?? UNSET)[column]) === JSON.stringify(after[column]) ? [] : [name],
  );

const viewOf = (
  { timezone, hours, bufferMinutes, weeklyLimit, calendar, busy }: AvailabilityRow,
  unread: Unread,
): NonNullable<AvailabilitySet["availability"]> => ({
  ...{ timezone, hours: formatHours(hours), buffer: bufferMinutes, weekly_limit: weeklyLimit },
  ...(calendar !== null && {
    calendar: { source: describeSource(calendar), busy: busy.length, unread },
  }),
});
