import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { ALAN, addMember, assign, card, EDSGER, GRACE, met, startPanel } from "../../support/panel.ts";
import { addInterviewer } from "../../support/team.ts";

const database = useDatabase();
const SECRET = "https://calendar.example.test/secret-token/ines.ics";

type Answered = { members: { email: string; owes: object }[] };
const owesOf = ({ members }: Answered, email: string) =>
  members.find((member) => member.email === email)?.owes;

describe("get_team", () => {
  it("lists everybody with access and hours, and nobody's calendar", async () => {
    const store = await database.workspace();
    await addInterviewer(store, "ines@example.test", { limit: 4, buffer: 15, calendar: SECRET });
    await addMember(store, GRACE, "viewer");
    const ada = await start({ store });
    const { facts, text } = await ada.call("get_team");
    expect(facts.members).toHaveLength(3);
    expect(facts.members).toContainEqual({ email: GRACE, name: "grace", access: "viewer", owes: {} });
    const ines = facts.members.find((member: { email: string }) => member.email === "ines@example.test");
    expect(ines).toEqual({
      ...{ email: "ines@example.test", name: "ines", access: "interviewer", timezone: "Europe/Berlin" },
      availability: { hours: "mon tue wed thu fri 09:00-17:00", weekly_limit: 4, buffer: 15, calendar: true },
      owes: {},
    });
    expect(text).toContain("Ada Byron (ada@example.test, you), admin. No hours on record. Owes nothing.");
    expect(text).toContain("calendar read");
    expect(text + JSON.stringify(facts)).not.toMatch(/calendar\.example|secret-token/);
  });

  it("counts what each owes and has ahead", async () => {
    const { ada, grace } = await startPanel(await database.workspace());
    await met(ada, "screen");
    await ada.ok("schedule_interview", {
      ...{ application: "MLE-1", round: "incident", interviewers: [GRACE], override: true, reason: "Test" },
      ...{ start: "2026-12-01T10:00:00Z", minutes: 30 },
    });
    const team = await ada.ok("get_team");
    expect(owesOf(team, GRACE)).toEqual({ scorecards: 1, interviews: 1 });
    expect(owesOf(team, ALAN)).toEqual({ scorecards: 1 });
    expect((await ada.call("get_team")).text).toContain("Owes 1 scorecard; 1 interview ahead.");
    await grace.ok("submit_scorecard", card("screen", [3]));
    expect(owesOf(await ada.ok("get_team"), GRACE)).toEqual({ interviews: 1 });
  });

  it("counts for an interviewer what is owed on their own applications, and for a candidate nothing of theirs", async () => {
    const { store, ada, alan } = await startPanel(await database.workspace());
    await ada.ok("add_candidate", { role: "MLE", name: "Other", email: "other@example.test" });
    const edsger = await start({ store, member: EDSGER, clock: ada.clock });
    await met(ada, "screen");
    expect(owesOf(await alan.ok("get_team"), GRACE)).toEqual({ scorecards: 1 });
    expect(owesOf(await edsger.ok("get_team"), GRACE)).toEqual({});
    await assign(store, "incident", [EDSGER]);
    expect(owesOf(await edsger.ok("get_team"), GRACE)).toEqual({ scorecards: 1 });
    await ada.ok("update_candidate", { application: "MLE-1", email: "alan.t@example.test" });
    await addMember(store, "alan.t@example.test", "admin");
    const candidate = await start({ store, member: "alan.t@example.test", clock: ada.clock });
    expect(owesOf(await candidate.ok("get_team"), GRACE)).toEqual({});
  });
});
