import { describe, expect, it } from "vitest";
import { busyOf, event, readLines } from "../support/busy.ts";

const BERLIN = "TZID=Europe/Berlin";
const at = (day: string, hour = "09") => `DTSTART;${BERLIN}:202612${day}T${hour}0000`;
/** The days of December on which something begins at nine in Berlin. */
const days = (...lines: string[]) => busyOf(lines).map((span) => span.slice(3, 5));

describe("the end of a series", () => {
  it("includes its day when it is a date, on the clock of the series", () => {
    expect(days(...event(at("04"), "DURATION:PT9H", "RRULE:FREQ=DAILY;UNTIL=20261208"))).toEqual([
      ...["04", "05", "06", "07", "08"],
    ]);
    const late = event(
      "DTSTART;TZID=America/New_York:20261204T220000",
      "DURATION:PT1H",
      "RRULE:FREQ=DAILY;UNTIL=20261205",
    );
    expect(busyOf(late)).toEqual(["12-05T03:00/12-05T04:00", "12-06T03:00/12-06T04:00"]);
  });

  it("is an instant when it is in UTC, also far east", () => {
    const rule = "RRULE:FREQ=DAILY;UNTIL=20261211T210000Z";
    const lines = event("DTSTART;TZID=Pacific/Auckland:20261209T100000", "DURATION:PT1H", rule);
    expect(busyOf(lines)).toEqual([
      ...["12-08T21:00/12-08T22:00", "12-09T21:00/12-09T22:00"],
      ...["12-10T21:00/12-10T22:00", "12-11T21:00/12-11T22:00"],
    ]);
  });

  it.each([
    ["20261208", 5],
    ["20261208T000000Z", 5],
    ["20261208T235959Z", 5],
    ["20261207T230000Z", 5],
    ["20261207T225959Z", 4],
    ["20261208T225959Z", 5],
  ])("of days is meant as a date: %s", (until, count) => {
    const lines = event("DTSTART;VALUE=DATE:20261204", `RRULE:FREQ=DAILY;UNTIL=${until}`);
    expect(busyOf(lines)).toHaveLength(count);
  });

  it("is a count of what the rule makes, and its first time counts even where the rule does not make it", () => {
    expect(days(...event(at("01"), "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3"))).toEqual([
      ...["01", "03", "07", "10"],
    ]);
  });
});

describe("a rule", () => {
  it.each([
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", ["01", "06", "15", "20", "29"]],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", ["01", "13", "15", "27", "29"]],
    ["FREQ=MONTHLY;BYDAY=1TU,-1MO", ["01", "28"]],
    ["FREQ=MONTHLY;BYMONTHDAY=1,-1,-31", ["01", "31"]],
    ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", ["01", "31"]],
    ["FREQ=YEARLY;BYMONTH=12;BYDAY=3TU", ["01", "15"]],
    ["FREQ=YEARLY;BYYEARDAY=335,342,349,-1;BYDAY=TU", ["01", "08", "15"]],
    ["FREQ=DAILY;BYDAY=1MO,2TU;COUNT=3", ["01", "07", "08"]],
    ["freq=daily;interval=10; count = 3", ["01", "11", "21"]],
    ["FREQ=DAILY;COUNT=2;X-NOTE=1;UNTIL=", ["01", "02"]],
  ])("is followed: %s", (rule, expected) => {
    const lines = event(at("01"), "DURATION:PT1H", `RRULE:${rule}`);
    expect(busyOf(lines, { to: "2027-01-01" }).map((span) => span.slice(3, 5))).toEqual(expected);
  });

  it("goes with another rule and with times that are left out", () => {
    const rules = [
      "RRULE:FREQ=DAILY;COUNT=4",
      "RRULE:FREQ=WEEKLY;COUNT=3",
      "EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2",
    ];
    expect(days(...event(at("01"), "DURATION:PT1H", ...rules))).toEqual(["02", "04", "08", "15"]);
  });

  it("that repeats every second closes the time from its first to its last", () => {
    const first = ["DTSTART:20261208T090000Z", "DURATION:PT1S"];
    const few = event(...first, "RRULE:FREQ=SECONDLY;COUNT=3");
    expect(busyOf(few)).toHaveLength(3);
    expect(readLines(event(...first, "RRULE:FREQ=SECONDLY;UNTIL=20261209T090000Z"))).toMatchObject({
      busy: ["12-08T09:00/12-09T09:00"],
      unreadable: 1,
      entries: [{ day: "2026-12-08", closed: true }],
    });
  });

  it.each([
    "FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2",
    "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=4",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=HOURLY;BYYEARDAY=366;BYMONTH=1",
  ])("that never comes true ends: %s", (rule) => {
    expect(readLines(event("DTSTART:20100101T090000Z", "DURATION:PT1H", `RRULE:${rule}`)).busy).toEqual([]);
  });

  it("is followed from long ago, and only near the window", () => {
    const long = event("DTSTART:19700101T090000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY;INTERVAL=24");
    expect(busyOf(long)).toHaveLength(36);
    const before = event("DTSTART:20261101T000000Z", "DTEND:20261201T000000Z");
    expect(busyOf(before)).toEqual(["11-01T00:00/12-01T00:00"]);
  });
});

describe("a change of one time in a series", () => {
  const series = event(
    "DTSTART;TZID=Europe/Berlin:20261207T090000",
    "DURATION:PT9H",
    "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2",
  );
  const moved = (id: string, ...lines: string[]) =>
    days(...series, ...event(id, at("08"), "DURATION:PT9H", ...lines));

  it.each([
    ["a date", "RECURRENCE-ID;VALUE=DATE:20261207"],
    ["a date that is not called one", "RECURRENCE-ID:20261207"],
    ["a time in UTC", "RECURRENCE-ID:20261207T080000Z"],
    ["a time in another zone", "RECURRENCE-ID;TZID=Asia/Kolkata:20261207T133000"],
    ["a time without a zone", "RECURRENCE-ID:20261207T090000"],
  ])("is found by %s", (_name, id) => expect(moved(id)).toEqual(["08", "14"]));

  it("stands for itself where the rule no longer makes that time", () => {
    expect(moved(`RECURRENCE-ID;${BERLIN}:20261209T090000`)).toEqual(["07", "08", "14"]);
    expect(moved(`RECURRENCE-ID;${BERLIN}:20261209T090000`, "STATUS:CANCELLED")).toEqual(["07", "14"]);
  });

  it("that is cancelled needs no time of its own", () => {
    const cancelled = event(`RECURRENCE-ID;${BERLIN}:20261207T090000`, "STATUS:CANCELLED");
    expect(days(...series, ...cancelled)).toEqual(["14"]);
  });

  it("may come into the window from outside it, and leave it", () => {
    const old = event(
      "DTSTART;TZID=Europe/Berlin:20200106T090000",
      "DURATION:PT1H",
      "RRULE:FREQ=WEEKLY;COUNT=2",
    );
    const late = event("RECURRENCE-ID:20200113T080000Z", "DTSTART:20261210T080000Z", "DURATION:PT1H");
    expect(days(...old, ...late)).toEqual(["10"]);
  });

  it("counts in its latest revision only", () => {
    const revision = (sequence: number, hour: string) =>
      event(`SEQUENCE:${sequence}`, "RECURRENCE-ID:20261207T080000Z", at("09", hour), "DURATION:PT1H");
    expect(busyOf([...series, ...revision(3, "11"), ...revision(1, "15")])).toEqual([
      "12-09T10:00/12-09T11:00",
      "12-14T08:00/12-14T17:00",
    ]);
  });

  it("may move all later ones", () => {
    const daily = event(at("07"), "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=5");
    const later = event(
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261209T080000Z",
      at("09", "15"),
      "DURATION:PT2H",
    );
    const single = event("RECURRENCE-ID:20261210T080000Z", at("10", "08"), "DURATION:PT1H");
    expect(busyOf([...daily, ...later, ...single])).toEqual([
      ...["12-07T08:00/12-07T09:00", "12-08T08:00/12-08T09:00", "12-09T14:00/12-09T16:00"],
      ...["12-10T07:00/12-10T08:00", "12-11T14:00/12-11T16:00"],
    ]);
    const ended = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20261209T080000Z", "STATUS:CANCELLED");
    expect(days(...daily, ...ended)).toEqual(["07", "08"]);
    const rule = "RRULE:FREQ=WEEKLY;COUNT=2";
    const other = event(
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261209T080000Z",
      at("09", "15"),
      "DURATION:PT2H",
      rule,
    );
    expect(days(...daily, ...other)).toEqual(["07", "08", "09", "16"]);
  });
});

describe("dates left out and added", () => {
  const daily = (...lines: string[]) =>
    event(at("07"), "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=5", ...lines);

  it.each([
    ["in UTC", "EXDATE:20261208T080000Z"],
    ["in another zone", "EXDATE;TZID=America/New_York:20261208T030000"],
    ["without a zone", "EXDATE:20261208T090000"],
    ["as a date", "EXDATE;VALUE=DATE:20261208"],
    ["as a date that is not called one", "EXDATE:20261208"],
    ["in a list with an empty part", `EXDATE;${BERLIN}:20261208T090000,`],
  ])("are left out %s", (_name, line) => expect(days(...daily(line))).toEqual(["07", "09", "10", "11"]));

  it("are left out of days", () => {
    const holiday = (line: string) =>
      busyOf(event("DTSTART;VALUE=DATE:20261207", "RRULE:FREQ=DAILY;COUNT=3", line));
    for (const line of ["EXDATE;VALUE=DATE:20261208", "EXDATE:20261208T000000Z", "EXDATE:20261207T230000Z"])
      expect(holiday(line)).toEqual(["12-06T23:00/12-07T23:00", "12-08T23:00/12-09T23:00"]);
  });

  it("are added as times, as dates and as periods with their own ends", () => {
    const periods = "RDATE;VALUE=PERIOD:20261221T100000Z/PT30M,20261222T100000Z/20261222T130000Z";
    const lines = event(
      at("07"),
      "DURATION:PT1H",
      `RDATE;${BERLIN}:20261210T140000`,
      "RDATE;VALUE=DATE:20261214",
      periods,
    );
    expect(busyOf(lines)).toEqual([
      ...["12-07T08:00/12-07T09:00", "12-10T13:00/12-10T14:00", "12-14T08:00/12-14T09:00"],
      ...["12-21T10:00/12-21T10:30", "12-22T10:00/12-22T13:00"],
    ]);
    const untyped = event(at("07"), "DURATION:PT1H", "RDATE:20261221T100000Z/PT30M");
    expect(busyOf(untyped)).toContain("12-21T10:00/12-21T10:30");
  });
});

describe("whole days", () => {
  it.each([
    ["an equal end", ["DTSTART;VALUE=DATE:20261208", "DTEND;VALUE=DATE:20261208"], "12-07T23:00/12-08T23:00"],
    [
      "an end before them",
      ["DTSTART;VALUE=DATE:20261208", "DTEND;VALUE=DATE:20261207"],
      "12-07T23:00/12-08T23:00",
    ],
    ["no end", ["DTSTART;VALUE=DATE:20261208"], "12-07T23:00/12-08T23:00"],
    ["no word that they are dates", ["DTSTART:20261208", "DTEND:20261210"], "12-07T23:00/12-09T23:00"],
    ["midnight behind the date", ["DTSTART;VALUE=DATE:20261208T000000"], "12-07T23:00/12-08T23:00"],
    ["a length in weeks", ["DTSTART;VALUE=DATE:20261208", "DURATION:P1W"], "12-07T23:00/12-14T23:00"],
  ])("are whole with %s", (_name, lines, busy) => expect(busyOf(event(...lines))).toEqual([busy]));

  it("are days on the owner's clock, also the short and the long one", () => {
    const day = (date: string, zone: string) =>
      busyOf(event(`DTSTART;VALUE=DATE:${date}`), { from: "2026-03-01", to: "2026-12-01", zone });
    expect(day("20260329", "Europe/Berlin")).toEqual(["03-28T23:00/03-29T22:00"]);
    expect(day("20261025", "Europe/Berlin")).toEqual(["10-24T22:00/10-25T23:00"]);
    expect(day("20261025", "Asia/Kolkata")).toEqual(["10-24T18:30/10-25T18:30"]);
  });
});

describe("a change of the clock", () => {
  const span = { from: "2026-03-01", to: "2026-12-01" };
  const berlin = (start: string, ...lines: string[]) =>
    busyOf(event(`DTSTART;${BERLIN}:${start}`, ...lines), span);

  it("that skips a time moves it behind the gap, and the next ones stay", () => {
    expect(
      berlin("20260328T023000", "DTEND;TZID=Europe/Berlin:20260328T033000", "RRULE:FREQ=DAILY;COUNT=3"),
    ).toEqual([...["03-28T01:30/03-28T02:30", "03-29T01:30/03-29T02:30", "03-30T00:30/03-30T01:30"]]);
  });

  it("that brings a time twice leaves the first, and an end behind it", () => {
    expect(berlin("20261024T023000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")).toEqual([
      ...["10-24T00:30/10-24T01:30", "10-25T00:30/10-25T01:30"],
    ]);
    expect(berlin("20261025T020000", "DTEND;TZID=Europe/Berlin:20261025T030000")).toEqual([
      "10-25T00:00/10-25T02:00",
    ]);
  });

  it("inside a repetition leaves the later of the end on the wall and the end by length", () => {
    const night = (start: string) =>
      berlin(
        start,
        `DTEND;${BERLIN}:${start.slice(0, 6)}${Number(start.slice(6, 8)) + 1}T060000`,
        "RRULE:FREQ=DAILY;COUNT=2",
      );
    expect(night("20260327T220000")).toEqual(["03-27T21:00/03-28T05:00", "03-28T21:00/03-29T05:00"]);
    expect(night("20261023T220000")).toEqual(["10-23T20:00/10-24T04:00", "10-24T20:00/10-25T05:00"]);
  });

  it("counts hours exactly and days by the calendar where a length is given", () => {
    expect(berlin("20261024T220000", "DURATION:PT8H")).toEqual(["10-24T20:00/10-25T04:00"]);
    expect(berlin("20261024T090000", "DURATION:P1DT1H")).toEqual(["10-24T07:00/10-25T09:00"]);
  });
});
