import { describe, expect, it } from "vitest";
import { busyTimes, NoCalendar } from "../../src/calendar/busy.ts";
import { decodeCalendar } from "../../src/calendar/text.ts";
import { busyOf, event, readLines, readText } from "../support/busy.ts";
import { calendarFile } from "../support/feed.ts";
import { FEEDS } from "./feeds.ts";

const GOOD = event("DTSTART:20261208T090000Z", "DTEND:20261208T100000Z");
const GOOD_BUSY = "12-08T09:00/12-08T10:00";

describe("the text of a calendar", () => {
  const bytes = (text: string) => Buffer.from(text, "utf8");

  it("may begin with a mark, in UTF-8 or UTF-16", () => {
    const text = calendarFile(...GOOD);
    for (const written of [bytes(`\uFEFF${text}`), Buffer.from(`\uFEFF${text}`, "utf16le")])
      expect(readText(decodeCalendar(written)).busy).toEqual([GOOD_BUSY]);
    expect(readText(`\uFEFF${text}`).busy).toEqual([GOOD_BUSY]);
  });

  it.each([
    ["that looks like the begin of something", ["DESCRIPTION:Agenda", "Begin: tomorrow"]],
    ["that looks like the end of something", ["DESCRIPTION:Agenda", "End: tomorrow"]],
    ["that looks like a state", ["DESCRIPTION:Order 7", "Status: Cancelled", "STATUS:CONFIRMED"]],
    ["that looks like a free time", ["DESCRIPTION:Order 7", "Transp: transparent", "TRANSP:OPAQUE"]],
  ])("may hold a line of a description %s, and the event keeps its hours", (_name, lines) => {
    const text = calendarFile(...event("DTSTART:20261208T090000Z", ...lines, "DTEND:20261208T100000Z"));
    expect(readText(text).busy).toEqual([GOOD_BUSY]);
  });

  it("may hold a rule that the library refuses: its hour is closed on every day, and the rest is read", () => {
    const series = event("DTSTART:20261207T140000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2;SKIP=BAR");
    const { busy, unreadable } = readText(calendarFile(...series, ...GOOD));
    expect(busy).toEqual(
      expect.arrayContaining([GOOD_BUSY, "12-07T14:00/12-07T15:00", "12-10T14:00/12-10T15:00"]),
    );
    expect(unreadable).toBe(1);
  });

  it("may be folded inside a letter, and keeps its lines", () => {
    const whole = bytes("TZID=Mitteleuropäische Zeit");
    const cut = whole.indexOf(0xc3) + 1;
    const folded = Buffer.concat([whole.subarray(0, cut), bytes("\r\n "), whole.subarray(cut)]);
    expect(decodeCalendar(folded)).toBe("TZID=Mitteleuropä\r\n ische Zeit");
  });

  it("may be in an older encoding", () => {
    expect(decodeCalendar(Buffer.from("SUMMARY:Büro", "latin1"))).toBe("SUMMARY:Büro");
  });

  it.each([
    ["bare line feeds", "\n"],
    ["bare carriage returns", "\r"],
    ["empty lines between", "\r\n\r\n"],
  ])("may have %s", (_name, end) =>
    expect(readText(calendarFile(...GOOD).replaceAll("\r\n", end)).busy).toEqual([GOOD_BUSY]),
  );

  it("may hold lines without the blank of a continuation, and very long ones", () => {
    const note = [
      "SUMMARY:Planning for the quarter and what",
      "comes after it, see below",
      "X-LONG:".padEnd(100_000, "x"),
    ];
    expect(busyOf(event("DTSTART:20261208T090000Z", ...note, "DTEND:20261208T100000Z"))).toEqual([GOOD_BUSY]);
    const rule = [
      "DTSTART:20261208T090000Z",
      "DURATION:PT1H",
      "RRULE:FREQ=DAILY;COUNT=3;BYDAY=MO,TU,W",
      "E,TH,FR",
    ];
    expect(busyOf(event(...rule))).toHaveLength(3);
    expect(
      busyOf(event("DTSTART", " ;TZID=Europe/Berlin", " :20261208T100000", "DURATION", " :PT1H")),
    ).toEqual([GOOD_BUSY]);
  });

  it("may hold properties and components that nobody knows, in any case of letters", () => {
    const odd = [
      "BEGIN:X-THING",
      'X-A;B=C;D="e;f:g":h',
      "END:X-THING",
      "BEGIN:VTODO",
      "DUE:20261208",
      "END:VTODO",
    ];
    const lower = GOOD.map((line) => line.replace("DTSTART", "dtstart").replace("VEVENT", "vevent"));
    expect(busyOf([...odd, ...lower])).toEqual([GOOD_BUSY]);
  });

  it("may hold several calendars, whose zones and changes go together", () => {
    const series = calendarFile(
      ...event("DTSTART:20261207T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"),
    );
    const change = calendarFile(
      ...event("RECURRENCE-ID:20261207T090000Z", "DTSTART:20261209T090000Z", "DURATION:PT1H"),
    );
    expect(readText(series + change).busy).toEqual([GOOD_BUSY, "12-09T09:00/12-09T10:00"]);
  });
});

describe("a part that cannot be read", () => {
  const beside = (...lines: string[]) => readLines([...event(...lines), ...GOOD]);

  it.each([
    ["an event without a start", ["DURATION:PT1H"]],
    ["a start that does not exist", ["DTSTART:20261332T090000Z", "DURATION:PT1H"]],
    ["a start that is a word", ["DTSTART:tomorrow", "DURATION:PT1H"]],
  ])("is named by its line where its time is not known: %s", (_name, lines) => {
    expect(beside(...lines)).toMatchObject({
      busy: [GOOD_BUSY],
      unreadable: 1,
      entries: [{ line: 4, day: null, closed: false }],
    });
  });

  it("is not named when it takes no time", () => {
    expect(beside("DURATION:PT1H", "STATUS:CANCELLED")).toMatchObject({ busy: [GOOD_BUSY], unreadable: 0 });
  });

  it.each([
    ["FREQ=FORTNIGHTLY"],
    ["FREQ=WEEKLY;BYDAY=XX"],
    ["FREQ=DAILY;INTERVAL=0"],
    ["FREQ=DAILY;BYHOUR=25"],
    ["BYDAY=MO"],
    ["FREQ=YEARLY;BYEASTER=1"],
  ])("closes its hour on every day when its rule is bad: %s", (rule) => {
    const reading = beside("DTSTART:20261207T120000Z", "DURATION:PT1H", `RRULE:${rule}`);
    expect(reading.busy).toContain(GOOD_BUSY);
    expect(reading.busy).toContain("12-30T12:00/12-30T13:00");
    expect(reading.busy).toHaveLength(25);
    expect(reading).toMatchObject({ unreadable: 1, entries: [{ line: 4, day: "2026-12-07", closed: true }] });
  });

  it.each([["UNTIL=later"], ["COUNT=many"], ["UNTL=20261210"]])("goes on when its end is bad: %s", (end) => {
    const reading = beside("DTSTART:20261207T120000Z", "DURATION:PT1H", `RRULE:FREQ=WEEKLY;${end}`);
    expect(reading.busy).toHaveLength(5);
    expect(reading).toMatchObject({ unreadable: 1, zoneless: 0 });
  });

  it.each([
    ["DTEND:None", "12-09T12:00/12-10T12:00"],
    ["DURATION:1 hour", "12-09T12:00/12-10T12:00"],
    ["DTEND:20261209T110000Z", "12-09T11:00/12-10T12:00"],
    ["DURATION:-PT1H", "12-09T11:00/12-10T12:00"],
  ])("closes a day when its end is bad: %s", (end, busy) => {
    expect(beside("DTSTART:20261209T120000Z", end)).toMatchObject({ busy: [GOOD_BUSY, busy], unreadable: 1 });
  });

  it("keeps a time that a bad exception may leave out, and says of a bad addition that it is not known", () => {
    const series = ["DTSTART:20261209T120000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"];
    expect(beside(...series, "EXDATE:tomorrow")).toMatchObject({
      unreadable: 1,
      entries: [{ closed: true }],
    });
    expect(beside(...series, "RDATE:tomorrow")).toMatchObject({
      unreadable: 1,
      entries: [{ closed: false }],
    });
    expect(beside("RECURRENCE-ID:tomorrow", ...series).busy).toHaveLength(3);
  });

  it("is named where an end is missing, and the rest is read", () => {
    const open = event("DTSTART:20261209T120000Z", "DURATION:PT1H").slice(0, -1);
    expect(readLines([...open, ...GOOD])).toMatchObject({
      busy: [GOOD_BUSY, "12-09T12:00/12-09T13:00"],
      entries: [{ line: 4, day: null, closed: false }],
    });
  });

  it("is named when the file ends in its middle", () => {
    const text = calendarFile(...GOOD, ...event("DTSTART:20261209T120000Z", "DURATION:PT1H"));
    const cut = text.slice(0, text.lastIndexOf("DURATION"));
    expect(readText(cut)).toMatchObject({ busy: [GOOD_BUSY], unreadable: 1, breaksOffAt: 11 });
    const unclosed = text.slice(0, text.lastIndexOf("END:VCALENDAR"));
    expect(readText(unclosed)).toMatchObject({ unreadable: 0, breaksOffAt: 13 });
  });

  it("is named where something else stands between the entries", () => {
    expect(readLines(["<html>", ...GOOD, "<p>Sign in</p>"])).toMatchObject({
      busy: [GOOD_BUSY],
      entries: [
        { line: 4, day: null, closed: false },
        { line: 10, day: null, closed: false },
      ],
    });
  });

  it("is named where the line is damaged that begins an event", () => {
    const damaged = event("DTSTART:20261209T120000Z", "DURATION:PT1H").map((line) =>
      line.replace("BEGIN", "BEGUN"),
    );
    expect(readLines([...damaged, ...GOOD])).toMatchObject({
      busy: [GOOD_BUSY],
      entries: [{ line: 6, closed: false }],
    });
  });

  it("is counted to the last, and named among the first", () => {
    const many = Array.from({ length: 9 }, () => event("DURATION:PT1H")).flat();
    const { unreadable, entries } = readLines(many);
    expect([unreadable, entries.length]).toEqual([9, 5]);
  });

  it("of free/busy times is named, and the rest of them read", () => {
    const periods = "20261208T090000Z/PT1H,tomorrow,20261209T090000Z/20261209T100000Z";
    const reading = readLines([
      "BEGIN:VFREEBUSY",
      `FREEBUSY;FBTYPE=BUSY-TENTATIVE:${periods}`,
      "END:VFREEBUSY",
    ]);
    expect(reading).toMatchObject({ busy: [GOOD_BUSY, "12-09T09:00/12-09T10:00"], unreadable: 1 });
  });
});

describe("a calendar that was cut or changed by accident", () => {
  const window = { start: Date.parse("2026-11-25"), end: Date.parse("2026-12-31") };
  const LIMIT_MS = 20_000;
  /** Reads or refuses in its own words, in time. */
  const attempt = (bytes: Buffer) => {
    const began = performance.now();
    try {
      const text = decodeCalendar(bytes);
      const { busy } = busyTimes({ text, window, zone: "Europe/Berlin", email: "ines@example.test" });
      for (const { start, end } of busy) expect(end).toBeGreaterThan(start);
    } catch (error) {
      expect(error).toBeInstanceOf(NoCalendar);
    }
    expect(performance.now() - began).toBeLessThan(LIMIT_MS);
  };
  const files = Object.entries(FEEDS).map(
    ([name, lines]) => [name, Buffer.from(calendarFile(...lines))] as const,
  );

  it.each(files)("of %s is read or refused, wherever it ends", (_name, bytes) => {
    for (let length = 0; length < bytes.length; length += 7) attempt(bytes.subarray(0, length));
  });

  it.each(files)("of %s is read or refused, whatever bit is wrong", (_name, bytes) => {
    let random = 20_261_130;
    const next = (below: number): number => {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((random / 2 ** 32) * below);
    };
    for (let run = 0; run < 300; run += 1) {
      const changed = Buffer.from(bytes);
      for (let flips = 0; flips <= run % 4; flips += 1) {
        const at = next(changed.length);
        changed[at] = (changed[at] ?? 0) ^ (1 << next(8));
      }
      attempt(changed);
    }
  });
});
