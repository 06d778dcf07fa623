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

/** Calendars are read from the week before now to this many days ahead. */
export const CALENDAR_DAYS_AHEAD = 180;
const DAYS_BEFORE = 7;
/** Read beyond that, for interviews at the very end and a calendar read some days ago. */
const SPARE_DAYS = 10;

/** The window that a calendar is read for, in epoch milliseconds: somewhat more than may be asked about. */
export const calendarWindow = (now: number): Interval => ({
  start: now - DAYS_BEFORE * DAY,
  end: now + (CALENDAR_DAYS_AHEAD + SPARE_DAYS) * DAY,
});

/**
 * How long the thread may work on one calendar. What ends the reading of a calendar with too many repetitions is the count
 * of them (busy.ts), some seconds of work; this is only for rules that keep the parser from coming back at all.
 */
const READ_MS = 20_000;
const MAX_MEMORY_MB = 256;

// Always the built worker, from source too: Node 20 starts no thread on TypeScript.
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
   * @throws DomainError `unavailable` saying why it could not be read, without its address
   */
  read(source: CalendarSource): Promise<BusyTimes>;
};

type Options = {
  /** Whether files may be named: only where the caller is this machine's user. */
  readonly allowFiles: AllowFiles;
  /** Tests only: this machine itself may be asked, without TLS, and other times than usual. */
  readonly loopback?: boolean | undefined;
  readonly fetchMs?: number | undefined;
  readonly readMs?: number | undefined;
};

/** Reads calendars from outside: bounded in size, time, memory and repetitions, whatever they hold. */
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
        const hint = "greenflag member availability EMAIL --calendar sets another, or none.";
        throw new DomainError("unavailable", `The calendar of ${request.email} ${error.message}`, hint, {
          cause: error.cause,
        });
      }
    },
  };
}

/** Whether the source is fetched rather than opened. */
export const isAddress = (source: string): boolean =>
  /^[a-z][a-z0-9+.-]+:\/\//i.test(source) && !isFile(source);
const isFile = (source: string): boolean => /^file:\/\//i.test(source);

/** Where a calendar is kept, without what may be secret in its address. */
export const describeSource = (source: string): string =>
  isAddress(source) ? `feed at ${new URL(source).host}` : "file";

/** A source as it is stored. @throws DomainError `invalid` for an address that would never be asked. */
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
  return readFile(allowed.path, "utf8");
}

/** Reads a calendar in a thread of its own, which can be ended: some rules keep the parser busy for ever. */
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
