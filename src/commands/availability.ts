import { resolve } from "node:path";
import { uuidv7 } from "uuidv7";
import {
  calendarWindow,
  createCalendarReader,
  describeSource,
  isAddress,
  requireSource,
} from "../calendar/read.ts";
import type { Config } from "../config.ts";
import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { formatHours, OFFICE_HOURS, parseHours } from "../domain/scheduling/hours.ts";
import { requireZone } from "../domain/scheduling/wall-clock.ts";
import { unreadableEntriesText } from "../mcp/text/fields/interview.ts";
import type { AvailabilityRow } from "../store/scheduling/availability.ts";
import { print } from "./terminal.ts";
import { NEVER_CANCELLED, withUpkeep } from "./with-app.ts";

export type AvailabilityOptions = {
  readonly timezone?: string;
  readonly hours?: string;
  readonly limit?: string;
  readonly buffer?: string;
  readonly calendar?: string;
};

/**
 * Sets when a member can interview, as far as options are given, then reads their calendar and prints the stored
 * availability. Without options it only reads the calendar again. If the calendar cannot be read, nothing is changed.
 */
export async function memberAvailability(
  config: Config,
  memberEmail: string,
  options: AvailabilityOptions,
): Promise<void> {
  const email = memberEmail.trim().toLowerCase();
  const changes = readOptions(options);
  await withUpkeep(config, { command: "greenflag member" }, async (at, { availability }) => {
    const { memberId, row: before } = await availability.get(at, email);
    const isShown = Object.keys(options).length === 0;
    if (isShown && !before) {
      print(`Nothing is on record for ${email}. Set it with --timezone and --hours.`);
      return;
    }
    const { workspaceId } = at;
    const row = await withCalendar(email, changed(before, changes, { workspaceId, memberId }));
    if (!isShown || row.calendar !== null) await availability.set(at, row);
    show(email, row);
  });
}

/** Reads and checks the options before the database is opened. */
function readOptions({ timezone, hours, limit, buffer, calendar }: AvailabilityOptions) {
  const stated = hours === undefined ? undefined : parseHours(hours, "--hours");
  return {
    zone: timezone === undefined ? stated?.timezone : requireZone(timezone, "--timezone"),
    hours: stated?.hours,
    limit: limit === undefined ? undefined : limitOf(limit),
    buffer: buffer === undefined ? undefined : count("--buffer", buffer, 240),
    calendar: calendar === undefined ? undefined : calendarOf(calendar),
  };
}

function changed(
  before: AvailabilityRow | undefined,
  { zone, hours, limit, buffer, calendar }: ReturnType<typeof readOptions>,
  key: Pick<AvailabilityRow, "workspaceId" | "memberId">,
): AvailabilityRow {
  const timezone = zone ?? before?.timezone;
  if (timezone === undefined) {
    const hint = "Hours are hours on somebody's clock: --timezone Europe/Berlin.";
    throw new DomainError("invalid", "--timezone: missing.", hint);
  }
  const isNew = calendar !== undefined && calendar !== before?.calendar;
  return {
    ...key,
    id: before?.id ?? uuidv7(),
    timezone,
    hours: hours ?? before?.hours ?? OFFICE_HOURS,
    weeklyLimit: limit === undefined ? (before?.weeklyLimit ?? null) : limit,
    bufferMinutes: buffer ?? before?.bufferMinutes ?? 0,
    calendar: calendar === undefined ? (before?.calendar ?? null) : calendar,
    // Busy times of a replaced calendar are dropped.
    busy: isNew ? [] : (before?.busy ?? []),
    busyReadAt: isNew ? null : (before?.busyReadAt ?? null),
    updatedAt: new Date(),
  };
}

async function withCalendar(email: string, row: AvailabilityRow): Promise<AvailabilityRow> {
  if (row.calendar === null) return row;
  const now = Date.now();
  const times = await createCalendarReader({ allowFiles: true }).read({
    source: row.calendar,
    window: calendarWindow(now),
    zone: row.timezone,
    email,
    signal: NEVER_CANCELLED,
  });
  const unread = unreadableEntriesText(times, "the calendar");
  if (unread !== "") print(unread);
  const stored = times.busy.map(({ start, end, uid }): AvailabilityRow["busy"][number] =>
    uid === undefined ? [start, end] : [start, end, uid],
  );
  return { ...row, busy: stored, busyReadAt: new Date(now) };
}

function show(email: string, row: AvailabilityRow): void {
  print(`${email}: ${formatHours(row.hours)}, ${row.timezone}`);
  const limit = row.weeklyLimit === null ? "no limit" : `at most ${row.weeklyLimit}`;
  print(`interviews a week: ${limit}; minutes free before and after: ${row.bufferMinutes}`);
  const source = row.calendar === null ? "none" : describeSource(row.calendar);
  print(
    `calendar: ${source}${row.calendar === null ? "" : `, ${pluralize(row.busy.length, "busy time")} in the next half year`}`,
  );
}

const limitOf = (text: string): number | null => (text === "none" ? null : count("--limit", text, 100));

function calendarOf(text: string): string | null {
  if (text === "none") return null;
  const source = requireSource(text, "--calendar");
  return isAddress(source) ? source : resolve(source);
}

function count(option: string, text: string, most: number): number {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new DomainError("invalid", `${option}: ${JSON.stringify(text)} is no number from 0 to ${most}.`);
}
