import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type CalendarReader, createCalendarReader } from "../../src/calendar/read.ts";

export type Feed = { readonly url: string; asked(): number; close(): void };

/** A server of calendars on the loopback; gives its address and how often it was asked. */
export async function startFeed(answer: RequestListener): Promise<Feed> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-token/me.ics`,
    asked: () => asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Reads from a feed on this machine, however long that takes. */
export const loopbackReader = (): CalendarReader =>
  createCalendarReader({ allowFiles: false, loopback: true, fetchMs: 300_000, readMs: 300_000 });

/** An iCalendar file with these lines in it. */
export const calendarFile = (...lines: string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");

/** Lines of one event, named so that it does not get in another's way. */
export const calendarEvent = (uid: string, ...lines: string[]): string[] => [
  "BEGIN:VEVENT",
  `UID:${uid}`,
  ...lines,
  "END:VEVENT",
];
