import { describe, expect, it } from "vitest";
import { card } from "../../../support/panel.ts";
import { ASK, INES, KOFI, useInterviews } from "./set-up.ts";

const { begin } = useInterviews();
const ROUND = { application: "MLE-1", round: ASK.round };

/** One interview of the round, booked for 1 December 10:00 in Berlin, which has passed unless told otherwise. */
async function booked(now = "2026-12-01T12:00:00Z") {
  const g = await begin({ [INES]: {}, [KOFI]: {} });
  const { interview } = await g.ok("schedule_interview", ASK);
  g.clock.now = new Date(now);
  const record = (more: object) => g.ok("schedule_interview", { ...ROUND, ...more });
  return { g, interview, record };
}

describe("what became of an interview", () => {
  it("is recorded in one call, told twice changes nothing, and is corrected", async () => {
    const { g, interview, record } = await booked();
    const held = await record({ outcome: "held" });
    expect(held).toMatchObject({
      interview: { id: interview.id, status: "held", sequence: 0 },
      conflicts: [],
    });
    expect(held.invite).toBeUndefined();
    expect((await record({ outcome: "held" })).note).toMatch(/nothing was changed/);
    expect(await record({ outcome: "no_show", interview: interview.id })).toMatchObject({
      interview: { id: interview.id, status: "no_show" },
    });
    await record({ outcome: "held" });
    const [one, ...others] = await g.interviews();
    expect(others).toEqual([]);
    expect(one.history.map(({ what }: { what: string }) => what)).toEqual([
      ...["interview.schedule", "interview.held", "interview.no_show", "interview.held"],
    ]);
  });

  it("frees the round for another after a no-show, and a held one does not come back as booked", async () => {
    const { g, record } = await booked();
    await record({ outcome: "no_show" });
    const again = await g.ok("schedule_interview", { ...ASK, start: "2026-12-02T10:00+01:00" });
    expect(again.interview.status).toBe("booked");
    const statuses = (await g.interviews()).map(({ status }: { status: string }) => status);
    expect(statuses).toEqual(["no_show", "booked"]);
  });

  it("may be of one that was booked elsewhere: no invitation, nobody's calendar, and its interviewers sit in the round", async () => {
    const { g } = await booked();
    await g.add("Lena", "America/New_York");
    const application = "MLE-2";
    const met = { ...ROUND, application, outcome: "held", interviewers: [KOFI] };
    // On a Sunday, and while he was with MLE-1.
    const stored = await g.ok("schedule_interview", { ...met, start: "2026-11-29T09:00Z" });
    expect(stored).toMatchObject({ interview: { status: "held", interviewers: [KOFI], minutes: 45 } });
    expect(stored.invite).toBeUndefined();
    const same = await g.ok("schedule_interview", { ...met, start: "2026-11-29T10:00+01:00" });
    expect(same).toMatchObject({
      interview: { id: stored.interview.id },
      note: expect.stringMatching(/nothing/),
    });
    expect(await g.interviews(application)).toHaveLength(1);
    const move = { application, to: ROUND.round, override: true, reason: "Test" };
    expect((await g.agreed("move_candidate", move)).tasks).toMatchObject([
      { what: "scorecards", round: ROUND.round, by: [KOFI], due: "2026-11-30T09:45:00.000Z" },
    ]);
  });

  it("says who was there, where others came than were booked", async () => {
    const { g, record } = await booked();
    expect((await record({ outcome: "held", interviewers: [INES] })).interview.interviewers).toEqual([INES]);
    const { panel } = await g.ok("get_candidate", { application: "MLE-1", include: [] });
    expect(panel.scorecards.of).toBe(1);
  });

  it("is read from a scorecard that comes in after it", async () => {
    const { g } = await booked();
    await g.ok("submit_scorecard", card(ROUND.round, [3], "plain", { member: INES }));
    expect(await g.interviews()).toMatchObject([
      { status: "held", history: [{}, { what: "interview.held" }] },
    ]);
  });

  it("is not read from one that comes in before the end", async () => {
    const { g } = await booked("2026-12-01T09:10:00Z");
    await g.ok("submit_scorecard", card(ROUND.round, [3], "plain", { member: INES }));
    expect(await g.interviews()).toMatchObject([{ status: "booked" }]);
  });

  it.each<[string, string, object, RegExp]>([
    [
      "has not begun",
      "2026-11-30T12:00:00Z",
      { outcome: "held" },
      /interview: it begins at 2026-12-01T09:00/,
    ],
    [
      "begins ahead",
      "2026-12-01T12:00:00Z",
      { outcome: "held", start: "2026-12-05T09:00Z" },
      /start: it begins at/,
    ],
    [
      "was at another time than the one on record",
      "2026-12-01T12:00:00Z",
      { outcome: "held", start: "2026-11-30T09:00Z" },
      /scheduled for 2026-12-01T09:00:00.000Z already/,
    ],
    [
      "is called off as well",
      "2026-12-01T12:00:00Z",
      { outcome: "held", cancel: true },
      /outcome: not together/,
    ],
    ["is not one of two words", "2026-12-01T12:00:00Z", { outcome: "skipped" }, /outcome/],
    [
      "is that of another round",
      "2026-12-01T12:00:00Z",
      { outcome: "held", round: "screen" },
      /no interview of screen is on record.*Give start/,
    ],
  ])("is refused where it %s, and nothing is stored", async (_what, now, args, message) => {
    const { g } = await booked(now);
    expect(await g.refused("schedule_interview", { ...ROUND, ...args })).toMatch(message);
    expect(await g.interviews()).toMatchObject([{ status: "booked" }]);
  });

  it("is refused for one that was called off", async () => {
    const { g, interview, record } = await booked("2026-11-30T12:00:00Z");
    await record({ cancel: true, reason: "Ill" });
    g.clock.now = new Date("2026-12-01T12:00:00Z");
    const call = { ...ROUND, outcome: "held", interview: interview.id };
    expect(await g.refused("schedule_interview", call)).toMatch(/was cancelled.*give start/);
  });
});
