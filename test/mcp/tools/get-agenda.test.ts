import { describe, expect, it } from "vitest";
import { removeMember, setZone } from "../../support/agenda.ts";
import { useDatabase } from "../../support/database.ts";
import { end, move } from "../../support/endings.ts";
import { type Harness, start } from "../../support/harness.ts";
import { ALAN, addMember, assign, card, GRACE, startPanel } from "../../support/panel.ts";
import { seeded } from "../../support/seeded.ts";
import { readCall } from "../../support/told-call.ts";

const database = useDatabase();
const at = (day: number, hour = 9) => new Date(Date.UTC(2026, 10, day, hour));
const MLE = { application: "MLE-1" };
const ADA = "ada@example.test";

type Item = { kind: string; application: string; due: string; next: unknown };
const items = async (greenflag: Harness, args = {}): Promise<Item[]> =>
  (await greenflag.ok("get_agenda", args)).items;
const kinds = async (greenflag: Harness, args = {}) =>
  (await items(greenflag, args)).map(({ kind, application }) => `${kind} ${application}`);

const book = (greenflag: Harness, start: string, more: object = {}) =>
  greenflag.ok("schedule_interview", {
    ...{ ...MLE, round: "screen", interviewers: [GRACE, ALAN], start, minutes: 30 },
    ...{ override: true, reason: "Hours are not on record", ...more },
  });

describe("get_agenda", () => {
  it("says that nothing is due in an empty workspace, and in whose zone", async () => {
    const ada = await start({ store: await database.workspace() });
    const { facts, text } = await ada.call("get_agenda", {});
    expect(facts).toEqual({
      ...{ member: ADA, from: "2026-11-24T00:00:00+00:00", to: "2026-12-01T00:00:00+00:00" },
      ...{ timezone: "UTC", timezone_assumed: true, items: [], total: 0 },
    });
    expect(text).toBe(
      `Agenda of ${ADA} from 2026-11-24T00:00:00+00:00 to 2026-12-01T00:00:00+00:00, times in UTC (your zone is not on record).\n` +
        "Nothing is due.",
    );
  });

  it("follows a round: the interview to book, the interview with its brief, then the cards", async () => {
    const { ada, grace, alan } = await startPanel(await database.workspace());
    expect(await items(ada)).toEqual([
      {
        ...{ kind: "booking", ...MLE, name: "Zoë Okafor", round: "screen" },
        ...{ due: "2026-11-24T09:00:00+00:00" },
        next: { tool: "schedule_interview", arguments: { ...MLE, round: "screen" } },
      },
    ]);
    expect(await items(grace)).toEqual([]);
    await book(ada, "2026-11-26T10:00:00Z");
    expect(await items(ada)).toEqual([]);
    const brief = { tool: "get_candidate", arguments: { ...MLE, round: "screen", include: ["brief"] } };
    const interview = {
      ...{ kind: "interview", ...MLE, name: "Zoë Okafor", round: "screen" },
      ...{
        due: "2026-11-26T10:00:00+00:00",
        at: "2026-11-26T10:00:00+00:00",
        by: [ALAN, GRACE],
        next: brief,
      },
    };
    expect(await items(grace)).toEqual([interview]);
    expect(await items(ada, { member: "all" })).toEqual([interview]);
    const { tool, arguments: args } = readCall(brief);
    expect(await grace.ok(tool, args)).toMatchObject({ brief: { round: "screen", minutes: 30 } });
    expect((await grace.call("get_agenda", {})).text).toContain(
      "- Interview screen: MLE-1 Zoë Okafor, on 2026-11-26T10:00:00+00:00, by alan@example.test, grace@example.test. " +
        "Next: get_candidate with application: MLE-1, round: screen, include: brief.",
    );
    ada.clock.now = at(26, 11);
    // Until somebody says what became of it, it stands there, and its cards are due a day after it ended.
    expect(await kinds(grace)).toEqual(["interview MLE-1", "scorecard MLE-1"]);
    expect((await items(ada, { member: GRACE }))[0]?.next).toMatchObject({ tool: "schedule_interview" });
    expect((await items(grace))[1]).toMatchObject({
      due: "2026-11-27T10:30:00+00:00",
      next: { tool: "submit_scorecard", arguments: { ...MLE, round: "screen" } },
    });
    expect(await items(grace)).not.toContainEqual(expect.objectContaining({ overdue: true }));
    await grace.ok("submit_scorecard", card("screen", [3]));
    expect(await kinds(grace)).toEqual([]);
    ada.clock.now = at(28);
    expect(await items(alan)).toMatchObject([{ kind: "scorecard", overdue: true }]);
    const [colleagues] = await items(ada, { member: "all" });
    expect(colleagues).toMatchObject({ kind: "scorecard", by: [ALAN], next: { who: ALAN } });
  });

  it("lists votes at debrief to those who have not cast theirs, and no vote or reason of anybody", async () => {
    const { ada, grace, alan } = await startPanel(await database.workspace());
    await alan.ok("submit_scorecard", card("screen", [1], "kestrelcard", { recommendation: "strong_no" }));
    await grace.ok("submit_scorecard", card("screen", [3]));
    await move(ada, "MLE-1", "debrief");
    await alan.ok("cast_vote", { ...MLE, vote: "strong_no", reason: "kestrelvote" });
    expect(await kinds(alan)).toEqual([]);
    expect(await items(grace)).toMatchObject([{ kind: "vote", next: { tool: "cast_vote", arguments: MLE } }]);
    for (const [reader, args] of [
      [grace, {}],
      [ada, { member: "all" }],
    ] as const) {
      const { text, facts } = await reader.call("get_agenda", args);
      expect(text + JSON.stringify(facts)).not.toMatch(/kestrel|strong_no/);
    }
  });

  it("lists assessments, drafts older than a day, offers ending and people not told to who looks after them", async () => {
    const people = [1, 2, 3, 4].map((n) => ({ name: `Person ${n}`, email: `p${n}@example.test` }));
    const store = await seeded(await database.workspace(), people);
    await addMember(store, "rita@example.test", "recruiter");
    const ada = await start({ store });
    const rita = await start({ store, member: "rita@example.test", clock: ada.clock });
    for (const ref of ["MLE-2", "MLE-3"]) await move(ada, ref, "offer");
    const offer = { application: "MLE-2", base: 170000, status: "extended", expires_on: "2026-11-27" };
    const { confirmation } = await ada.ok("record_offer", offer);
    await ada.ok("record_offer", { ...offer, confirm: confirmation.code });
    const { message } = await rita.ok("draft_outreach", { application: "MLE-1", purpose: "status_update" });
    await end(ada, "MLE-4");
    expect(await kinds(ada)).toEqual([...["assessment MLE-1", "not_told MLE-4", "offer MLE-2"]]);
    const own = await items(ada);
    expect(own[0]).toMatchObject({ next: { tool: "score_candidate" } });
    expect(own[1]).toMatchObject({
      ...{ why: "rejected", due: "2026-11-25T09:00:00+00:00" },
      next: { tool: "draft_outreach", arguments: { application: "MLE-4", purpose: "rejection" } },
    });
    expect(own[2]).toMatchObject({
      due: "2026-11-28T00:00:00+00:00",
      next: { tool: "draft_outreach", arguments: { application: "MLE-2", purpose: "offer_followup" } },
    });
    expect(await kinds(rita)).toEqual([]);
    ada.clock.now = at(25, 10);
    const draft = {
      ...{
        kind: "message",
        application: "MLE-1",
        purpose: "status_update",
        due: "2026-11-25T09:00:00+00:00",
      },
      ...{ overdue: true, next: { tool: "send_message", arguments: { message: message.id } } },
    };
    expect(await items(rita)).toMatchObject([draft]);
    expect(await items(ada)).toContainEqual(expect.objectContaining({ ...draft, by: ["rita@example.test"] }));
    ada.clock.now = at(28, 10);
    const late = (await items(ada)).find(({ kind }) => kind === "offer");
    expect(late).toMatchObject({
      overdue: true,
      next: { tool: "record_offer", arguments: { application: "MLE-2" } },
    });
  });

  it("shows times in the reader's zone, over the day on which clocks change", async () => {
    const { store, ada, grace } = await startPanel(await database.workspace(), {
      clock: { now: new Date("2027-03-26T09:00:00Z") },
    });
    await setZone(store, GRACE, "Europe/Berlin");
    await book(ada, "2027-03-26T10:00:00Z");
    const ask = { from: "2027-03-26", days: 3 };
    expect(await grace.ok("get_agenda", ask)).toMatchObject({
      ...{ from: "2027-03-26T00:00:00+01:00", to: "2027-03-29T00:00:00+02:00", timezone: "Europe/Berlin" },
      items: [{ at: "2027-03-26T11:00:00+01:00" }],
    });
    expect(await ada.ok("get_agenda", { ...ask, member: GRACE })).toMatchObject({
      ...{ from: "2027-03-26T00:00:00+00:00", to: "2027-03-29T00:00:00+00:00", timezone: "UTC" },
      items: [{ at: "2027-03-26T10:00:00+00:00" }],
    });
    // An hour that does not exist that day is refused with the one that does.
    expect(await grace.refused("get_agenda", { from: "2027-03-28T02:30" })).toMatch(/does not exist/);
    expect((await grace.ok("get_agenda", { from: "2027-03-28", days: 1 })).to).toBe(
      "2027-03-29T00:00:00+02:00",
    );
    expect((await grace.ok("get_agenda", { from: "2020-01-01", days: 31 })).items).toEqual([]);
    expect((await grace.ok("get_agenda", { from: "2099-01-01" })).timezone).toBe("Europe/Berlin");
    for (const days of [0, 32]) expect(await grace.refused("get_agenda", { days })).toMatch(/days/);
    expect(await grace.refused("get_agenda", { from: "soon" })).toMatch(/from: "soon" is no date/);
  });

  it("shows an interviewer their own and nothing of what they may not see; a viewer everybody's", async () => {
    const { store, ada, grace } = await startPanel(await database.workspace());
    await ada.ok("add_candidate", { role: "MLE", name: "Kestrel Person", email: "kestrel@example.test" });
    await addMember(store, "viewer@example.test", "viewer");
    await addMember(store, "edsger@example.test");
    await addMember(store, "zoe@example.test", "admin");
    const as = (member: string) => start({ store, member, clock: ada.clock });
    for (const member of ["all", ALAN])
      expect(await grace.refused("get_agenda", { member })).toMatch(/one's own agenda.*Allowed: me/s);
    expect(await grace.ok("get_agenda", { member: GRACE.toUpperCase() })).toMatchObject({ member: GRACE });
    const viewer = await as("viewer@example.test");
    expect(await kinds(viewer, { member: "all" })).toEqual(["assessment MLE-2", "booking MLE-1"]);
    expect((await items(viewer, { member: "all" }))[1]?.next).toMatchObject({ who: ADA });
    // Edsger holds no seat; the applicant sees everything but their own application.
    expect(await items(await as("edsger@example.test"))).toEqual([]);
    expect(await kinds(await as("zoe@example.test"), { member: "all" })).toEqual(["assessment MLE-2"]);
    await assign(store, "screen", ["edsger@example.test"], ADA, "MLE-2");
    expect(await kinds(await as("edsger@example.test"))).toEqual([]);
  });

  it("refuses somebody who has left, with those who are on the team", async () => {
    const { store, ada } = await startPanel(await database.workspace());
    await removeMember(store, ALAN);
    for (const member of [ALAN, "nobody@example.test"])
      expect(await ada.refused("get_agenda", { member })).toMatch(
        new RegExp(`member: "${member}" is not known.*Allowed: me, all, ${ADA}, .*${GRACE}`),
      );
    expect(await ada.refused("get_agenda", { member: ALAN })).not.toMatch(new RegExp(`Allowed.*${ALAN}`));
  });

  it("lists fifty, what is overdue first, and counts all", async () => {
    const people = Array.from({ length: 60 }, (_, n) => ({ name: `P ${n}`, email: `p${n}@example.test` }));
    const store = await seeded(await database.workspace(), people);
    const ada = await start({ store });
    ada.clock.now = at(25);
    await end(ada, "MLE-60");
    const { facts, text } = await ada.call("get_agenda", { member: "all" });
    expect(facts).toMatchObject({ total: 60, items: { length: 50 } });
    expect(text).toContain("50 of 60:");
    expect(await ada.ok("get_agenda", { member: "all", days: 31 })).toMatchObject({ total: 60 });
  });
});
