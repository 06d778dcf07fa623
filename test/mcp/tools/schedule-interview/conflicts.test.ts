import { describe, expect, it } from "vitest";
import { findApplicationRecord } from "../../../../src/store/candidates/applications.ts";
import { listEvents } from "../../../../src/store/events.ts";
import { calendarEvent, calendarFile, loopbackReader, startFeed } from "../../../support/feed.ts";
import { ASK, INES, KOFI, useInterviews } from "./set-up.ts";

const { database, begin } = useInterviews();

describe("schedule_interview", () => {
  it("never overlaps another interview of an interviewer or the candidate, not by a minute, override or not", async () => {
    const g = await begin({ [INES]: {}, [KOFI]: {} });
    await g.add("Lena");
    await g.ok("schedule_interview", ASK);
    const override = { override: true, reason: "we insist" };
    for (const start of ["2026-12-01T10:44+01:00", "2026-12-01T09:16+01:00", "2026-12-01T10:00+01:00"])
      expect(
        await g.refused("schedule_interview", { ...ASK, application: "MLE-2", start, ...override }),
      ).toMatch(/ines@example\.test holds another interview then/);
    const other = { ...ASK, round: "incident", interviewers: [KOFI], start: "2026-12-01T10:44+01:00" };
    expect(await g.refused("schedule_interview", { ...other, ...override })).toMatch(
      /MLE-1 has another interview then/,
    );
    await g.ok("schedule_interview", { ...ASK, application: "MLE-2", start: "2026-12-01T10:45+01:00" });
    // The same person, for another role.
    await g.ok("open_role", { template: "backend-engineer", level: "senior", location: "Lisbon" });
    const second = await g
      .ok("add_candidate", { role: "BE", name: "Zoë Okafor", email: "zoe@example.test" })
      .catch(() => undefined);
    const ref = second?.application.ref ?? "";
    expect(ref).not.toBe("");
    expect(
      await g.refused("schedule_interview", {
        ...ASK,
        application: ref,
        round: "interview",
        interviewers: [KOFI],
        start: "2026-12-01T10:30+01:00",
      }),
    ).toMatch(/has another interview then/);
  });

  it.each([
    [
      "outside hours",
      {},
      { start: "2026-12-01T18:00+01:00" },
      /ines@example\.test does not work then \(Tue 2026-12-01 18:00 \+01:00 for them\)/,
      "outside_hours",
    ],
    [
      "running past the end of the day",
      {},
      { start: "2026-12-01T16:16+01:00" },
      /does not work then/,
      "outside_hours",
    ],
    ["on a day off", {}, { start: "2026-12-05T10:00+01:00" }, /does not work then/, "outside_hours"],
    ["beyond the weekly limit", { limit: 0 }, {}, /holds at most 0 interviews a week/, "weekly_limit"],
  ])("needs override and a reason %s", async (_name, when, args, why, kind) => {
    const g = await begin({ [INES]: when });
    expect(await g.refused("schedule_interview", { ...ASK, ...args })).toMatch(why);
    expect(await g.refused("schedule_interview", { ...ASK, ...args, override: true })).toMatch(
      /reason: missing/,
    );
    expect(await g.interviews()).toEqual([]);
    const done = await g.ok("schedule_interview", { ...ASK, ...args, override: true, reason: "Ines agreed" });
    expect(done.conflicts).toMatchObject([{ kind, who: INES }]);
    const found = await findApplicationRecord(database.db, g.store.workspaceId, "MLE-1");
    const events = await listEvents(database.db, g.store.workspaceId, found?.application.id ?? "");
    expect(events.at(-1)).toMatchObject({ kind: "interview.schedule", payload: { overridden: [kind] } });
    expect(JSON.stringify(events)).not.toContain("Ines agreed");
  });

  it("keeps buffers and weekly limits that other interviews use up", async () => {
    const g = await begin({ [INES]: { buffer: 15, limit: 2 } });
    await g.add("Lena");
    await g.add("Omar");
    await g.ok("schedule_interview", ASK);
    expect(
      await g.refused("schedule_interview", {
        ...ASK,
        application: "MLE-2",
        start: "2026-12-01T10:59+01:00",
      }),
    ).toMatch(/keeps 15 minutes free/);
    await g.ok("schedule_interview", { ...ASK, application: "MLE-2", start: "2026-12-01T11:00+01:00" });
    expect(
      await g.refused("schedule_interview", {
        ...ASK,
        application: "MLE-3",
        start: "2026-12-04T11:00+01:00",
      }),
    ).toMatch(/at most 2 interviews a week/);
    await g.ok("schedule_interview", { ...ASK, application: "MLE-3", start: "2026-12-07T11:00+01:00" });
  });

  it("checks calendars, and does not count its own invitation in one as busy", async () => {
    let page: string | undefined;
    let lines: string[] = calendarEvent("dentist", "DTSTART:20261201T090000Z", "DURATION:PT30M");
    const feed = await startFeed((_request, response) => response.end(page ?? calendarFile(...lines)));
    const g = await begin({ [INES]: { calendar: feed.url } }, { calendars: loopbackReader() });
    expect(await g.refused("schedule_interview", ASK)).toMatch(
      /ines@example\.test has something else in their calendar then/,
    );
    const { interview, invite } = await g.ok("schedule_interview", {
      ...ASK,
      start: "2026-12-01T11:00+01:00",
    });
    lines = [...lines, ...invite.text.split("\r\n").slice(4, -2)];
    expect(lines.join("\n")).toContain(interview.uid);
    g.clock.now = new Date("2026-11-24T09:10:00Z");
    await g.ok("schedule_interview", { ...ASK, start: "2026-12-01T11:15+01:00", interview: interview.id });
    expect(feed.asked()).toBe(2);
    page = "<html>";
    g.clock.now = new Date("2026-11-24T09:20:00Z");
    const blind = await g.ok("schedule_interview", {
      ...ASK,
      start: "2026-12-01T11:30+01:00",
      interview: interview.id,
    });
    expect(blind.conflicts).toMatchObject([
      { kind: "calendar", who: INES, what: expect.stringMatching(/is not iCalendar/) },
    ]);
    feed.close();
  });

  it("says when it is the middle of the night for the candidate", async () => {
    const g = await begin();
    await g.add("Lena", "America/Los_Angeles");
    const { conflicts } = await g.ok("schedule_interview", { ...ASK, application: "MLE-2" });
    expect(conflicts).toEqual([
      { kind: "candidate_local_time", who: "MLE-2", what: "would be there at Tue 2026-12-01 01:00 -08:00" },
    ]);
  });

  it("works with somebody whose hours are not on record, and says that they were not checked", async () => {
    const g = await begin({ [INES]: { timezone: "" } });
    const { conflicts } = await g.ok("schedule_interview", ASK);
    expect(conflicts).toMatchObject([{ kind: "hours_unknown", who: INES }]);
    await g.add("Lena");
    expect(await g.refused("schedule_interview", { ...ASK, application: "MLE-2" })).toMatch(
      /holds another interview/,
    );
  });

  it("books one of many who ask for the same hour at once", async () => {
    const g = await begin({ [INES]: {}, [KOFI]: {} });
    for (const name of ["B", "C", "D", "E", "F", "G"]) await g.add(name);
    const refs = ["MLE-1", "MLE-2", "MLE-3", "MLE-4", "MLE-5", "MLE-6", "MLE-7"];
    const answers = await Promise.all(
      refs.map((application, n) =>
        g.call("schedule_interview", {
          ...ASK,
          application,
          interviewers: n % 2 ? [INES, KOFI] : [KOFI, INES],
          start: `2026-12-01T10:${String(n * 5).padStart(2, "0")}+01:00`,
        }),
      ),
    );
    const refused = answers.filter((a) => a.isError).map((a) => a.text);
    expect(refused).toHaveLength(6);
    for (const text of refused) expect(text).toMatch(/holds another interview then/);
    const all = await Promise.all(refs.map((ref) => g.interviews(ref)));
    expect(all.flat()).toHaveLength(1);
  });

  it("is made once by the same call made many times at once", async () => {
    const g = await begin();
    const answers = await Promise.all(Array.from({ length: 6 }, () => g.ok("schedule_interview", ASK)));
    expect(new Set(answers.map((a) => a.interview.uid)).size).toBe(1);
    const [{ history }] = await g.interviews();
    expect(history).toHaveLength(1);
  });
});
