import { describe, expect, it } from "vitest";
import { start } from "../../../support/harness.ts";
import { ASK, INES, KOFI, useInterviews } from "./set-up.ts";

const { begin } = useInterviews();
const TIMES = { ...ASK, start: undefined, from: "2026-11-30", to: "2026-12-04" };
const HISTORY = { application: "MLE-1", include: ["history"] };
const LISBON = "Europe/Lisbon mon-fri 10:00-18:00";

describe("the candidate's time zone", () => {
  it("is kept from candidate_hours, told, in the history, and used by what they are written", async () => {
    const g = await begin();
    const { facts, text } = await g.call("find_interview_times", { ...TIMES, candidate_hours: LISBON });
    expect(facts).toMatchObject({ timezone_kept: "Europe/Lisbon" });
    expect(text).toContain("Kept on record as the candidate's time zone: Europe/Lisbon.");
    const { changes } = await g.ok("get_candidate", HISTORY);
    expect(changes).toMatchObject([{ field: "timezone", after: "Europe/Lisbon" }]);
    await g.ok("schedule_interview", { ...ASK, start: "2026-12-01T10:00[Europe/Berlin]" });
    const { message } = await g.ok("draft_outreach", { application: "MLE-1", purpose: "screen_invite" });
    expect(message.body).toContain("Tuesday 1 December 2026, 09:00 WET");
    const again = await g.ok("find_interview_times", { ...TIMES, candidate_hours: LISBON });
    expect(again).not.toHaveProperty("timezone_kept");
    expect((await g.ok("get_candidate", HISTORY)).changes).toHaveLength(1);
  });

  it("stays as it is on record when a call says another, and the answer tells so", async () => {
    const g = await begin();
    await g.ok("find_interview_times", { ...TIMES, candidate_hours: LISBON });
    const other = { ...TIMES, candidate_hours: "America/New_York mon-fri 05:00-09:00" };
    const { facts, text } = await g.call("find_interview_times", other);
    expect(facts).toMatchObject({ timezone_on_record: "Europe/Lisbon" });
    expect(text).toContain("The candidate's time zone on record is another, and stays: Europe/Lisbon.");
    expect((await g.ok("get_candidate", HISTORY)).changes).toHaveLength(1);
  });

  it("is kept from a start in a zone that is nobody's of ours", async () => {
    const g = await begin();
    const ask = { ...ASK, start: "2026-12-01T09:00[Europe/Lisbon]" };
    const { facts, text } = await g.call("schedule_interview", ask);
    expect(facts).toMatchObject({ timezone_kept: "Europe/Lisbon" });
    expect(facts.local_times).toContainEqual(
      expect.objectContaining({ who: "candidate", timezone: "Europe/Lisbon" }),
    );
    expect(text).toContain("Kept on record as the candidate's time zone: Europe/Lisbon.");
  });

  it.each([
    ["an interviewer's", "2026-12-01T10:00[Europe/Berlin]"],
    ["no place's", "2026-12-01T09:00[UTC]"],
    ["an offset only", "2026-12-01T10:00+01:00"],
  ])("is not taken from a start whose zone is %s", async (_whose, moment) => {
    const g = await begin();
    expect(await g.ok("schedule_interview", { ...ASK, start: moment })).not.toHaveProperty("timezone_kept");
    expect((await g.ok("get_candidate", HISTORY)).changes).toEqual([]);
  });

  it("is not taken from a start in the caller's own zone, under any of its names", async () => {
    const g = await begin({ [INES]: {}, [KOFI]: { timezone: "Asia/Kolkata", access: "recruiter" } });
    const kofi = await start({ store: g.store, member: KOFI });
    const ask = { ...ASK, start: "2026-12-01T14:30[Asia/Calcutta]" };
    expect(await kofi.ok("schedule_interview", ask)).not.toHaveProperty("timezone_kept");
  });

  it("is not kept where the call is refused, nor for a member who only looks", async () => {
    const g = await begin({ [INES]: {}, [KOFI]: { access: "viewer" } });
    await g.refused("schedule_interview", { ...ASK, start: "2026-12-01T03:00[Europe/Lisbon]" });
    const viewer = await start({ store: g.store, member: KOFI });
    await viewer.ok("find_interview_times", { ...TIMES, candidate_hours: LISBON });
    expect((await g.ok("get_candidate", HISTORY)).changes).toEqual([]);
  });
});
