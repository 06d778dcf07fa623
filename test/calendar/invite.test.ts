import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { type InviteFacts, writeInvite } from "../../src/calendar/invite.ts";

const facts: InviteFacts = {
  uid: "interview-1@greenflag",
  sequence: 0,
  start: new Date("2026-10-26T08:00:00Z"),
  end: new Date("2026-10-26T08:45:00Z"),
  changedAt: new Date("2026-10-01T00:00:00Z"),
  cancelled: false,
  summary: "Interview: Platform architecture, MLOps engineer",
  location: null,
  organizer: { name: "Ada Byron", email: "ada@example.test" },
  attendees: [{ name: "Zoë Okafor", email: "zoe@example.test" }],
};
const open = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent");
  expect(events).toHaveLength(1);
  const component = events[0] as ICAL.Component;
  return { calendar, component, event: new ICAL.Event(component) };
};

describe("an invitation", () => {
  it("is RFC 5545 that a parser of others reads, with lines of at most 75 bytes", () => {
    const { text, content_type } = writeInvite(facts);
    const { calendar, event, component } = open(text);
    expect(content_type).toBe("text/calendar; method=REQUEST; charset=utf-8");
    expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
    expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
    expect(event.uid).toBe(facts.uid);
    expect(event.startDate.toJSDate()).toEqual(facts.start);
    expect(event.endDate.toJSDate()).toEqual(facts.end);
    expect(component.getFirstPropertyValue("status")).toBe("CONFIRMED");
    const [attendee] = component.getAllProperties("attendee");
    expect(attendee?.getFirstParameter("cn")).toBe("Zoë Okafor");
    expect(attendee?.getFirstParameter("rsvp")).toBe("TRUE");
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replace(/\r\n/g, "")).not.toMatch(/[\r\n]/);
  });

  it("is a CANCEL with the same UID when it is called off", () => {
    const { text, content_type } = writeInvite({ ...facts, sequence: 2, cancelled: true });
    const { calendar, event, component } = open(text);
    expect(content_type).toMatch(/method=CANCEL/);
    expect([calendar.getFirstPropertyValue("method"), event.uid, event.sequence]).toEqual([
      "CANCEL",
      facts.uid,
      2,
    ]);
    expect(component.getFirstPropertyValue("status")).toBe("CANCELLED");
  });

  it("is the same file for the same record", () => {
    expect(writeInvite(facts)).toEqual(writeInvite({ ...facts }));
  });

  it.each([
    ["line breaks", "Room 1\r\nATTENDEE:mailto:evil@example.test\r\nBEGIN:VALARM"],
    ["other line breaks", "Room\u2028ATTENDEE:mailto:evil@example.test\u0085X:1\u000bY"],
    ["signs with a meaning", 'Room; "A", B\\nATTENDEE:mailto:evil@example.test \\'],
    ["hidden signs", "Room\u202e 1\u200b\u{e0041}"],
    ["half a character", "Room \ud800"],
    ["the end of the file", "END:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR"],
  ])("holds %s as text", (_name, hostile) => {
    const { text } = writeInvite({
      ...facts,
      location: hostile,
      summary: hostile,
      organizer: { name: hostile, email: "ada@example.test" },
      attendees: [{ name: hostile, email: "zoe@example.test" }],
    });
    const { component } = open(text);
    expect(component.getAllProperties("attendee").map((a) => a.getFirstValue())).toEqual([
      "MAILTO:zoe@example.test",
    ]);
    expect(component.getAllSubcomponents()).toEqual([]);
    expect(component.getAllProperties("location")).toHaveLength(1);
    for (const hidden of ["\u202e", "\u200b", "\u2028", "\u0085", "\u000b"])
      expect(text).not.toContain(hidden);
    for (const line of text.split("\r\n")) expect(line).not.toMatch(/^(ATTENDEE:|X:|BEGIN:VALARM)/);
  });
});
