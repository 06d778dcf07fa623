import { describe, expect, it } from "vitest";
import { takesTime } from "../../src/domain/scheduling/takes-time.ts";
import { busyOf, event } from "../support/busy.ts";
import { FEEDS } from "./feeds.ts";

describe("a calendar as a program writes it", () => {
  it("is read from Google: a series across the change of its clock, a moved day, a refusal, free days", () => {
    expect(busyOf(FEEDS.Google, { from: "2026-10-20" })).toEqual([
      ...["10-26T13:00/10-26T13:30", "11-02T14:00/11-02T14:30", "11-09T14:00/11-09T14:30"],
      ...["11-16T14:00/11-16T14:30", "11-23T14:00/11-23T14:30", "12-08T16:00/12-08T16:30"],
      ...["12-14T14:00/12-14T14:30", "12-21T14:00/12-21T14:30", "12-23T23:00/12-26T23:00"],
    ]);
  });

  it("is read from Outlook: tentative and away take time, free and working elsewhere do not", () => {
    expect(busyOf(FEEDS.Outlook)).toEqual([
      ...["12-02T09:00/12-02T10:00", "12-04T09:00/12-04T10:00", "12-09T13:00/12-09T14:30"],
      ...["12-16T09:00/12-16T10:00", "12-18T09:00/12-18T10:00", "12-20T23:00/12-21T23:00"],
    ]);
  });

  it("is read from Apple: a refusal under an address beside the name, a flight, a time on any clock", () => {
    expect(busyOf(FEEDS.Apple)).toEqual([
      ...["12-03T12:30/12-03T13:30", "12-17T07:00/12-17T07:30", "12-18T09:00/12-18T18:00"],
    ]);
  });

  it("is read from Exchange: a zone of its own, a zone by name, free/busy times", () => {
    expect(busyOf(FEEDS.Exchange)).toEqual([
      ...["12-07T13:30/12-07T14:30", "12-08T13:30/12-08T14:30", "12-09T13:30/12-09T14:30"],
      ...["12-10T17:00/12-10T18:00", "12-11T09:00/12-11T10:00", "12-11T13:00/12-11T13:45"],
      "12-12T00:00/12-13T00:00",
    ]);
  });
});

describe("whether an event takes time", () => {
  const busy = (...lines: string[]) =>
    busyOf(event("DTSTART:20261208T090000Z", "DURATION:PT1H", ...lines)).length === 1;

  it.each([
    [true, []],
    [true, ["STATUS:TENTATIVE"]],
    [false, ["STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"]],
    [false, ["TRANSP:TRANSPARENT"]],
    [false, ["transp:transparent"]],
    [false, ["X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"]],
    [true, ["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"]],
    [false, ["TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"]],
    [true, ["X-MICROSOFT-CDO-BUSYSTATUS:SOMETHING"]],
    [false, ["ATTENDEE;PARTSTAT=DECLINED:MAILTO:ines@example.test", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"]],
    [true, ["ATTENDEE;PARTSTAT=TENTATIVE:mailto:ines@example.test"]],
    [true, ["ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ines@example.test"]],
    [true, ["ATTENDEE;PARTSTAT=DECLINED:mailto:ravi@example.test"]],
  ])("%s with %j", (takes, lines) => expect(busy(...lines)).toBe(takes));

  it("goes by the owner's answers only when all of them refuse", () => {
    expect(takesTime({ answers: ["DECLINED", "ACCEPTED"] })).toBe(true);
    expect(takesTime({ answers: ["DECLINED", "DECLINED"] })).toBe(false);
  });
});
