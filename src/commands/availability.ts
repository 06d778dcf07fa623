import { resolve } from "node:path";
import { isAddress, requireSource } from "../calendar/read.ts";
import type { Config } from "../config.ts";
import { INTERVIEW } from "../domain/access.ts";
import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { unreadableEntriesText } from "../mcp/text/fields/interview.ts";
import type { AvailabilitySet } from "../services/scheduling/set-availability.ts";
import { asMember } from "./member.ts";
import { print } from "./terminal.ts";

export type AvailabilityOptions = {
  readonly timezone?: string;
  readonly hours?: string;
  readonly limit?: string;
  readonly buffer?: string;
  readonly calendar?: string;
};

const OPTIONS = { timezone: "--timezone", hours: "--hours", calendar_url: "--calendar" } as const;

/**
 * Sets when a member can interview, as far as options are given, then reads their calendar and prints the stored
 * availability. Without options it only reads the calendar again. If the calendar cannot be read, nothing is changed.
 */
export async function memberAvailability(
  config: Config,
  memberEmail: string,
  { timezone, hours, limit, buffer, calendar }: AvailabilityOptions,
): Promise<void> {
  const member = memberEmail.trim().toLowerCase();
  const input = {
    ...{ member, timezone, hours },
    weekly_limit: limit === undefined ? undefined : limitOf(limit),
    buffer: buffer === undefined ? undefined : count("--buffer", buffer, 240),
    calendar_url: calendar === undefined ? undefined : calendarOf(calendar),
  };
  const call = { name: "member availability", access: INTERVIEW, allowFiles: true };
  await asMember(config, call, async (session, { availability }) =>
    show(await availability.set(session, input, OPTIONS)),
  );
}

function show({ member: { email }, availability }: AvailabilitySet): void {
  if (availability === undefined) {
    print(`Nothing is on record for ${email}. Set it with --timezone and --hours.`);
    return;
  }
  const { timezone, hours, buffer, weekly_limit, calendar } = availability;
  const unread = calendar ? unreadableEntriesText(calendar.unread, "the calendar") : "";
  if (unread !== "") print(unread);
  print(`${email}: ${hours}, ${timezone}`);
  const limit = weekly_limit === null ? "no limit" : `at most ${weekly_limit}`;
  print(`interviews a week: ${limit}; minutes free before and after: ${buffer}`);
  print(
    calendar === undefined
      ? "calendar: none"
      : `calendar: ${calendar.source}, ${pluralize(calendar.busy, "busy time")} in the next half year`,
  );
}

const limitOf = (text: string): number | null => (text === "none" ? null : count("--limit", text, 100));

/** A source as the use case takes it: a path is one below the working directory. */
function calendarOf(text: string): string {
  if (text === "none") return "";
  const source = requireSource(text, "--calendar");
  return isAddress(source) ? source : resolve(source);
}

function count(option: string, text: string, most: number): number {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new DomainError("invalid", `${option}: ${JSON.stringify(text)} is no number from 0 to ${most}.`);
}
