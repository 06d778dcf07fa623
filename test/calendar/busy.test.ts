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

  it("are cut to the window, however long something goes on", () => {
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
    [
      "a second for ever",
      calendar(...event("DTSTART:20100101T090000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")),
      "repeats",
    ],
  ])("refuse %s", (_name, text, reason) => {
    const window = { start: Date.parse("2026-10-19"), end: Date.parse("2026-11-02") };
    expect(() => busyTimes({ text, window, zone: "UTC", email: "a@b.c" })).toThrow(reason);
  });
});
