import { describe, expect, it } from "vitest";
import { WINDOWS_ZONES } from "../../src/calendar/windows-zones.ts";
import { busyOf, event, readLines } from "../support/busy.ts";

const meeting = (zone: string) =>
  event(`DTSTART;TZID=${zone}:20261208T090000`, `DTEND;TZID=${zone}:20261208T110000`);
/** A zone that goes back an hour on the last Sunday of October and forward on the last of March. */
const defined = (name: string, winter = "+0100", summer = "+0200") => [
  ...["BEGIN:VTIMEZONE", `TZID:${name}`],
  ...["BEGIN:STANDARD", "DTSTART:16010101T030000", `TZOFFSETFROM:${summer}`, `TZOFFSETTO:${winter}`],
  ...["RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD"],
  ...["BEGIN:DAYLIGHT", "DTSTART:16010101T020000", `TZOFFSETFROM:${winter}`, `TZOFFSETTO:${summer}`],
  ...["RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE"],
];

describe("a zone's name of Windows", () => {
  it.each([
    ["Eastern Standard Time", "12-08T14:00/12-08T16:00"],
    ["eastern standard time", "12-08T14:00/12-08T16:00"],
    ["W. Europe Standard Time", "12-08T08:00/12-08T10:00"],
    ["India Standard Time", "12-08T03:30/12-08T05:30"],
    ["Mountain Standard Time (Mexico)", "12-08T16:00/12-08T18:00"],
    ["Central Asia Standard Time", "12-08T03:00/12-08T05:00"],
    ["UTC-02", "12-08T11:00/12-08T13:00"],
    ["tzone://Microsoft/Utc", "12-08T09:00/12-08T11:00"],
  ])("is read by the CLDR table: %s", (name, busy) => expect(busyOf(meeting(name))).toEqual([busy]));

  it("has a zone that this program knows, in each row of the table", () => {
    for (const zone of Object.values(WINDOWS_ZONES)) expect(busyOf(meeting(zone))).toHaveLength(1);
  });

  it("that contradicts its definition closes what either means", () => {
    expect(readLines([...defined("India Standard Time"), ...meeting("India Standard Time")])).toMatchObject({
      busy: ["12-08T03:30/12-08T10:00"],
      zoneless: 1,
    });
  });
});

describe("a zone that the file defines", () => {
  it.each([
    ["Customized Time Zone", "Customized Time Zone", "Customized Time Zone"],
    [
      "a display name in quotes",
      "(UTC+01:00) Amsterdam\\, Berlin\\, Bern",
      '"(UTC+01:00) Amsterdam, Berlin, Bern"',
    ],
    [
      "a display name without quotes",
      "(UTC+01:00) Amsterdam\\, Berlin\\, Bern",
      "(UTC+01:00) Amsterdam, Berlin, Bern",
    ],
    ["tzone://Microsoft/Custom", "tzone://Microsoft/Custom", '"tzone://Microsoft/Custom"'],
    ["a short name that stands for another", "EST", "EST"],
  ])("is as defined: %s", (_name, written, used) =>
    expect(busyOf([...defined(written), ...meeting(used)])).toEqual(["12-08T08:00/12-08T10:00"]),
  );

  it("is as defined wherever in the file that stands", () => {
    expect(busyOf([...meeting("Our Zone"), ...defined("Our Zone")])).toEqual(["12-08T08:00/12-08T10:00"]);
  });

  it("changes its clock as defined, also by dates and with rules that ended", () => {
    const zone = [
      ...["BEGIN:VTIMEZONE", "TZID:Old Rules"],
      ...["BEGIN:DAYLIGHT", "DTSTART:19480501T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+1000"],
      ...["RRULE:FREQ=YEARLY;UNTIL=19510505T150000Z;BYMONTH=5;BYDAY=1SU", "END:DAYLIGHT"],
      ...["BEGIN:STANDARD", "DTSTART:19480911T000000", "TZOFFSETFROM:+1000", "TZOFFSETTO:+0900"],
      ...["RRULE:FREQ=YEARLY;UNTIL=19510908T140000Z;BYMONTH=9;BYDAY=2SA", "END:STANDARD"],
      ...["BEGIN:STANDARD", "DTSTART:20260101T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+0800"],
      ...["RDATE:20261209T000000", "END:STANDARD", "END:VTIMEZONE"],
    ];
    const lines = event(
      "DTSTART;TZID=Old Rules:20251201T090000",
      "DURATION:PT1H",
      "RDATE;TZID=Old Rules:20261201T090000",
    );
    expect(busyOf([...zone, ...lines], { from: "2025-11-01" })).toEqual([
      ...["12-01T00:00/12-01T01:00", "12-01T01:00/12-01T02:00"],
    ]);
  });

  it("skips and repeats times like any other", () => {
    const times = (start: string) => event(`DTSTART;TZID=Our Zone:${start}`, "DURATION:PT30M");
    const span = { from: "2026-03-01", to: "2026-12-01" };
    expect(busyOf([...defined("Our Zone"), ...times("20260329T023000")], span)).toEqual([
      "03-29T01:30/03-29T02:00",
    ]);
    expect(busyOf([...defined("Our Zone"), ...times("20261025T023000")], span)).toEqual([
      "10-25T00:30/10-25T01:00",
    ]);
  });

  it("goes behind an IANA name, whose definition may cover some years only", () => {
    const wrong = defined("Europe/Berlin", "+0500", "+0600");
    expect(busyOf([...wrong, ...meeting("Europe/Berlin")])).toEqual(["12-08T08:00/12-08T10:00"]);
  });

  it.each([
    ["offsets that are none", defined("Our Zone", "east", "west")],
    ["a rule that cannot be made out", defined("Our Zone").map((line) => line.replace("YEARLY", "OFTEN"))],
    ["nothing in it", ["BEGIN:VTIMEZONE", "TZID:Our Zone", "END:VTIMEZONE"]],
  ])("is not known with %s", (_name, zone) =>
    expect(readLines([...zone, ...meeting("Our Zone")])).toMatchObject({
      busy: ["12-07T19:00/12-08T23:00"],
      zoneless: 1,
      entries: [{ day: "2026-12-08", closed: true }],
    }),
  );
});

describe("a time without a zone", () => {
  const floating = event("DTSTART:20261208T090000", "DURATION:PT1H");

  it("is on the clock that the calendar names, else on its owner's", () => {
    expect(busyOf(floating)).toEqual(["12-08T08:00/12-08T09:00"]);
    expect(busyOf(["X-WR-TIMEZONE:America/New_York", ...floating])).toEqual(["12-08T14:00/12-08T15:00"]);
    expect(busyOf(["X-WR-TIMEZONE:India Standard Time", ...floating])).toEqual(["12-08T03:30/12-08T04:30"]);
    expect(busyOf(floating, { zone: "Asia/Tokyo" })).toEqual(["12-08T00:00/12-08T01:00"]);
  });

  it("may be anywhere when that name is not made out", () => {
    expect(readLines(["X-WR-TIMEZONE:Head Office", ...floating])).toMatchObject({
      busy: ["12-07T19:00/12-08T22:00"],
      zoneless: 1,
    });
  });

  it("leaves whole days to the owner's clock", () => {
    const day = event("DTSTART;VALUE=DATE:20261208");
    expect(busyOf(["X-WR-TIMEZONE:America/New_York", ...day])).toEqual(["12-07T23:00/12-08T23:00"]);
  });
});

describe("a time in UTC or with an offset", () => {
  it.each([
    ["20261208T090000Z", "12-08T09:00/12-08T10:00"],
    ["20261208T090000+0530", "12-08T03:30/12-08T04:30"],
    ["2026-12-08T09:00:00Z", "12-08T09:00/12-08T10:00"],
    ["20261208T0900Z", "12-08T09:00/12-08T10:00"],
  ])("is read: %s", (time, busy) =>
    expect(busyOf(event(`DTSTART:${time}`, "DURATION:PT1H"))).toEqual([busy]),
  );

  it("is in UTC whatever zone stands beside it", () => {
    const lines = event("DTSTART;TZID=America/New_York:20261208T090000Z", "DURATION:PT1H");
    expect(busyOf(lines)).toEqual(["12-08T09:00/12-08T10:00"]);
  });
});
