import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { AllowFiles } from "../domain/allow-files.ts";
import { DAY } from "../domain/days.ts";
import { DomainError } from "../domain/errors.ts";
import type { Interval } from "../domain/scheduling/interval.ts";
import { allowedPath } from "../files/allowed-path.ts";
import type { BusyRequest, BusyTimes } from "./busy.ts";
import { fetchFeed, MAX_CALENDAR_BYTES, NoFeed, requireAllowed, tooLarge } from "./feed.ts";
import { decodeCalendar } from "./text.ts";

/** How many days ahead calendars are read. Reading begins a week before now. */
export const CALENDAR_DAYS_AHEAD = 180;
const DAYS_BEFORE = 7;
/** Days read beyond that, for interviews at the very end and for a calendar that was read some days ago. */
const SPARE_DAYS = 10;

/**
 * The window that a calendar is read for, in epoch milliseconds. It is somewhat longer than the time that a caller may
 * ask about.
 */
export const calendarWindow = (now: number): Interval => ({
  start: now - DAYS_BEFORE * DAY,
  end: now + (CALENDAR_DAYS_AHEAD + SPARE_DAYS) * DAY,
});

/**
 * How long the thread may work on one calendar. A calendar with too many repetitions is stopped earlier, after some
 * seconds, by counting them (busy.ts). This limit is for rules that make the parser loop for ever.
 */
const READ_MS = 20_000;
const MAX_MEMORY_MB = 256;

// Uses the built worker also when running from source, because Node 20 cannot start a thread from TypeScript.
const built = import.meta.url.endsWith(".ts") ? "../../dist/calendar/busy-worker.js" : "./busy-worker.js";
const WORKER = new URL(built, import.meta.url);

const REASONS: Record<string, string> = {
  broken: "is not iCalendar.",
  entries: "holds more than 20,000 events.",
  repeats: "holds events that repeat more often than can be followed.",
};

type CalendarSource = Omit<BusyRequest, "text"> & {
  /** An https address, or the path or file:// address of a file. */
  readonly source: string;
  readonly signal: AbortSignal;
};

export type CalendarReader = {
  /**
   * When the owner of a calendar is busy.
   * @throws DomainError `unavailable` with the reason why it could not be read; never with its address
   */
  read(source: CalendarSource): Promise<BusyTimes>;
};

type Options = {
  /** Where files may be named. Only for a caller who is the user of this machine. */
  readonly allowFiles: AllowFiles;
  /** For tests only: allows the loopback address, without TLS, and other time limits. */
  readonly loopback?: boolean | undefined;
  readonly fetchMs?: number | undefined;
  readonly readMs?: number | undefined;
};

/** Reads calendars from outside, within limits on size, time, memory and repetitions. */
export function createCalendarReader(options: Options): CalendarReader {
  return {
    async read({ source, signal, ...request }) {
      try {
        const text = isAddress(source)
          ? await fetchFeed(source, { ...options, signal })
          : await readAllowed(source, options.allowFiles);
        return await inThread({ ...request, text }, options.readMs ?? READ_MS);
      } catch (error) {
        if (!(error instanceof NoFeed)) throw error;
        const { email } = request;
        const remedy = { do: "set_calendar", member: email } as const;
        throw new DomainError("unavailable", `The calendar of ${email} ${error.message}`, remedy, {
          cause: error.cause,
        });
      }
    },
  };
}

/** Whether the source is an address to fetch, not a file to open. */
export const isAddress = (source: string): boolean =>
  /^[a-z][a-z0-9+.-]+:\/\//i.test(source) && !isFile(source);
const isFile = (source: string): boolean => /^file:\/\//i.test(source);

/** The place of a calendar without the parts of its address that may be secret. */
export const describeSource = (source: string): string =>
  isAddress(source) ? `feed at ${new URL(source).host}` : "file";

/** A source as it is stored. @throws DomainError `invalid` for an address that would never be fetched. */
export function requireSource(
  source: string,
  field: string,
  options: Pick<Options, "loopback"> = {},
): string {
  const feed = source.trim().replace(/^webcal:\/\//i, "https://");
  try {
    if (isAddress(feed)) return requireAllowed(feed, options).href;
    return isFile(feed) ? fileURLToPath(feed) : feed;
  } catch (error) {
    const why = error instanceof NoFeed ? error.message : "is no file address.";
    throw new DomainError(
      "invalid",
      `${field}: ${why}`,
      "An https address, or an absolute path to an .ics file.",
    );
  }
}

async function readAllowed(source: string, allowFiles: AllowFiles): Promise<string> {
  const allowed = await allowedPath(source, allowFiles);
  if ("why" in allowed) throw new NoFeed(`is a file, and ${allowed.why}`);
  if (allowed.folder) throw new NoFeed("is a folder.");
  if (allowed.bytes > MAX_CALENDAR_BYTES) throw tooLarge();
  return decodeCalendar(await readFile(allowed.path));
}

/**
 * Reads a calendar in a thread of its own, because some rules keep the parser busy for ever and a thread can be ended.
 */
function inThread(request: BusyRequest, timeMs: number): Promise<BusyTimes> {
  return new Promise((done, fail) => {
    const worker = new Worker(WORKER, {
      workerData: request,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
    });
    const settle = (act: () => void) => {
      clearTimeout(timer);
      void worker.terminate();
      act();
    };
    const timer = setTimeout(() => settle(() => fail(new NoFeed("takes too long to read."))), timeMs);
    worker.on("message", (answer: BusyTimes | { reason: string }) =>
      settle(() => {
        if ("reason" in answer) fail(new NoFeed(REASONS[answer.reason] ?? "is not iCalendar."));
        else done(answer);
      }),
    );
    worker.on("error", (cause) => settle(() => fail(new NoFeed("takes too much to read.", { cause }))));
  });
}
