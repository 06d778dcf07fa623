import { describe, expect, it } from "vitest";
import { busyTimes } from "../../src/calendar/busy.ts";
import { calendarFile as calendar, calendarEvent } from "../support/feed.ts";

const event = (...lines: string[]) => calendarEvent("one@test", ...lines);
const read = (text: string, from = "2026-10-19", to = "2026-11-02", zone = "Europe/Berlin") => {
  const window = { start: Date.parse(`${from}T00:00Z`), end: Date.parse(`${to}T00:00Z`) };
  const { busy, unreadable } = busyTimes({ text, window, zone, email: "ines@example.test" });
  expect(unreadable).toBe(0);
  return busy.map(({ start, end }) =>
    [start, end].map((t) => new Date(t).toISOString().slice(5, 16)).join("/"),
  );
};

describe("busy times of a calendar", () => {
  it("keep a weekly meeting at its hour on the wall when clocks go back", () => {
    const rule = "RRULE:FREQ=WEEKLY;BYDAY=TH";
    const text = calendar(...event("DTSTART;TZID=Europe/Berlin:20200102T140000", "DURATION:PT1H", rule));
    expect(read(text)).toEqual(["10-22T12:00/10-22T13:00", "10-29T13:00/10-29T14:00"]);
  });

  it("read a zone that only the file defines", () => {
    const zone = [
      ...["BEGIN:VTIMEZONE", "TZID:W. Europe Standard Time"],
      ...["BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100"],
      ...["RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD"],
      ...["BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"],
      ...["RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE"],
    ];
    const start = "DTSTART;TZID=W. Europe Standard Time:20261023T090000";
    const text = calendar(...zone, ...event(start, "DURATION:PT30M", "RRULE:FREQ=WEEKLY;COUNT=2"));
    expect(read(text)).toEqual(["10-23T07:00/10-23T07:30", "10-30T08:00/10-30T08:30"]);
  });

  it("take whole days and floating times on the owner's clock", () => {
    const text = calendar(...event("DTSTART;VALUE=DATE:20261024", "DTEND;VALUE=DATE:20261026"));
    expect(read(text)).toEqual(["10-23T22:00/10-25T23:00"]);
    expect(read(text, "2026-10-19", "2026-11-02", "Asia/Kolkata")).toEqual(["10-23T18:30/10-25T18:30"]);
    expect(read(calendar(...event("DTSTART:20261026T090000", "DTEND:20261026T100000")))).toEqual([
      "10-26T08:00/10-26T09:00",
    ]);
  });

  it.each([
    ["cancelled", ["STATUS:CANCELLED"]],
    ["marked as free", ["TRANSP:TRANSPARENT"]],
    ["free in Outlook", ["X-MICROSOFT-CDO-BUSYSTATUS:FREE"]],
    ["declined by the owner", ["ATTENDEE;PARTSTAT=DECLINED:mailto:Ines@example.test"]],
  ])("leave out what is %s", (_name, lines) => {
    const at = ["DTSTART:20261026T090000Z", "DTEND:20261026T100000Z"];
    expect(read(calendar(...event(...at, ...lines)))).toEqual([]);
    expect(
      read(calendar(...event(...at, "ATTENDEE;PARTSTAT=DECLINED:mailto:other@example.test"))),
    ).toHaveLength(1);
  });

  it("follow exceptions: one left out, one moved, one cancelled", () => {
    const at = (day: string, hour: string) => `DTSTART:202610${day}T${hour}0000Z`;
    const text = calendar(
      ...event(at("19", "09"), "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=5", "EXDATE:20261020T090000Z"),
      ...event("RECURRENCE-ID:20261021T090000Z", at("21", "15"), "DURATION:PT2H"),
      ...event("RECURRENCE-ID:20261022T090000Z", at("22", "09"), "DURATION:PT1H", "STATUS:CANCELLED"),
    );
    expect(read(text)).toEqual([
      "10-19T09:00/10-19T10:00",
      "10-21T15:00/10-21T17:00",
      "10-23T09:00/10-23T10:00",
    ]);
  });

  it("see an exception whose series is not in the file, and free/busy", () => {
    const lone = event("RECURRENCE-ID:20261021T090000Z", "DTSTART:20261021T110000Z", "DURATION:PT1H");
    const busy = [
      "BEGIN:VFREEBUSY",
      "FREEBUSY;FBTYPE=BUSY:20261022T080000Z/PT30M",
      "FREEBUSY;FBTYPE=FREE:20261022T100000Z/PT1H",
      "END:VFREEBUSY",
    ];
    expect(read(calendar(...lone, ...busy))).toEqual(["10-21T11:00/10-21T12:00", "10-22T08:00/10-22T08:30"]);
  });

  it("are cut to the window, however long an event lasts", () => {
    const text = calendar(...event("DTSTART:20150101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"));
    expect(read(text, "2026-10-20", "2026-10-22")).toEqual([
      "10-20T09:00/10-20T10:00",
      "10-21T09:00/10-21T10:00",
    ]);
  });

  it("know what may be an interview of ours by its UID, and keep no other", () => {
    const uid = "interview-0198f000-0000-7000-8000-000000000000@greenflag";
    const text = calendar(
      ...["BEGIN:VEVENT", `UID:${uid}`, "DTSTART:20261026T090000Z", "DURATION:PT1H", "END:VEVENT"],
    );
    const window = { start: Date.parse("2026-10-19"), end: Date.parse("2026-11-02") };
    expect(busyTimes({ text, window, zone: "UTC", email: "a@b.c" }).busy).toMatchObject([{ uid }]);
    const other = busyTimes({ text: text.replace(uid, "x@y"), window, zone: "UTC", email: "a@b.c" }).busy;
    expect(other).toHaveLength(1);
    expect(other[0]).not.toHaveProperty("uid");
  });

  it("count what cannot be made out instead of hiding it", () => {
    const text = calendar(...event("DURATION:PT1H"), ...event("DTSTART:20261026T090000Z", "DURATION:PT1H"));
    const window = { start: Date.parse("2026-10-19"), end: Date.parse("2026-11-02") };
    expect(busyTimes({ text, window, zone: "UTC", email: "a@b.c" })).toMatchObject({
      busy: [{}],
      unreadable: 1,
    });
  });

  it.each([
    ["a web page", "<html><body>Sign in</body></html>", "broken"],
    ["nothing", "", "broken"],
    ["a contact", "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:X\r\nEND:VCARD\r\n", "broken"],
  ])("refuse %s", { timeout: 600_000 }, (_name, text, reason) => {
    // The number of entries and repetitions decides, however long this machine takes to count them.
    const window = { start: Date.parse("2026-10-19"), end: Date.parse("2026-11-02") };
    expect(() => busyTimes({ text, window, zone: "UTC", email: "a@b.c" })).toThrow(reason);
  });
});

const autumn = { start: Date.parse("2026-10-01"), end: Date.parse("2026-12-31") };
const all = (...lines: string[]) => {
  const {
    busy,
    entries: _,
    ...counts
  } = busyTimes({
    text: calendar(...lines),
    window: autumn,
    zone: "Europe/Berlin",
    email: "ines@example.test",
  });
  const minute = (t: number) => new Date(t).toISOString().slice(5, 16);
  return { busy: busy.map(({ start, end }) => `${minute(start)}/${minute(end)}`), ...counts };
};
const sure = { unreadable: 0, zoneless: 0 };
const guessed = { unreadable: 1, zoneless: 1 };
const NEW_YORK = "TZID=America/New_York";
const CUSTOM = "TZID=Custom Zone";

describe("a zone that the file does not define", () => {
  it.each([
    ["America/New_York", "12-08T14:00/12-08T16:00"],
    ["america/new_york", "12-08T14:00/12-08T16:00"],
    ["America/Argentina/Buenos_Aires", "12-08T12:00/12-08T14:00"],
    ["Japan", "12-08T00:00/12-08T02:00"],
    ["EST5EDT", "12-08T14:00/12-08T16:00"],
    ["Etc/GMT+5", "12-08T14:00/12-08T16:00"],
    ["/freeassociation.sourceforge.net/Asia/Tokyo", "12-08T00:00/12-08T02:00"],
    ["/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "12-08T12:00/12-08T14:00"],
    ["/mozilla.org/20050126_1/America/New_York", "12-08T14:00/12-08T16:00"],
    ["/example.test/UTC", "12-08T09:00/12-08T11:00"],
  ])("is read by its IANA name: %s", (name, busy) => {
    const lines = event(`DTSTART;TZID=${name}:20261208T090000`, `DTEND;TZID=${name}:20261208T110000`);
    expect(all(...lines)).toEqual({ busy: [busy], ...sure });
  });

  it("keeps a weekly meeting at its hour on the wall when its own clocks go back", () => {
    const rule = "RRULE:FREQ=WEEKLY;UNTIL=20261105T140000Z";
    expect(all(...event(`DTSTART;${NEW_YORK}:20261022T090000`, "DURATION:PT1H", rule))).toEqual({
      // Berlin's clocks go back on 25 October, New York's on 1 November.
      busy: ["10-22T13:00/10-22T14:00", "10-29T13:00/10-29T14:00", "11-05T14:00/11-05T15:00"],
      ...sure,
    });
  });

  it("follows exceptions that are given in UTC or without a zone", () => {
    const times = [`DTSTART;${NEW_YORK}:20261207T200000`, "DTEND:20261207T210000"];
    const rules = ["RRULE:FREQ=DAILY;COUNT=5", "EXDATE:20261209T010000Z", "EXDATE:20261209T200000"];
    const series = event(...times, ...rules);
    const moved = event("RECURRENCE-ID:20261211T010000Z", "DTSTART:20261211T090000Z", "DURATION:PT1H");
    expect(all(...series, ...moved)).toEqual({
      busy: ["12-08T01:00/12-08T02:00", "12-11T09:00/12-11T10:00", "12-12T01:00/12-12T02:00"],
      ...sure,
    });
  });

  it("counts the last day of a series that ends on the clock of its start", () => {
    for (const until of ["20261208T200000", "20261208"]) {
      const rule = `RRULE:FREQ=DAILY;UNTIL=${until}`;
      const lines = event(`DTSTART;${NEW_YORK}:20261207T200000`, "DURATION:PT1H", rule);
      expect(all(...lines).busy).toEqual(["12-08T01:00/12-08T02:00", "12-09T01:00/12-09T02:00"]);
    }
  });

  it("may be another at the end than at the start", () => {
    const flight = [`DTSTART;${NEW_YORK}:20261208T180000`, "DTEND;TZID=Europe/Paris:20261209T073000"];
    const expected = ["12-08T23:00/12-09T06:30", "12-09T23:00/12-10T06:30"];
    expect(all(...event(...flight))).toEqual({ busy: expected.slice(0, 1), ...sure });
    expect(all(...event(...flight, "RRULE:FREQ=DAILY;COUNT=2"))).toEqual({ busy: expected, ...sure });
  });

  it.each([
    "Custom Zone",
    "Custom/Zone",
    "Meeting/EST",
    '"(UTC-05:00) Eastern Time (US & Canada)"',
    '"+05:00"',
    "floating",
  ])("closes every hour that could be meant when it is not made out: %s", (name) => {
    const lines = event(`DTSTART;TZID=${name}:20261208T090000`, `DTEND;TZID=${name}:20261208T110000`);
    expect(all(...lines)).toEqual({ busy: ["12-07T19:00/12-08T23:00"], ...guessed });
  });

  it("closes them for each of a series, to the last that its end may include", () => {
    const rule = "RRULE:FREQ=WEEKLY;UNTIL=20261208T000000Z";
    const lines = event(
      `DTSTART;${CUSTOM}:20261124T090000`,
      "DURATION:PT2H",
      rule,
      `EXDATE;${CUSTOM}:20261201T090000`,
    );
    expect(all(...lines)).toEqual({
      busy: ["11-23T19:00/11-24T23:00", "12-07T19:00/12-08T23:00"],
      ...guessed,
    });
  });

  it("closes them between ends of which only one is made out", () => {
    const at = (...lines: string[]) => all(...event(...lines, "RRULE:FREQ=DAILY;COUNT=2"));
    expect(at(`DTSTART;${NEW_YORK}:20261208T090000`, `DTEND;${CUSTOM}:20261208T110000`)).toEqual({
      busy: ["12-08T14:00/12-08T23:00", "12-09T14:00/12-09T23:00"],
      ...guessed,
    });
    expect(at(`DTSTART;${CUSTOM}:20261208T090000`, `DTEND;${NEW_YORK}:20261208T110000`)).toEqual({
      busy: ["12-07T19:00/12-08T16:00", "12-08T19:00/12-09T16:00"],
      ...guessed,
    });
  });

  it("does not lose what was moved to where it cannot be found in the series", () => {
    const series = event(`DTSTART;${CUSTOM}:20261208T090000`, "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1");
    const moved = event("RECURRENCE-ID:20261208T140000Z", "DTSTART:20261215T140000Z", "DURATION:PT1H");
    expect(all(...series, ...moved)).toEqual({
      busy: ["12-07T19:00/12-08T22:00", "12-15T14:00/12-15T15:00"],
      ...guessed,
    });
  });

  it("is counted only where it closes hours", () => {
    const at = [`DTSTART;${CUSTOM}:20261208T090000`, "DURATION:PT1H"];
    expect(all(...event(...at, "TRANSP:TRANSPARENT"))).toEqual({ busy: [], ...sure });
    expect(all(...event(at[0] as string))).toEqual({ busy: [], ...sure });
    expect(all(...event(`DTSTART;${CUSTOM}:20200101T090000`, "DURATION:PT1H"))).toEqual({
      busy: [],
      ...sure,
    });
  });

  it("is found in free/busy too", () => {
    const busy = (name: string) =>
      all("BEGIN:VFREEBUSY", `FREEBUSY;${name}:20261208T090000/PT2H`, "END:VFREEBUSY");
    expect(busy(NEW_YORK)).toEqual({ busy: ["12-08T14:00/12-08T16:00"], ...sure });
    expect(busy(CUSTOM)).toEqual({ busy: ["12-07T19:00/12-08T23:00"], ...guessed });
  });
});
