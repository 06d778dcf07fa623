import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { addMember, card, GRACE, startPanel } from "../../support/panel.ts";
import { addInterviewer } from "../../support/team.ts";

const database = useDatabase();
const ADA = "ada@example.test";
const NAN = "nan@example.test";
const MLE = { application: "MLE-1" };
const WINDOW = { from: "2026-11-30", to: "2026-12-04" };

describe("me", () => {
  it("stands for the caller wherever a member is named", async () => {
    const { store, ada, grace } = await startPanel(await database.workspace());
    expect((await grace.ok("submit_scorecard", card("screen", [3], "x", { member: "me" }))).ref).toBe(
      "MLE-1",
    );
    await addInterviewer(store, "ines@example.test");
    await ada.ok("set_availability", { member: "me", timezone: "Europe/Berlin" });
    const panel = [{ round: "incident", members: ["Me", GRACE] }];
    const { role } = await ada.ok("update_role", { role: "MLE", panel, owner: "me" });
    expect(role).toMatchObject({ owner: ADA, panel: [{ round: "incident", members: [ADA, GRACE] }] });
    const opened = await ada.ok("open_role", {
      ...{ template: "data-scientist", level: "mid", location: "Lisbon", owner: "me" },
      panel: [{ round: "screen", members: ["me"] }],
    });
    expect(opened.role).toMatchObject({ owner: ADA, panel: [{ round: "screen", members: [ADA] }] });
    await ada.ok("update_candidate", { ...MLE, owner: "me", referred_by: "me" });
    expect(await ada.ok("get_candidate", MLE)).toMatchObject({ owner: ADA, referred_by: ADA });
    const round = { ...MLE, round: "architecture" };
    const times = await ada.ok("find_interview_times", { ...round, ...WINDOW, interviewers: ["me", ADA] });
    expect(times.slots[0].interviewers).toMatchObject([{ email: ADA }]);
    const either = await ada.ok("find_interview_times", {
      ...{ ...round, ...WINDOW, interviewers: ["ines@example.test|me"] },
    });
    expect(either.total).toBeGreaterThan(0);
    const { interview } = await ada.ok("schedule_interview", {
      ...{ ...round, interviewers: ["me"], start: "2026-12-01T10:00:00Z" },
    });
    expect(interview.interviewers).toEqual([ADA]);
    expect((await ada.ok("find_candidates", { owed_by: "me" })).total).toBe(
      (await ada.ok("find_candidates", { owed_by: ADA })).total,
    );
    expect((await ada.ok("get_agenda", { member: "me" })).member).toBe(ADA);
  });
});

describe("somebody who is not on the team", () => {
  const PLACES = [
    ["a panel", "update_role", { role: "MLE", panel: [{ round: "screen", members: [NAN] }] }, "interviewer"],
    ["the owner of a role", "update_role", { role: "MLE", owner: NAN }, "recruiter"],
    ["the owner of an application", "update_candidate", { ...MLE, owner: NAN }, "recruiter"],
    [
      "the interviewers",
      "schedule_interview",
      { ...MLE, round: "screen", interviewers: [NAN], start: "2026-12-01T10:00:00Z" },
      "interviewer",
    ],
    [
      "those whose times are sought",
      "find_interview_times",
      { ...MLE, round: "screen", interviewers: [NAN], ...WINDOW },
      "interviewer",
    ],
  ] as const;

  it.each(PLACES)(
    "as %s is added by the one call that the refusal names",
    async (_as, tool, args, access) => {
      const { store, ada } = await startPanel(await database.workspace());
      const add = { action: "add", email: NAN, name: "THEIR NAME", access };
      const call = `manage_team with ${Object.entries(add)
        .map(([name, value]) => `${name}: ${value}`)
        .join(", ")}`;
      const refusal = await ada.refused(tool, args);
      expect(refusal).toContain(`"${NAN}" is not known. Allowed: `);
      expect(refusal).toContain(`${call} adds them; then repeat.`);
      await addMember(store, "rita@example.test", "recruiter");
      const rita = await start({ store, member: "rita@example.test", clock: ada.clock });
      expect(await rita.refused(tool, args)).toContain(`Ask Ada Byron (${ADA}) to call ${call}.`);
      await ada.agreed("manage_team", { ...add, name: "Nan Cole" });
      await ada.ok("set_availability", { member: NAN, timezone: "Europe/Berlin" });
      await ada.ok(tool, args);
    },
  );

  it("is told apart from whoever is on it with too little access", async () => {
    const { store, ada } = await startPanel(await database.workspace());
    await addMember(store, NAN, "viewer");
    const naming = { role: "MLE", panel: [{ round: "screen", members: [NAN] }] };
    expect(await ada.refused("update_role", naming)).toMatch(
      /panel\.members: nan@example\.test has viewer access and can hold no interview\..*manage_team with action: access, email: nan@example\.test, access: interviewer changes that/,
    );
  });
});
