import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CalendarReader } from "../../../src/calendar/read.ts";
import { listEvents } from "../../../src/store/events.ts";
import { findMember } from "../../../src/store/team/workspaces.ts";
import { useDatabase } from "../../support/database.ts";
import { calendarEvent, calendarFile, loopbackReader, startFeed } from "../../support/feed.ts";
import { type HarnessOptions, start } from "../../support/harness.ts";
import { addMember, GRACE } from "../../support/panel.ts";

const database = useDatabase();
const ADA = "ada@example.test";
const ADDRESS = "https://calendar.example.test/secret-token/ada.ics";
const EVENT = calendarEvent("1", "DTSTART:20261201T090000Z", "DTEND:20261201T100000Z");

async function begin(options: Partial<HarnessOptions> = {}) {
  const store = await database.workspace();
  await addMember(store, GRACE);
  return {
    store,
    ada: await start({ store, ...options }),
    grace: await start({ store, ...options, member: GRACE }),
  };
}

/** Reads each address from a feed on this machine in its place. */
const standingIn = (url: string): CalendarReader => {
  const reader = loopbackReader();
  return { read: (request) => reader.read({ ...request, source: url }) };
};

describe("set_availability", () => {
  it("sets one's own hours, and leaves what is not given", async () => {
    const { grace, ada } = await begin();
    const { facts, text } = await grace.call("set_availability", {
      hours: "Europe/Berlin mon-thu 9-17",
      weekly_limit: 4,
    });
    expect(facts).toEqual({
      member: { email: GRACE, name: "grace" },
      availability: {
        timezone: "Europe/Berlin",
        hours: "mon tue wed thu 09:00-17:00",
        buffer: 0,
        weekly_limit: 4,
      },
      changed: ["timezone", "hours", "weekly_limit"],
    });
    expect(text).toContain("At most 4 interviews a week; 0 minutes free before and after.");
    expect(await grace.ok("set_availability", { member: "me", buffer: 15 })).toMatchObject({
      availability: { hours: "mon tue wed thu 09:00-17:00", buffer: 15, weekly_limit: 4 },
      changed: ["buffer"],
    });
    expect((await grace.ok("set_availability", { buffer: 15 })).changed).toEqual([]);
    const open = await grace.ok("set_availability", { weekly_limit: null });
    expect(open.availability?.weekly_limit).toBeUndefined();
    const team = await ada.ok("get_team");
    expect(team.members.find(({ email }: { email: string }) => email === GRACE)).toMatchObject({
      timezone: "Europe/Berlin",
      availability: { hours: "mon tue wed thu 09:00-17:00", buffer: 15 },
    });
  });

  it("says so where nothing is on record and nothing is given", async () => {
    const { ada } = await begin();
    const { facts, text } = await ada.call("set_availability");
    expect(facts).toEqual({ member: { email: ADA, name: "Ada Byron" }, changed: [] });
    expect(text).toMatch(/Nothing is on record.*Give timezone and hours/);
  });

  it("is an admin's to set for others, on record under who did it", async () => {
    const { store, ada, grace } = await begin();
    await ada.ok("set_availability", { member: GRACE, timezone: "Asia/Kolkata" });
    const id = (await store.read((db) => findMember(db, store.workspaceId, GRACE)))?.id ?? "";
    const events = await store.read((db) => listEvents(db, store.workspaceId, id));
    expect(events).toMatchObject([
      { kind: "member.availability", payload: { fields: ["timezone", "hours"] } },
    ]);
    expect(await grace.refused("set_availability", { member: ADA, timezone: "UTC" })).toMatch(
      /does not allow this: to set when somebody else can interview/,
    );
  });

  it("reads a calendar at once, and never shows its address", async () => {
    const feed = await startFeed((_request, response) => response.end(calendarFile(...EVENT)));
    const { ada } = await begin({ calendars: standingIn(feed.url) });
    const { facts, text } = await ada.call("set_availability", { timezone: "UTC", calendar_url: ADDRESS });
    expect(facts.availability.calendar).toEqual({ source: "feed at calendar.example.test", busy: 1 });
    expect(text).toContain(
      "Calendar: feed at calendar.example.test, read just now; 1 busy time in the next half year.",
    );
    expect(text + JSON.stringify([facts, await ada.ok("get_team")])).not.toContain("secret-token");
    const none = await ada.ok("set_availability", { calendar_url: "" });
    expect(none).toMatchObject({ changed: ["calendar_url"] });
    expect(none.availability?.calendar).toBeUndefined();
    feed.close();
  });

  it("changes nothing where the calendar cannot be read, and says so without its address", async () => {
    const feed = await startFeed((_request, response) => response.writeHead(404).end());
    const { ada } = await begin({ calendars: standingIn(feed.url) });
    await ada.ok("set_availability", { timezone: "UTC" });
    const refusal = await ada.refused("set_availability", { buffer: 30, calendar_url: ADDRESS });
    expect(refusal).toMatch(
      /The calendar of ada@example\.test .* Nothing was changed\..*set_availability with member: ada@example\.test, calendar_url names another/,
    );
    expect(refusal).not.toContain("secret-token");
    expect((await ada.ok("set_availability")).availability).toMatchObject({ buffer: 0, timezone: "UTC" });
    feed.close();
  });

  it("takes a file where files may be named, and nowhere else", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "greenflag-ics-")), "ada.ics");
    writeFileSync(file, calendarFile(...EVENT));
    const { ada } = await begin({ allowFiles: true });
    const set = await ada.ok("set_availability", { timezone: "UTC", calendar_url: file });
    expect(set.availability?.calendar).toEqual({ source: "file", busy: 1 });
    const { ada: afar } = await begin();
    expect(await afar.refused("set_availability", { timezone: "UTC", calendar_url: file })).toMatch(
      /paths are only read when the server runs on your own machine/,
    );
  });

  it.each([
    ["an unknown zone", { timezone: "Mars/Base" }, /timezone: "Mars\/Base" is no time zone.*Europe\/Berlin/],
    ["hours that are none", { hours: "someday" }, /hours: "someday" is not understood.*mon-thu/],
    ["hours without a zone", { hours: "mon-fri 9-17" }, /timezone: missing.*Europe\/Berlin/],
    ["a limit out of range", { weekly_limit: 101 }, /weekly_limit: 101 is not a number of at most 100/],
    ["a buffer out of range", { buffer: 241 }, /buffer: 241 is not a number of at most 240/],
    [
      "an address without TLS",
      { calendar_url: "http://x.example.test/a.ics" },
      /calendar_url: is not an https/,
    ],
    [
      "an address that is not public",
      { calendar_url: "https://10.0.0.1/a.ics" },
      /calendar_url: .*not public/,
    ],
    ["a stranger", { member: "who@example.test", buffer: 5 }, /No member "who@example\.test".*get_team/],
  ])("refuses %s and changes nothing", async (_what, args, why) => {
    const { ada } = await begin();
    expect(await ada.refused("set_availability", args)).toMatch(why);
    expect((await ada.ok("set_availability")).availability).toBeUndefined();
  });
});
